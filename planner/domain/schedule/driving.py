"""How long a driver may drive: Regulation (EC) No 561/2006, Articles 6 and 7, as amended by (EU) 2024/1258.

After 4 h 30 min of driving a break of 45 min is due. In occasional services it may be taken in two parts of
at least 15 min each, in either order, within those 4 h 30 min. A day has at most 9 h of driving, and 10 h
twice a week. A coach that waits for its group with nothing for its driver to do is at a break; while people
get in and out it neither drives nor rests. What is driven before and after the day is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant
from planner.domain.itinerary import PartKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.itinerary import Itinerary

LONGEST_STRETCH_S = 270 * MINUTE_S
BREAK_S = 45 * MINUTE_S
LEAST_PART_S = 15 * MINUTE_S
LONGEST_DAY_S, LONGEST_DAY_TWICE_S = 540 * MINUTE_S, 600 * MINUTE_S


@dataclass(frozen=True)
class Drive:
    """One drive of a coach: when it moves, and how many of its seconds it really drives."""

    depart: Instant
    arrive: Instant
    driving_s: int


class Breach(StrEnum):
    """What a day of driving breaks."""

    NO_BREAK = "no_break"
    """More than 4 h 30 min without the break."""
    LONG_DAY = "long_day"
    """More than 9 h: allowed twice a week, up to 10 h."""
    TOO_LONG_DAY = "too_long_day"
    """More than 10 h."""


@dataclass(frozen=True)
class DrivingDay:
    """A day of driving. `longest_s` is the most driving without the break, `rests` the pauses that count."""

    drives: tuple[Drive, ...]
    driving_s: int
    longest_s: int
    rests: tuple[tuple[Instant, Instant], ...]
    breaches: tuple[Breach, ...]


def drives_of(itinerary: Itinerary) -> tuple[Drive, ...]:
    """Return the drives of a day in their order."""
    return tuple(
        Drive(part.depart, part.arrive, max(0, part.arrive - part.depart - part.boarding_s))
        for leg in itinerary.legs
        for part in leg.parts
        if part.kind is PartKind.DRIVE
    )


def driving_day(drives: Sequence[Drive]) -> DrivingDay:
    """Judge a day of driving."""
    driving_s = sum(drive.driving_s for drive in drives)
    longest_s = _longest_stretch(drives)
    found = []
    if longest_s > LONGEST_STRETCH_S:
        found.append(Breach.NO_BREAK)
    if driving_s > LONGEST_DAY_TWICE_S:
        found.append(Breach.TOO_LONG_DAY)
    elif driving_s > LONGEST_DAY_S:
        found.append(Breach.LONG_DAY)
    rests = tuple((a.arrive, b.depart) for a, b in pairwise(drives) if b.depart - a.arrive >= LEAST_PART_S)
    return DrivingDay(tuple(drives), driving_s, longest_s, rests, tuple(found))


def _longest_stretch(drives: Sequence[Drive]) -> int:
    """The most driving between two whole breaks.

    A break of two parts is whole with the second one; the driving starts anew after it. Of several
    first parts the longest counts.
    """
    longest = driven = first_part = 0
    for number, drive in enumerate(drives):
        rest = drive.depart - drives[number - 1].arrive if number else 0
        if rest >= LEAST_PART_S:
            if rest >= BREAK_S or (first_part and first_part + rest >= BREAK_S):
                driven = first_part = 0
            else:
                first_part = max(first_part, rest)
        driven += drive.driving_s
        longest = max(longest, driven)
    return longest
