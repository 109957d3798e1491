"""Minutes cut off several stays, fairly: the same minutes in all, the largest share as small as it may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.order.proposals import Cut
from planner.services.remedies.times import least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.visits import Stop

Room = tuple["Stop", int]
"""A stay with the minutes that there are to cut."""

IsEnough = Callable[[Remedy], bool]

MOST_TRIED = 40
"""So many times a minute is tried at another stay: each is a plan of the day."""


def evened(shape: Sequence[Room], minutes: int, is_enough: IsEnough) -> Remedy:
    """Return the fairest way to cut so many minutes that is still enough; nearest stays come first in it.

    Minutes at the nearest stays are never wasted by waiting. So the smallest largest share is found by
    halving, each stay being asked for no more; then single minutes go from those that lose more to others.
    """
    cuts, tried = _capped(shape, minutes, is_enough) if len(shape) > 1 else [minutes], 0
    better: list[int] | None = cuts
    while better is not None:
        cuts, better = better, None
        for other in _more_even(shape, cuts):
            tried += 1
            if tried > MOST_TRIED:
                break
            if is_enough(as_cut(shape, other)):
                better = other
                break
    return as_cut(shape, cuts)


def nearest_first(shape: Sequence[Room], minutes: int) -> Remedy:
    """Return so many minutes cut, from the first stay on as much as it has."""
    return as_cut(shape, _nearest(shape, minutes))


def as_cut(shape: Sequence[Room], cuts: Sequence[int]) -> Remedy:
    """Return the edit that cuts so much off each stay."""
    pairs = zip(shape, cuts, strict=True)
    return Remedy(RemedyCode.CUT, cuts=tuple(Cut(stop.id, cut) for (stop, _), cut in pairs if cut))


def _capped(shape: Sequence[Room], minutes: int, is_enough: IsEnough) -> list[int]:
    """The nearest stays first, each asked for no more than the smallest share that is enough."""
    shares = sorted({Fraction(cut, stop.dwell_min) for stop, room in shape for cut in range(1, room + 1)})
    capped = [[(stop, min(room, int(share * stop.dwell_min))) for stop, room in shape] for share in shares]
    roomy = [rooms for rooms in capped if sum(room for _, room in rooms) >= minutes]
    tries = [_nearest(rooms, minutes) for rooms in roomy]
    first = least(len(tries), lambda number: is_enough(as_cut(shape, tries[number])))
    return tries[first] if first < len(tries) else _nearest(shape, minutes)


def _nearest(shape: Sequence[Room], minutes: int) -> list[int]:
    cuts = []
    for _, room in shape:
        cuts.append(min(room, minutes))
        minutes -= cuts[-1]
    return cuts


def _more_even(shape: Sequence[Room], cuts: Sequence[int]) -> Iterator[list[int]]:
    """Yield what comes of one stay losing a minute less and another, that loses a smaller share, one more."""
    dwells = [max(1, stop.dwell_min) for stop, _ in shape]
    by_share = sorted(range(len(cuts)), key=lambda number: Fraction(cuts[number], dwells[number]))
    for most, other in product(reversed(by_share), by_share):
        if cuts[other] < shape[other][1] and (cuts[other] + 1) * dwells[most] < cuts[most] * dwells[other]:
            moved = list(cuts)
            moved[most] -= 1
            moved[other] += 1
            yield moved
