"""How sure a day is and how stops are shared among days, as the editor's pages show it.

Needs an application context, with the reader's language in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.edits.remedy_keys import key_of
from planner.services.order.sturdy import WORTH_IT
from planner.words.formats import DayClock, long_date, minutes_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import Visit
    from planner.services.order.days.visit import SharedVisit
    from planner.services.order.sturdy import Sturdy, Sureness
    from planner.services.planning.case import Case
    from planner.words.places import PlaceWords
    from planner.words.plans import Reading

HUNDRED, TEN = 100, 10
SURE = 0.995


@dataclass(frozen=True)
class SureRow:
    """A stop, or the end of the day: its name, and in how many of a hundred days it is on time."""

    name: str
    chance: str
    late: str = ""


@dataclass(frozen=True)
class SureView:
    """How sure an order is, stop by stop."""

    headline: str
    rows: tuple[SureRow, ...]


def chance_text(chance: float) -> str:
    """Return a share of days in words: never quite sure, never quite hopeless, unless it is."""
    if chance >= SURE:
        return gettext("nearly always")
    return gettext("in %(count)s of 100 days", count=round(HUNDRED * chance))


def ten_text(chance: float) -> str:
    """Return a share of days in a few words, for the sentence of the day."""
    if chance >= SURE:
        return gettext("on time nearly always")
    return gettext("on time on %(count)s of 10 such days", count=round(TEN * chance))


def sure_view(case: Case, sure: Sureness, words: PlaceWords) -> SureView:
    """Write how sure an order is."""
    names = [words.stop_name(case.day.stops[number]) for number in sure.order]
    names.append(gettext("The end of the day"))
    rows = (
        SureRow(name, chance_text(chance), _late(seconds, words.language))
        for name, chance, seconds in zip(names, sure.on_time, sure.late_s, strict=True)
    )
    return SureView(gettext("All on time %(chance)s", chance=chance_text(sure.whole)), tuple(rows))


def later_text(seconds: int, language: str) -> str:
    """Return by how much a day ends later in another order, or that it does not."""
    minutes = round(seconds / 60)
    if minutes <= 0:
        return gettext("the day then ends no later")
    return gettext("the day then ends %(later)s later", later=minutes_text(minutes, language))


def sturdy_key(case: Case, sturdy: Sturdy) -> str:
    """Return the sturdiest order as an edit; '' where it is hardly surer than the order as it is."""
    if sturdy.best.whole < sturdy.now.whole + WORTH_IT:
        return ""
    return key_of(Remedy(RemedyCode.ORDER, order=tuple(case.day.stops[n].id for n in sturdy.best.order)))


def _late(seconds: int, language: str) -> str:
    """How late it is on the worst tenth of days, '' for less than a minute."""
    minutes = seconds // 60
    if not minutes:
        return ""
    return gettext("one day in ten later by %(minutes)s or more", minutes=minutes_text(minutes, language))


@dataclass(frozen=True)
class SharedRow:
    """A stop of a day, and the day that it comes from, '' where it was there."""

    name: str
    time: str
    came: str = ""


@dataclass(frozen=True)
class SharedDayView:
    """A day as proposed: its times now and then, its stops."""

    date: str
    times: str
    before: str
    rows: tuple[SharedRow, ...]


def shared_view(visit: Visit, share: SharedVisit, reading: Reading) -> tuple[SharedDayView, ...]:
    """Write a share of stops among days."""
    views = []
    for at, (day, before) in enumerate(zip(share.found.days, share.before, strict=True)):
        clock = DayClock(reading.clock, day.day.date)
        rows = tuple(
            SharedRow(
                reading.places.stop_name(day.day.stops[call.stop]),
                clock.departure(call.start).text,
                _came(visit, share.came_from(at, call.stop), at, reading.language),
            )
            for call in day.itinerary.calls
        )
        times, now = (
            f"{clock.departure(plan.start).text}–{clock.arrival(plan.finish).text}"
            for plan in (day.itinerary, before)
        )
        views.append(SharedDayView(long_date(day.day.date, reading.language), times, now, rows))
    return tuple(views)


def _came(visit: Visit, was: int, now: int, language: str) -> str:
    return "" if was == now else gettext("from %(date)s", date=long_date(visit.days[was].date, language))
