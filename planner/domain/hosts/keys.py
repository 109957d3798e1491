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
from planner.domain.weather.rain import in_rain

if TYPE_CHECKING:
    from planner.domain.visits import PlaceRef, Visit

AGAIN = "#"
"""Before the number of a later stop at the same place: two stays are arranged apart."""

IF_IT_RAINS = "!"
"""Ends the key of a host to whom the group comes only when it rains. No site's id has either of the two."""

_DIGITS = 5


@dataclass(frozen=True)
class HostStop:
    """A stop that somebody may have to be asked for; `day` and `number` count from 0.

    With `is_rain` it is the other place of a stop, and `stop` is the stop as it is when it rains.
    """

    key: str
    day: int
    number: int
    stop: Stop
    is_rain: bool = False

    @property
    def place(self) -> str:
        """The key of the place, which all stops there share."""
        return place_of(self.key)


def place_of(key: str) -> str:
    """Return the key of a host's place: contacts are kept by it."""
    return key.removesuffix(IF_IT_RAINS).partition(AGAIN)[0]


def is_of_rain(key: str) -> bool:
    """Whether a host's key is that of a place to which the group comes only when it rains."""
    return key.endswith(IF_IT_RAINS)


def host_stops(visit: Visit) -> tuple[HostStop, ...]:
    """Return the stops of a visit that are somewhere, in the order of days and stops.

    Beside a stop stands the other place that it has for rain: its host is asked apart, also where the group
    comes to the same place without rain.
    """
    seen: Counter[str] = Counter()
    found = []
    for day, planned in enumerate(visit.days):
        for number, stop in enumerate(planned.stops):
            versions = (stop,) if stop.rain is None else (stop, in_rain(stop))
            for is_rain, version in enumerate(versions):
                key = version.place and _key(version.place)
                if key:
                    numbered = _numbered(key, seen, IF_IT_RAINS if is_rain else "")
                    found.append(HostStop(numbered, day, number, version, bool(is_rain)))
    return tuple(found)


def _numbered(place: str, seen: Counter[str], mark: str) -> str:
    """The key of the next stop at a place: `seen` counts those before it, by the mark of rain apart."""
    seen[place + mark] += 1
    count = seen[place + mark]
    return f"{place}{'' if count == 1 else f'{AGAIN}{count}'}{mark}"


def _key(place: PlaceRef) -> str:
    """A site's id; else where the place is; else its name, told apart from both."""
    if place.site is not None:
        return place.site
    if place.at is not None:
        return "@{:.{digits}f},{:.{digits}f}".format(*place.at, digits=_DIGITS)
    return f"~{hashlib.sha256(_name(place.name).encode()).hexdigest()[:16]}" if _name(place.name) else ""


def _name(name: LocalText) -> str:
    return in_language(name, "pl").strip()
