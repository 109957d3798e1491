"""Stops that come after each other in a circle: none of them can be the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


def circles(after: Sequence[Collection[int]]) -> Iterator[tuple[int, ...]]:
    """Yield circles that have no stop in common, the shortest through each stop; `after` is by stop.

    Taking the first stop of each away leaves none.
    """
    gone: set[int] = set()
    for start in range(len(after)):
        circle = _shortest(after, start, gone)
        if circle:
            gone.add(start)
            yield circle


def _shortest(after: Sequence[Collection[int]], start: int, gone: Collection[int]) -> tuple[int, ...]:
    """The shortest way from a stop back to itself over what comes before it; () where there is none."""
    ways: list[tuple[int, ...]] = [(start,)]
    seen: set[int] = set()
    while ways:
        longer: list[tuple[int, ...]] = []
        for way in ways:
            for earlier in sorted(after[way[-1]]):
                if earlier == start:
                    return way
                if earlier not in seen and earlier not in gone:
                    seen.add(earlier)
                    longer.append((*way, earlier))
        ways = longer
    return ()
