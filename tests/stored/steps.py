"""What an organiser of any version does: by the forms of its pages, and without those that it has not."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from tests.record.client import Client
from tests.record.forms import NoSuchFormError, form_of
from tests.stored.make import PASSWORD

if TYPE_CHECKING:
    from tests.record.desk import Desk, Editor

TITLE, NOTE, COLLEAGUE = "Wizyta z tamtej wersji", "Sala nr 2 na piętrze.", "Piotr Lis"


def done_by(desk: Desk, link: str) -> list[str]:
    """Sign in by a link and do it all; the names of what the version could."""
    here = desk.client.get(link)
    desk.client.submit(here, here.page.all("form")[-1])
    typed = {"new_password": PASSWORD, "same_password": PASSWORD}
    desk.send("password", "/account/password", "/account/password", **typed)
    desk.send("colleague", "/account/users", "/account/users", name=COLLEAGUE, role="organiser")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    editor = desk.visit("own", title_pl=TITLE, title_en="A visit", date=today, group_size="12")
    steps = (
        *(_stops, _undone, _coach, _bus, _day, _arrival, _names, _attendees, _hosts, _comment, _share),
        *(_published, _lived, _preview, _template),
    )
    return [step.__name__.removeprefix("_") for step in steps if _could(step, desk, editor)]


def _could(step: object, desk: Desk, editor: Editor) -> bool:
    assert callable(step)
    try:
        step(desk, editor)
    except NoSuchFormError:
        return False
    return True


def _stops(_desk: Desk, editor: Editor) -> None:
    editor.add("ratusz", "muzeum", "teznia")
    editor.edit("stop", stop="s1", fixed="10:00", note_pl=NOTE, note_en="Room 2.")
    editor.edit("add_place", "kind=meal", name="Obiad", at="49.9742, 19.8219")
    editor.edit("visit", coordinator="Anna Nowak, +48 12 000 00 00", meeting_pl="Pod zegarem")


def _undone(_desk: Desk, editor: Editor) -> None:
    editor.edit("visit", group_size="99")
    editor.step("undo")


def _coach(_desk: Desk, editor: Editor) -> None:
    editor.edit("leg_mode", "mode=coach", stop="s3")
    editor.edit("coach", height_m="3,9")


def _bus(_desk: Desk, editor: Editor) -> None:
    editor.edit("leg_mode", "mode=bus", stop="s2")


def _day(_desk: Desk, editor: Editor) -> None:
    editor.edit("add_day")
    editor.add("sck-pr")
    editor.open(1)


def _arrival(_desk: Desk, editor: Editor) -> None:
    editor.edit("arrival", carrier="train", number="IC 3801", arrives="08:40", place_pl="Peron 2")


def _names(desk: Desk, editor: Editor) -> None:
    desk.send("names", f"{editor.path}/paper", "/paper/names", names="Jan Kos\nOlena Kowal")


def _attendees(desk: Desk, editor: Editor) -> None:
    page = desk.client.get(f"{editor.path}/attendees")
    form = form_of(page.page, "/attendees/keep")
    counts = [one.get("name") for one in form.all("input") if one.get("type") == "number"]
    desk.client.submit(page, form, typed={counts[0]: "2", "follow": None})


def _hosts(desk: Desk, editor: Editor) -> None:
    page = f"{editor.path}/hosts"
    here = desk.client.get(page)
    confirmed = next(
        (
            form
            for form in here.page.all("form")
            if form.all("input", "select") and "confirmed" in [one.get("value") for one in form.all("input")]
        ),
        None,
    )
    if confirmed is None:
        raise NoSuchFormError(page)
    desk.client.submit(here, confirmed)
    desk.send(
        "details", page, "/details", asked_name="Maria Nowa", asked_phone="12 000 00 01", door="od podwórza"
    )


def _comment(desk: Desk, editor: Editor) -> None:
    desk.send("comment", f"{editor.path}?day=1&stop=s1", "/comments", text="Czy jest winda?")


def _share(desk: Desk, editor: Editor) -> None:
    desk.send("share", f"{editor.path}/share", "/people", whom="0", may="edit")


def _published(desk: Desk, editor: Editor) -> None:
    desk.send("publish", f"{editor.path}/share", "/publish", anyway="1")
    editor.edit("visit", group_size="13")
    desk.send("publish-again", f"{editor.path}/share", "/publish", anyway="1")
    editor.edit("visit", group_size="14")


def _lived(desk: Desk, editor: Editor) -> None:
    page = desk.client.get(f"{editor.path}/share")
    guide = re.search(r"/g/[\w-]+", page.text)
    assert guide is not None
    phone = Client(desk.client.port)
    here = phone.get(f"{guide[0]}/live?day=1")
    phone.submit(here, form_of(here.page, "/events"))


def _preview(desk: Desk, editor: Editor) -> None:
    desk.send("preview", f"{editor.path}/share", "/previews", whom="Ewa")


def _template(desk: Desk, editor: Editor) -> None:
    desk.send("template", f"{editor.path}/share", "/template", name="Ratusz i muzeum")
