"""Which host is which: the key of a place, which stays while a stop moves to another time or day.

The ids of stops do not do: a stop that moves to another day may get a new one, and a new stop may get that
of one that is gone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.text import LocalText, in_language
from planner.domain.visits import Stop

if TYPE_CHECKING:
    from planner.domain.visits import PlaceRef, Visit

AGAIN = "#"
"""Before the number of a later stop at the same place: two stays are arranged apart."""

_DIGITS = 5


@dataclass(frozen=True)
class HostStop:
    """A stop that somebody may have to be asked for; `day` and `number` count from 0."""

    key: str
    day: int
    number: int
    stop: Stop

    @property
    def place(self) -> str:
        """The key of the place, which all stops there share."""
        return place_of(self.key)


def place_of(key: str) -> str:
    """Return the key of a host's place: contacts are kept by it."""
    return key.partition(AGAIN)[0]


def host_stops(visit: Visit) -> tuple[HostStop, ...]:
    """Return the stops of a visit that are somewhere, in the order of days and stops."""
    seen: Counter[str] = Counter()
    found = []
    for day, planned in enumerate(visit.days):
        for number, stop in enumerate(planned.stops):
            place = stop.place and _key(stop.place)
            if not place:
                continue
            seen[place] += 1
            key = place if seen[place] == 1 else f"{place}{AGAIN}{seen[place]}"
            found.append(HostStop(key, day, number, stop))
    return tuple(found)


def _key(place: PlaceRef) -> str:
    """A site's id; else where the place is; else its name, told apart from both."""
    if place.site is not None:
        return place.site
    if place.at is not None:
        return "@{:.{digits}f},{:.{digits}f}".format(*place.at, digits=_DIGITS)
    return f"~{hashlib.sha256(_name(place.name).encode()).hexdigest()[:16]}" if _name(place.name) else ""


def _name(name: LocalText) -> str:
    return in_language(name, "pl").strip()
