"""The sheets of a visit one by one: which kind, for which day, party, language and site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.releases import sites_of_both
from planner.domain.text import in_language
from planner.domain.warnings.audience import Audience
from planner.outputs.board.party_views import parties_of
from planner.outputs.sheets.build import RULES, SheetKind
from planner.words.formats import language_name, short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Day, Visit


@dataclass(frozen=True)
class SheetItem:
    """One sheet of a visit; `party` is '' for all, `site` '' unless the sheet is about one."""

    kind: SheetKind
    day: int
    party: str
    language: str
    site: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """How an address asks for it."""
        asked: dict[str, Any] = {
            "day": self.day + 1,
            "party": self.party,
            "language": self.language,
            "site": self.site,
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def parts(self) -> tuple[str, ...]:
        """What tells it from others, for the name of a file."""
        told = (str(self.kind), f"day{self.day + 1}", self.party, self.site, self.language)
        return tuple(part for part in told if part)

    def name(self) -> str:
        """What it is called; needs an application context."""
        return str(RULES[self.kind].name)

    def label(self, content: ReleaseContent, language: str) -> str:
        """What tells it from others of its kind, in words."""
        site = sites_of_both(content).get(self.site)
        told = (
            in_language(site.name, language) if site else self.site,
            short_day(content.visit.days[self.day].date, language),
            gettext("Party %(name)s", name=self.party) if self.party else "",
            language_name(self.language, language),
        )
        return " · ".join(text for text in told if text)


GUIDES = frozenset({Audience.PARTICIPANT, Audience.GUIDE})
FOR_GUIDES_TOO = frozenset({SheetKind.GRID, SheetKind.HOST})
"""The organiser's sheets that a guide carries as well."""

NOT_BY_LINK = frozenset({SheetKind.POSTER})


def kinds_read_by(audience: Audience, kinds: Iterable[str]) -> tuple[SheetKind, ...]:
    """Return the kinds, in the order of use, that somebody gets; names are for the organiser alone."""
    chosen = set(kinds)
    known = [kind for kind in SheetKind if kind in chosen]
    if audience is Audience.ORGANISER:
        return tuple(known)
    given = [kind for kind in known if not RULES[kind].of_people and kind not in NOT_BY_LINK]
    if audience is Audience.GUIDE:
        return tuple(kind for kind in given if RULES[kind].audience in GUIDES or kind in FOR_GUIDES_TOO)
    return tuple(kind for kind in given if RULES[kind].audience is Audience.PARTICIPANT)


def items_of(
    content: ReleaseContent, kinds: Iterable[SheetKind], languages: Iterable[str]
) -> Iterator[SheetItem]:
    """Return the sheets in the order in which they are carried: by language, by day, by kind."""
    wanted = tuple(kinds)
    for language in languages:
        for day in range(len(content.visit.days)):
            for kind in wanted:
                yield from _of_day(content, kind, day, language)


def is_offered(visit: Visit, kind: SheetKind) -> bool:
    """Whether a visit has any sheet of a kind: a driver's needs a coach, a host's a site."""
    if kind is SheetKind.DRIVER:
        return any(day.has_coach for day in visit.days)
    return not RULES[kind].per_site or any(_sites_of(day, has_rain=True) for day in visit.days)


def _sites_of(day: Day, *, has_rain: bool) -> tuple[str, ...]:
    """The sites of a day that have a sheet of their own, with or without those for rain."""
    places = (
        place
        for stop in day.stops
        for place in (stop.place, stop.rain if has_rain else None)
        if place is not None and place.site
    )
    return tuple(dict.fromkeys(place.site or "" for place in places))


def _of_day(content: ReleaseContent, kind: SheetKind, day: int, language: str) -> Iterator[SheetItem]:
    rule = RULES[kind]
    if kind is SheetKind.DRIVER and not content.visit.days[day].has_coach:
        return
    if rule.per_site:
        sites = _sites_of(content.visit.days[day], has_rain=content.rain is not None)
        yield from (SheetItem(kind, day, "", language, site) for site in sites)
        return
    parties = [way.name for way in parties_of(content, day)] if rule.per_party else []
    if not parties or rule.audience is Audience.PARTICIPANT or rule.of_people:
        yield SheetItem(kind, day, "", language)
    if not rule.of_people and kind is not SheetKind.LINED:
        yield from (SheetItem(kind, day, party, language) for party in parties)
