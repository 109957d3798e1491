"""How long a driver may drive: Regulation (EC) No 561/2006, Articles 6 to 8, as amended by (EU) 2024/1258.

After 4 h 30 min of driving a break of 45 min is due. In occasional services it may be taken in two parts of
at least 15 min each, in either order, within those 4 h 30 min. A day has at most 9 h of driving, and 10 h
twice a week. A coach that waits for its group with nothing for its driver to do is at a break; while people
get in and out it neither drives nor rests. Within 24 h of the end of a rest the next one is to be taken, of
11 h, or of 9 h three times between two weekly rests: so a day from the first drive to the end of the last is
13 h long, or 15 h. It is assumed that one driver drives all day, in a vehicle for more than nine people, and
that the day begins with the first drive: what is driven before and after it is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant
from planner.domain.itinerary import PartKind
from planner.domain.warnings.codes import Breach, DrivingTime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.itinerary import Itinerary

LONGEST_STRETCH_S = 270 * MINUTE_S
BREAK_S = 45 * MINUTE_S
LEAST_PART_S = 15 * MINUTE_S
LONGEST_DAY_S, LONGEST_DAY_TWICE_S = 540 * MINUTE_S, 600 * MINUTE_S
LONGEST_SPAN_S, LONGEST_SPAN_THRICE_S = 780 * MINUTE_S, 900 * MINUTE_S

_LIMITS = {
    Breach.NO_BREAK: LONGEST_STRETCH_S,
    Breach.LONG_DAY: LONGEST_DAY_S,
    Breach.TOO_LONG_DAY: LONGEST_DAY_TWICE_S,
    Breach.SHORT_REST: LONGEST_SPAN_S,
    Breach.NO_REST: LONGEST_SPAN_THRICE_S,
}


@dataclass(frozen=True)
class Drive:
    """One drive of a coach: when it moves, and how many of its seconds it really drives."""

    depart: Instant
    arrive: Instant
    driving_s: int


@dataclass(frozen=True)
class DrivingDay:
    """A day of driving.

    `longest_s` is the most driving without the break, `rests` the pauses that count, `span_s` what lies
    between the first drive and the end of the last.
    """

    drives: tuple[Drive, ...]
    driving_s: int
    longest_s: int
    rests: tuple[tuple[Instant, Instant], ...]
    breaches: tuple[Breach, ...]
    span_s: int = 0

    def seconds(self, breach: Breach) -> int:
        """Return what is too long in a breach."""
        if breach is Breach.NO_BREAK:
            return self.longest_s
        return self.span_s if breach in {Breach.SHORT_REST, Breach.NO_REST} else self.driving_s


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
    span_s = drives[-1].arrive - drives[0].depart if drives else 0
    if span_s > LONGEST_SPAN_THRICE_S:
        found.append(Breach.NO_REST)
    elif span_s > LONGEST_SPAN_S:
        found.append(Breach.SHORT_REST)
    rests = tuple((a.arrive, b.depart) for a, b in pairwise(drives) if b.depart - a.arrive >= LEAST_PART_S)
    return DrivingDay(tuple(drives), driving_s, longest_s, rests, tuple(found), span_s)


def driving_warnings(itinerary: Itinerary) -> Iterator[DrivingTime]:
    """Yield what a day breaks, at the leg with which it does so."""
    drives = drives_of(itinerary)
    legs = [
        number
        for number, leg in enumerate(itinerary.legs)
        for part in leg.parts
        if part.kind is PartKind.DRIVE
    ]
    judged = driving_day(drives)
    for breach in judged.breaches:
        first = next(at for at in range(len(drives)) if breach in _broken(drives[: at + 1]))
        seconds, limit = judged.seconds(breach), _LIMITS[breach]
        yield DrivingTime(
            leg=legs[first],
            by_s=seconds - limit,
            breach=breach,
            minutes=seconds // MINUTE_S,
            limit_min=limit // MINUTE_S,
        )


def _broken(drives: Sequence[Drive]) -> tuple[Breach, ...]:
    """What the first drives of a day break; a day that breaks the harder rule has broken the softer one."""
    found = driving_day(drives).breaches
    softer = {Breach.TOO_LONG_DAY: Breach.LONG_DAY, Breach.NO_REST: Breach.SHORT_REST}
    return (*found, *(softer[one] for one in found if one in softer))


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
