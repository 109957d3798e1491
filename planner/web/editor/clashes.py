"""What two people changed at once: what the second had typed beside what the first saved, one click each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from planner.services.visits.editing import Decided
from planner.web.frame import asked
from planner.words.changes import change_lines
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.sites import Site
    from planner.domain.visits import Visit
    from planner.services.together.came_in import CameIn
    from planner.services.visits.editing import ConflictError

_KEY = re.compile(r"[0-9A-Za-z-]{8,64}")
NEED_THE_DAY_AS_IT_WAS = frozenset({"order", "remedy", "vary", "share"})
"""Edits that were worked out for the day as it was: with another day they mean nothing."""


@dataclass(frozen=True)
class ClashRow:
    """One thing that both changed: what was saved, what was typed, each in sentences."""

    key: str
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


def base_of_edit() -> int:
    """Return the revision that an edit was made on; a form that decides clashes says it by itself.

    Our script writes the newest revision that it knows into every form that it sends.
    """
    return request.form.get("clash_base", default=0, type=int) or asked.base()


def key_of_edit() -> str | None:
    """Return the key by which our script sent an edit, the same each time that it does; None without it."""
    key = request.form.get("key_of_edit", default="")
    return key if _KEY.fullmatch(key) else None


def decided(action: str) -> Decided | None:
    """Return what the form says of clashes; None for an edit that is not put together with others."""
    if action in NEED_THE_DAY_AS_IT_WAS:
        return None
    return Decided(
        request.form.get("clash_head", default=0, type=int),
        frozenset(request.form.getlist("theirs")),
        frozenset(request.form.getlist("mine")),
    )


def clash_rows(
    conflict: ConflictError, visit: Visit, sites: Mapping[str, Site], language: str
) -> list[ClashRow]:
    """Return what is to be decided, in words."""
    return [
        ClashRow(
            clash.key,
            *(tuple(change_lines(changes, visit, sites, language)) for changes in (clash.theirs, clash.mine)),
        )
        for clash in conflict.clashes
    ]


def came_in_lines(
    came_in: CameIn, visit: Visit, sites: Mapping[str, Site], language: str
) -> tuple[str, tuple[str, ...]]:
    """Return who changed what while somebody edited, in words: a heading and the changes; '' for nothing."""
    if not came_in.changes:
        return "", ()
    names = ", ".join(name for name in came_in.by if name)
    heading = (
        gettext("%(names)s changed this visit meanwhile; both are kept:", names=names)
        if names
        else gettext("This visit was changed meanwhile; both are kept:")
    )
    return heading, tuple(change_lines(came_in.changes, visit, sites, language))


def said_before(conflict: ConflictError) -> list[tuple[str, str]]:
    """Return the decisions that were sent along and still hold, as fields of the form."""
    if request.form.get("clash_head", default=0, type=int) != conflict.head:
        return []
    return [(name, key) for name in ("theirs", "mine") for key in request.form.getlist(name)]
