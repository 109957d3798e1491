"""Profiles of whole days, kept by place and date: a plan asks for the same pairs again and again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.buses.query.journeys.profiles import Profile
    from planner.domain.geo import LonLat

MOST_PAIRS = 20_000
"""About 100 days of 14 places; a pair has some ten kilobytes at most."""

Rows = tuple[tuple["Profile", ...], ...]


class ProfileMemory:
    """The profiles asked for last, shared by the threads of a worker."""

    def __init__(self, most: int = MOST_PAIRS) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[tuple[LonLat, LonLat, date], Profile] = OrderedDict()

    def rows(self, points: Sequence[LonLat], day: date) -> Rows | None:
        """Return the profiles between all places on a date, None where one of them is not known."""
        with self._lock:
            keys = [[(a, b, day) for b in points] for a in points]
            if not all(key in self._known for row in keys for key in row):
                return None
            for row in keys:
                for key in row:
                    self._known.move_to_end(key)
            return tuple(tuple(self._known[key] for key in row) for row in keys)

    def keep(self, points: Sequence[LonLat], day: date, rows: Rows) -> None:
        """Remember the profiles between all places; those asked for longest ago are forgotten."""
        with self._lock:
            for a, row in zip(points, rows, strict=True):
                for b, profile in zip(points, row, strict=True):
                    self._known[a, b, day] = profile
                    self._known.move_to_end((a, b, day))
            while len(self._known) > self._most:
                self._known.popitem(last=False)
