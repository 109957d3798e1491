"""Splitting a delegation, publishing, and the secret links: live, exchanged, withdrawn, ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.record.forms import form_of
from tests.record.service import NAMED

if TYPE_CHECKING:
    from tests.record.client import Answer
    from tests.record.desk import Desk, Editor
    from tests.record.visits import Visits

LINK = re.compile(rf"http://{NAMED}(/[vg]/[\w-]+)")


@dataclass(frozen=True)
class Links:
    """The paths of secret links by what they open; `dead` open nothing."""

    live: dict[str, str]
    dead: dict[str, str]


def split(desk: Desk, editor: Editor) -> None:
    """Split into three, propose a rotation and accept it; refused and stale forms on the way."""
    page = f"{editor.path}/parties"
    desk.send("parties-split", page, "/parties/setup", "split=3")
    wrong = {"size-0": "5", "name-1": "A"}
    desk.send("parties-refused", page, "/parties/setup", "then=save", **wrong)
    typed = {"name-0": "Młodzież", "guide-0": "Jan Kos, 600 000 000", "language-0": "polski",
             "language-1": "ukraiński", "room-s2": "14", "room-s1": "20"}  # fmt: skip
    desk.send("parties-rooms", page, "/parties/setup", "then=propose", together=["s3"], **typed)
    proposal = desk.client.get(f"{page}/proposal?day=1")
    accept = form_of(proposal.page, "/parties/accept")
    refused = desk.client.submit(proposal, accept, typed={"routes": "[]"})
    desk.posts.keep(
        "parties-accept-none-then", desk.client.follow(desk.posts.keep("parties-accept-none", refused))
    )
    answer = desk.posts.keep("parties-accept", desk.client.submit(proposal, accept))
    desk.posts.keep("parties-accept-then", desk.client.follow(answer))
    desk.posts.keep("parties-accept-stale", desk.client.submit(proposal, accept))
    editor.open(1)


def publish(desk: Desk, visits: Visits) -> Links:
    """Publish what can be, change some of it afterwards, and let some links end."""
    live: dict[str, str] = {}
    dead: dict[str, str] = {}
    for name in ("one", "three", "backward", "coach", "closed", "parties", "outdated", "unplanned", "empty"):
        editor: Editor = getattr(visits, name)
        page = _published(desk, name, editor)
        live |= {f"{name}-{kind}": path for kind, path in zip(("page", "guide"), _links(page), strict=False)}
    visits.one.open(1)
    visits.one.edit("stop", stop="s2", dwell_min="40")
    _published(desk, "one-again", visits.one)
    visits.three.open(2)
    visits.three.edit("visit", title_en="Three days, one more change", group_size="19")
    _change(desk, visits.backward, "revoke", dead, live, "backward")
    _change(desk, visits.coach, "expire", dead, live, "coach", until="2026-11-01")
    before = live["closed-page"]
    page = _change(desk, visits.closed, "rotate", dead, live, "closed")
    live["closed-page"], dead["closed-page"] = _links(page)[0], before
    desk.send("closed-expire-later", f"{visits.closed.path}/share", "/expire", until="2030-01-01")
    desk.send("empty-unpublish", f"{visits.empty.path}/share", "/unpublish")
    dead["empty-page"] = live.pop("empty-page")
    live.pop("empty-guide")
    return Links(live, dead)


def _published(desk: Desk, name: str, editor: Editor) -> Answer:
    return desk.send(f"{name}-publish", f"{editor.path}/share", "/publish", anyway="1")


def _change(
    desk: Desk,
    editor: Editor,
    action: str,
    dead: dict[str, str],
    live: dict[str, str],
    name: str,
    **typed: str,
) -> Answer:
    """Change the participants' link of a visit."""
    page = desk.send(f"{name}-{action}", f"{editor.path}/share", f"/{action}", **typed)
    dead[f"{name}-page"] = live.pop(f"{name}-page")
    return page


def _links(page: Answer) -> list[str]:
    return list(dict.fromkeys(LINK.findall(page.text)))
