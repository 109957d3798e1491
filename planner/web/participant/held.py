"""Which version somebody holds on paper, and what the newest one has that it has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from planner.services.visits.publish import release_by_link
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.paper_changes import paper_changes

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent


@dataclass(frozen=True)
class HeldPaper:
    """The version on paper; `lines` are what has changed since, none where nothing did that one goes by."""

    number: int
    newest: int
    lines: tuple[str, ...]


def held_paper(token: str, kind: str, newest: ReleaseContent, party: str) -> HeldPaper | None:
    """Return what who came by the code of a paper must know; None for who did not, or holds the newest."""
    number = request.args.get("paper", type=int)
    if number is None or not 0 < number < newest.number:
        return None
    context = services()
    with context.database.session() as session:
        held = release_by_link(session, token, kind, number, context.now())
    lines = paper_changes(held, newest, party, language()) if held else []
    return HeldPaper(number, newest.number, tuple(lines))
