"""Another order accepted, a remedy taken, a variant taken: what the editor offers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.forms import form_of

if TYPE_CHECKING:
    from tests.record.desk import Desk, Editor
    from tests.record.visits import Visits


def work(desk: Desk, visits: Visits) -> None:
    """Take a proposed order and leave it again; a remedy; a variant."""
    _order(desk, visits.three)
    _variant(desk, visits.three)
    _remedy(desk, visits.closed)


def _order(desk: Desk, editor: Editor) -> None:
    page = desk.client.get(f"{editor.path}/proposal?day=1&objective=walking")
    answer = desk.client.submit(page, form_of(page.page, "/edit/order"))
    desk.posts.keep("order-accept", answer)
    desk.posts.keep("order-accept-then", desk.client.follow(answer))
    desk.posts.keep("order-accept-late", desk.client.submit(page, form_of(page.page, "/edit/order")))
    editor.open(1).step("undo")


def _variant(desk: Desk, editor: Editor) -> None:
    page = desk.client.get(f"{editor.path}/what-if?day=1&v=date+2027-01-04+start_time+08:30;pace_kmh+3.5")
    answer = desk.client.submit(page, form_of(page.page, "/edit/vary"))
    desk.posts.keep("variant-take", answer)
    desk.posts.keep("variant-take-then", desk.client.follow(answer))
    editor.open(1).step("undo")
    editor.open(1)


def _remedy(desk: Desk, editor: Editor) -> None:
    page = desk.client.get(f"{editor.path}?day=1&remedies=1")
    form = form_of(page.page, "/edit/remedy")
    key = form.all("button")[0].get("value")
    answer = desk.client.submit(page, form, f"key={key}")
    desk.posts.keep("remedy-take", answer)
    desk.posts.keep("remedy-take-then", desk.client.follow(answer))
    editor.open(1).step("undo")
