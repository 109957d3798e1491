"""What lies beside the town in force, and what it would change, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.text import in_language
from planner.domain.visits import Mode
from planner.errors import NetworkMissingError
from planner.outputs.catalogue.words import site_name
from planner.services.catalogue.entries import sites_by_id
from planner.streets.files import NetworkMeta
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.formats import distance_text, iso_date_text, minutes_text, number_text
from planner.words.modes import mode_name
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from planner.domain.hours.school import SchoolCalendar
    from planner.domain.sites import Site
    from planner.services.town.beside import Beside
    from planner.services.town.compare import Comparison
    from planner.services.town.readings import VisitReading, WayReading
    from planner.services.town.walks import OffStreets, WalkChange, WalkFacts, WalksCompared


@dataclass(frozen=True)
class Line:
    """A change in one line: what, before, after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class VisitLines:
    """A visit that would read differently, and its ways that do."""

    id: int
    title: str
    date: str
    note: str
    ways: tuple[Line, ...]
    more: int


@dataclass(frozen=True)
class BesideView:
    """The town beside. `is_stale`: what it was compared with is not in force any more."""

    streets: NetworkMeta
    is_stale: bool
    is_compared: bool
    summary: str
    walks: tuple[Line, ...]
    more_walks: int
    off: tuple[Line, ...]
    visits: tuple[VisitLines, ...]


def beside_view(session: Session, beside: Beside, school: SchoolCalendar) -> BesideView | None:
    """Return what lies beside; None where nothing does."""
    if not beside.is_there:
        return None
    try:
        meta = beside.town(school).network.meta
    except NetworkMissingError:  # just thrown away, or damaged
        return None
    told = beside.comparison()
    walks = told.walks if told else None
    if told is None or walks is None:
        visits = tuple(_visit(one) for one in told.visits) if told else ()
        return BesideView(meta, False, told is not None, "", (), 0, (), visits)  # noqa: FBT003
    named = {one.origin for one in walks.walks} | {one.destination for one in walks.walks}
    sites = sites_by_id(session, named | {one.site for one in walks.off})
    return BesideView(
        streets=meta,
        is_stale=_is_stale(told),
        is_compared=True,
        summary=_summary(walks),
        walks=tuple(_walk(one, sites) for one in walks.walks),
        more_walks=walks.changed - len(walks.walks),
        off=tuple(_off(walks.off, sites)),
        visits=tuple(_visit(one) for one in told.visits),
    )


def _summary(walks: WalksCompared) -> str:
    told = [
        gettext(
            "%(changed)s of %(pairs)s walks between %(sites)s sites take other minutes; their metres differ "
            "by %(median)s%% in the middle and by up to %(most)s%% in nine of ten.",
            changed=walks.changed,
            pairs=walks.sites * (walks.sites - 1) // 2,
            sites=walks.sites,
            median=number_text(walks.median_percent, language()),
            most=number_text(walks.p90_percent, language()),
        )
    ]
    if walks.vanished:
        told.append(ngettext("%(num)s loses its way.", "%(num)s lose their way.", walks.vanished))
    if walks.appeared:
        told.append(ngettext("%(num)s gets a way.", "%(num)s get a way.", walks.appeared))
    return " ".join(told)


def _is_stale(told: Comparison) -> bool:
    try:
        return bool(told.was) and told.was != services().town.facts.built
    except NetworkMissingError:
        return False


def _walk(walk: WalkChange, sites: Mapping[str, Site]) -> Line:
    names = [site_name(sites[one], language()) for one in (walk.origin, walk.destination)]
    return Line(" – ".join(names), _facts(walk.before), _facts(walk.after))


def _facts(walk: WalkFacts | None) -> str:
    if walk is None:
        return gettext("no way")
    return f"{minutes_text(walk.minutes, language())}, {distance_text(walk.metres, language())}"


def _off(off: tuple[OffStreets, ...], sites: Mapping[str, Site]) -> Iterator[Line]:
    for one in off:
        yield Line(site_name(sites[one.site], language()), _metres(one.before_m), _metres(one.after_m))


def _metres(metres: float | None) -> str:
    return gettext("outside") if metres is None else distance_text(metres, language())


def _visit(reading: VisitReading) -> VisitLines:
    note = ""
    if reading.cannot_be_planned:
        note = gettext("It could not be planned any more: a place lies outside of the streets.")
    elif reading.has_other_times and not reading.ways:
        note = gettext("Other times of stays.")
    return VisitLines(
        reading.visit,
        in_language(reading.title, language()),
        iso_date_text(reading.first_date, language()),
        note,
        tuple(_way(one) for one in reading.ways),
        reading.more,
    )


def _way(way: WayReading) -> Line:
    names = [in_language(one, language()) or gettext("on the way") for one in (way.origin, way.destination)]
    is_other = way.modes[0] != way.modes[1]
    told = []
    for mode, minutes, metres in zip(way.modes, way.minutes, way.metres, strict=True):
        parts = [minutes_text(minutes, language())]
        parts += [distance_text(metres, language())] if metres is not None else [gettext("no way")]
        parts += [mode_name(Mode(mode))] if is_other else []
        told.append(", ".join(parts))
    return Line(" – ".join(names), told[0], told[1])
