"""Demands that exclude each other, in words.

What a demand says beside its day (every parameter may be missing; times are "HH:MM"):

| kind   | params                                                       |
| ------ | ------------------------------------------------------------ |
| window | from, to                                                     |
| fixed  | at                                                           |
| after  | after: the ids of the stops that must come earlier, "s1,s2"  |
| finish | at                                                           |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.proposals import Demand, DemandKind
from planner.domain.visits import Day, Stop
from planner.outputs.places import PlaceWords
from planner.outputs.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

PAIR = 2


@dataclass(frozen=True)
class ConflictWriter:
    """Writes the demands of a day; `doors` has by the stops' ids when they are open on its date."""

    day: Day
    places: PlaceWords
    doors: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def sentence(self, conflict: Sequence[Demand]) -> str:
        """Say which demands cannot be kept together; '' where there are none."""
        words = list(dict.fromkeys(self.text(one) for one in conflict))
        if not words:
            return ""
        if len(words) == 1:
            return gettext("No order keeps this: %(demand)s.", demand=words[0])
        if len(words) == PAIR:
            one = words[0][:1].upper() + words[0][1:]
            return gettext("%(one)s, and %(other)s, exclude each other.", one=one, other=words[1])
        return gettext("These exclude each other: %(demands)s.", demands="; ".join(words))

    def text(self, demand: Demand) -> str:
        """A demand as a part of a sentence."""
        if demand.kind is DemandKind.FINISH:
            return self._finish(demand)
        stop = next(one for one in self.day.stops if one.id == demand.stop)
        writers: Mapping[DemandKind, Callable[[Demand, Stop, str], str]] = {
            DemandKind.HOURS: self._hours,
            DemandKind.WINDOW: self._window,
            DemandKind.FIXED: self._fixed,
            DemandKind.LOCKED: self._locked,
            DemandKind.AFTER: self._after,
        }
        return writers[demand.kind](demand, stop, self.places.stop_name(stop))

    def _finish(self, demand: Demand) -> str:
        end = self.day.end
        limit = demand.params.get("at") or (end and (end.arrive or end.latest)) or ""
        if end and end.arrive:
            return gettext("being at the end at %(limit)s", limit=limit)
        return gettext("the end of the day by %(limit)s", limit=limit)

    def _hours(self, _demand: Demand, stop: Stop, name: str) -> str:
        if stop.id not in self.doors:
            return gettext("the opening hours of %(name)s", name=name)
        spans = self.doors[stop.id]
        if not spans:
            return gettext("%(name)s, closed on that date", name=name)
        times = ", ".join(f"{opens}–{closes}" for opens, closes in spans)
        return gettext("%(name)s, open %(times)s", name=name, times=times)

    def _window(self, _demand: Demand, stop: Stop, name: str) -> str:
        times = ", ".join(f"{opens}–{closes}" for opens, closes in stop.windows)
        return gettext("%(name)s within %(times)s", name=name, times=times)

    def _fixed(self, demand: Demand, stop: Stop, name: str) -> str:
        return gettext("%(name)s at %(time)s", name=name, time=demand.params.get("at") or stop.fixed or "")

    def _locked(self, _demand: Demand, stop: Stop, name: str) -> str:
        number = self.day.stops.index(stop) + 1
        return gettext("%(name)s held as stop %(number)s", name=name, number=number)

    def _after(self, demand: Demand, stop: Stop, name: str) -> str:
        wanted = str(demand.params.get("after") or ",".join(stop.after)).split(",")
        others = [self.places.stop_name(one) for one in self.day.stops if one.id in wanted]
        return gettext("%(name)s after %(others)s", name=name, others=", ".join(others))
