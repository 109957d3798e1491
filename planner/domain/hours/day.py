"""One day of a rule, in four states, over every way the day may be as far as nobody has said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from planner.domain.hours.entries import entries_said
from planner.domain.hours.holidays import (
    Almanac,
    World,
    in_weekdays,
    is_public_holiday,
    on_day,
    speaks_of,
    worlds,
)
from planner.domain.hours.nights import cuts_of, last_night
from planner.domain.hours.rewriting import with_dates
from planner.domain.hours.spelling import as_plain, is_readable
from planner.domain.hours.syntax import fallback_groups, has_sun, is_past_midnight, parse_hours, tidy
from planner.errors import EditRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    Chooser = Callable[["Piece", "Piece"], "Piece"]

_APPOINTMENT = re.compile(
    r"(?<!no )(?<!without )(?<!bez )"
    r"(?:appointment|arrange|request|reservation|booking|umów|umow|zgłosz|uzgodn|rezerwac|telefoniczn"
    r"|na zapis|sopimukse|tilaukse|ajanvarau|vereinbarung|anmeldung|rendez-vous|objedn|appuntamento)",
    re.IGNORECASE,
)
SCHOOL_DOUBT = "school_holidays"
PUBLIC_HOLIDAY, SCHOOL_HOLIDAY = "public_holiday", "school_holiday"


class HoursState(StrEnum):
    """Whether a place receives visitors."""

    OPEN = "open"
    CLOSED = "closed"
    APPOINTMENT = "appointment"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Piece:
    """A stretch [start, end) of local time in one state. `doubt` says why it is unknown, if we know.

    `entries` are the minutes of the day at which one is let in, where it is not all the time.
    """

    start: datetime
    end: datetime
    state: HoursState
    comment: str = ""
    doubt: str = ""
    entries: tuple[int, ...] = ()


Pieces = Sequence[Piece]
"""A whole day from midnight to midnight, without gaps."""


def day_pieces(rule: str, day: date, almanac: Almanac, zone: str) -> Pieces:
    """Return one day of a rule; what depends on school holidays that nobody has set is unknown.

    Raises
    ------
    EditRefusedError
        If the rule cannot be read.
    """
    rule = as_plain(rule)
    if not is_readable(rule):
        _must_be_known(rule, almanac.country)
    days = [_in_world(rule, world, almanac, zone) for world in worlds(rule, day, almanac)]
    made = days[0]
    for other in days[1:]:
        made = _overlaid(made, other, _agreed)
    return made


def _must_be_known(rule: str, country: str) -> None:
    """Refuse a rule that neither stands as it is written nor in the forms that its days are told in."""
    try:
        parse_hours(rule, country)
    except EditRefusedError:
        check_hours(rule, country)


SAMPLE_DAYS = tuple(date(2026, 12, 21) + timedelta(days=later) for later in range(14))
"""Every weekday, public holidays, the days before them and the turn of a year."""


@lru_cache(maxsize=4096)
def check_hours(rule: str, country: str) -> str:
    """Return a rule as it is evaluated, and tried so: nothing is accepted that is never known.

    Raises
    ------
    EditRefusedError
        If some form that a day of it is evaluated in cannot be read.
    """
    plain = as_plain(rule)
    for group in fallback_groups(plain):
        for day in SAMPLE_DAYS if plain.strip() else ():
            for world in worlds(plain, day, Almanac(country)):
                for text in _forms(with_dates(group, day.year), world):
                    parse_hours(text, country)
    return plain


def _forms(group: str, world: World) -> list[str]:
    """The texts that tell one day of a group."""
    if not is_past_midnight(group):
        return [in_weekdays(group, world)]
    return [on_day(group, world.day, world), *last_night(group, world), *cuts_of(group, world)]


def why_closed(rule: str, day: date, almanac: Almanac, zone: str) -> str:
    """Say which holidays shut the doors on a day that would else have hours; "" where none do."""
    rule = as_plain(rule)
    if not rule.strip() or any(_is_on(piece) for piece in day_pieces(rule, day, almanac, zone)):
        return ""
    here = next(iter(worlds(rule, day, almanac)))
    no_public = speaks_of(rule, "PH") and is_public_holiday(day, almanac.country)
    no_school = (False, here.school[1])
    others = (
        (PUBLIC_HOLIDAY, replace(here, no_public=no_public)),
        (SCHOOL_HOLIDAY, replace(here, school=no_school)),
        (PUBLIC_HOLIDAY, replace(here, no_public=no_public, school=no_school)),
    )
    for reason, world in others:
        if any(_is_on(piece) for piece in _in_world(rule, world, almanac, zone)):
            return reason
    return ""


def _is_on(piece: Piece) -> bool:
    return piece.state is not HoursState.CLOSED


def _in_world(rule: str, world: World, almanac: Almanac, zone: str) -> Pieces:
    """One day of a rule in one world: a fallback counts where the groups before it are closed."""
    made: Pieces | None = None
    for group in fallback_groups(rule):
        pieces = _group(group, world, almanac, zone)
        made = pieces if made is None else _overlaid(made, pieces, _else)
    return made or ()


def _group(group: str, world: World, almanac: Almanac, zone: str) -> Pieces:
    """One day of a group, and what began the day before and goes on past midnight."""
    group = with_dates(group, world.day.year)
    nights = last_night(group, world) if is_past_midnight(group) else None
    text = in_weekdays(group, world) if nights is None else on_day(group, world.day, world)
    made = _evaluated(text, world.day, almanac, zone)
    if made is None:
        midnight = datetime(world.day.year, world.day.month, world.day.day)  # noqa: DTZ001 - local time
        return (Piece(midnight, midnight + timedelta(days=1), HoursState.UNKNOWN),)
    cuts = [_evaluated(cut, world.day, almanac, zone) for cut in cuts_of(group, world)] if nights else []
    for night in nights or ():
        rest = _evaluated(night, world.day, almanac, zone)
        for cut in cuts:
            rest = _overlaid(rest, cut, _cut_off) if rest and cut else rest
        made = made if rest is None else _overlaid(made, rest, _else)
    return made


def _evaluated(group: str, day: date, almanac: Almanac, zone: str) -> Pieces | None:
    """One day of a group as the library has it; None where our preparation made it unreadable."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the library takes local time
    end = midnight + timedelta(days=1)
    try:
        hours = parse_hours(group, almanac.country)
    except EditRefusedError:
        return None
    if almanac.at is not None and has_sun(group):
        hours = _under_the_sun(group, almanac, zone)
        midnight, end = (moment.replace(tzinfo=ZoneInfo(zone)) for moment in (midnight, end))
    return tuple(
        _piece(opens.replace(tzinfo=None), closes.replace(tzinfo=None), state, comment)
        for opens, closes, state, comment in hours.intervals(midnight, end)
    )


def _piece(opens: datetime, closes: datetime, state: State, comment: str) -> Piece:
    entries, said = entries_said(comment)
    return Piece(opens, closes, _state(state, said), said, entries=entries)


def _under_the_sun(group: str, almanac: Almanac, zone: str) -> OpeningHours:
    """The group with the sun of the almanac's position; without one it rises at 7:00 and sets at 19:00."""
    lon, lat = almanac.at or (0.0, 0.0)
    return OpeningHours(tidy(group), timezone=ZoneInfo(zone), coords=(lat, lon), auto_country=False)


def _state(state: State, comment: str) -> HoursState:
    if state == State.CLOSED:
        return HoursState.CLOSED
    if comment and _APPOINTMENT.search(comment):
        return HoursState.APPOINTMENT
    return HoursState.UNKNOWN if state == State.UNKNOWN else HoursState.OPEN


def _cut_off(first: Piece, second: Piece) -> Piece:
    return first if second.state is HoursState.CLOSED else replace(first, state=HoursState.CLOSED)


def _else(first: Piece, second: Piece) -> Piece:
    return second if first.state is HoursState.CLOSED else first


def _agreed(first: Piece, second: Piece) -> Piece:
    if (first.state, first.entries) == (second.state, second.entries):
        return first if first.comment == second.comment else replace(first, comment="")
    return replace(first, state=HoursState.UNKNOWN, comment="", doubt=SCHOOL_DOUBT)


def _overlaid(first: Pieces, second: Pieces, choose: Chooser) -> Pieces:
    """Two days cut at each other's ends, one piece chosen for each stretch."""
    cuts = sorted({moment for piece in (*first, *second) for moment in (piece.start, piece.end)})
    made = []
    for start, end in pairwise(cuts):
        pair = [next(piece for piece in day if piece.start <= start < piece.end) for day in (first, second)]
        made.append(replace(choose(*pair), start=start, end=end))
    return tuple(made)
