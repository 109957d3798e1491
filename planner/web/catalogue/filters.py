"""The filters of the list: read from the address, and told again in the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from planner.domain.clock import canonical_time
from planner.domain.limits import FIRST_YEAR, LAST_YEAR
from planner.errors import EditRefusedError
from planner.outputs.catalogue.words import theme_words
from planner.services.catalogue.care.fits import OpenOn, WithinWalk
from planner.services.catalogue.positions import parse_position
from planner.services.catalogue.search import SiteQuery, SiteState
from planner.services.catalogue.text import fold
from planner.web.frame.context import rule_context
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.domain.geo import LonLat
    from planner.domain.sites import Site
    from planner.services.catalogue.entries import StoredSite
    from planner.services.catalogue.rules import RuleContext

LONGEST_WALK_MIN = 120
USUAL_WALK_MIN = 15


@dataclass(frozen=True)
class Filters:
    """What the address asks for, as texts for the form, with what of it could not be understood."""

    query: SiteQuery
    on: str = ""
    at: str = ""
    near: str = ""
    minutes: int = USUAL_WALK_MIN
    problems: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether one of the folded filters is in use."""
        query = self.query
        return bool(query.step_free or query.confirmed or self.on or self.near or self.problems)


def read_filters(stored: Iterable[StoredSite]) -> Filters:
    """Return the filters of this request."""
    context = rule_context()
    problems: list[str] = []
    tests: list[Callable[[Site], bool]] = []
    on, at = request.args.get("on", "").strip()[:10], request.args.get("at", "").strip()[:20]
    if on or at:
        tests += _open_test(on or context.today.isoformat(), at, context, problems)
    near = request.args.get("near", "").strip()[:200]
    minutes = min(max(request.args.get("minutes", USUAL_WALK_MIN, type=int), 1), LONGEST_WALK_MIN)
    if near:
        tests += _walk_test(near, minutes, stored, context, problems)
    state = request.args.get("state", "")
    query = SiteQuery(
        words=request.args.get("q", "")[:200],
        theme=request.args.get("theme", ""),
        state=SiteState(state) if state in set(SiteState) else SiteState.ALL,
        theme_words=theme_words(),
        step_free="step_free" in request.args,
        confirmed="confirmed" in request.args,
        today=context.today,
        fits=(lambda site: all(test(site) for test in tests)) if tests else None,
    )
    return Filters(query, on, at, near, minutes, tuple(problems))


def _open_test(on: str, at: str, context: RuleContext, problems: list[str]) -> list[OpenOn]:
    try:
        day = dt.date.fromisoformat(on)
        time = canonical_time(at) if at else ""
    except (ValueError, EditRefusedError):
        problems.append(gettext("This date or time cannot be read: %(text)s", text=f"{on} {at}".strip()))
        return []
    if context.town is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        problems.append(gettext("Opening hours cannot be told for this date."))
        return []
    return [OpenOn(context.town, day, time)]


def _walk_test(
    near: str, minutes: int, stored: Iterable[StoredSite], context: RuleContext, problems: list[str]
) -> list[WithinWalk]:
    origin = _place(near, stored, context)
    if origin is None or context.town is None:
        problems.append(gettext("No site and no position is called this: %(text)s", text=near))
        return []
    return [WithinWalk(context.town, origin, minutes)]


def _place(near: str, stored: Iterable[StoredSite], context: RuleContext) -> LonLat | None:
    """A site by its name or id, else a typed position."""
    wanted = fold(near)
    for entry in stored:
        named = [entry.site.id, *map(fold, entry.site.name.values())]
        if entry.site.location.at is not None and wanted in named:
            return entry.site.location.at
    at, _problems = parse_position(near, context)
    return at
