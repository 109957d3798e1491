"""What is selected in the timetable, as the address says it: `?stop=s3`, `?leg=s3`, `?part=settings`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.visits import Day

PARTS = ("day", "end", "settings", "place")
"""What else can be opened: the day, its end, the visit's settings, a place of one's own."""

OF_STOPS = ("stop", "leg")


@dataclass(frozen=True)
class Selected:
    """A kind ("stop", "leg" or "part", '' for nothing) and which one: a stop's id, or one of PARTS."""

    kind: str = ""
    id: str = ""

    @property
    def query(self) -> dict[str, str]:
        """It as a part of an address, so that forms lead back to it."""
        return {self.kind: self.id} if self.kind else {}

    def within(self, day: Day) -> Selected:
        """It, or nothing where the day has no such stop any more."""
        is_there = self.kind not in OF_STOPS or any(stop.id == self.id for stop in day.stops)
        return self if is_there else Selected()


def asked_selection(args: Mapping[str, str] | None = None) -> Selected:
    """Return what the address of this request selects."""
    told = request.args if args is None else args
    for kind in OF_STOPS:
        if told.get(kind):
            return Selected(kind, told[kind])
    part = told.get("part", "")
    return Selected("part", part) if part in PARTS else Selected()
