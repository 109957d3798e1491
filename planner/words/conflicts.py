"""Demands that exclude each other, in one sentence.

The words come from the day itself; only of opening hours it does not know enough. What a demand may
carry (all may be missing; times are "HH:MM"):

| kind   | params                                             |
| ------ | -------------------------------------------------- |
| hours  | from, to: the hours of the day; neither where shut |
| window | from, to                                           |
| after  | after: the id of the stop that must come first     |
| finish | limit                                              |
| capacity | capacity, in people                              |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.order.proposals import Demand, DemandKind
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.visits import Day, Stop
    from planner.words.places import PlaceWords

PAIR = 2


class ConflictWriter:
    """Writes why no order of a day works; needs an application context."""

    def __init__(self, day: Day, words: PlaceWords) -> None:
        self._day = day
        self._words = words
        self._stops = {stop.id: stop for stop in day.stops}

    def sentence(self, demands: Sequence[Demand]) -> str:
        """Return which demands exclude each other; '' where none do."""
        with force_locale(self._words.language):
            if doors := self._at_closed_doors(demands):
                return doors
            told = [self.demand(demand) for demand in demands]
            if len(told) > PAIR:
                return gettext("These cannot all be kept: %(demands)s.", demands="; ".join(told))
            if len(told) == PAIR:
                return gettext("%(one)s, and %(other)s, exclude each other.", one=told[0], other=told[1])
            return gettext("No order keeps this: %(demand)s.", demand=told[0]) if told else ""

    def _at_closed_doors(self, demands: Sequence[Demand]) -> str:
        """A stop that is fixed outside its own hours; '' where that is not all of it."""
        kinds = {demand.kind: demand for demand in demands}
        hours = kinds.get(DemandKind.HOURS)
        is_one_stop = len({demand.stop for demand in demands}) == 1
        if hours is None or not is_one_stop or kinds.keys() != {DemandKind.HOURS, DemandKind.FIXED}:
            return ""
        stop = self._stops[hours.stop or ""]
        words = {"name": self._name(stop), "at": stop.fixed or "", **_span(hours)}
        if "from" in words and "to" in words:
            return gettext("%(name)s cannot be visited at %(at)s: open %(from)s–%(to)s.", **words)
        return gettext("%(name)s cannot be visited at %(at)s: closed on this day.", **words)

    def demand(self, demand: Demand) -> str:
        """Return one demand: "Museum, open 09:00–16:00"."""
        stop = self._stops.get(demand.stop or "")
        if stop is None:
            return self._finish(demand)
        return {
            DemandKind.HOURS: self._hours,
            DemandKind.WINDOW: self._window,
            DemandKind.FIXED: self._fixed,
            DemandKind.LOCKED: self._locked,
            DemandKind.AFTER: self._after,
            DemandKind.CAPACITY: self._capacity,
        }.get(demand.kind, self._plain)(stop, demand)

    def _name(self, stop: Stop) -> str:
        return self._words.stop_name(stop)

    def _hours(self, stop: Stop, demand: Demand) -> str:
        words = {"name": self._name(stop), **_span(demand)}
        if "from" in words and "to" in words:
            return gettext("%(name)s, open %(from)s–%(to)s", **words)
        return gettext("%(name)s, closed on this day", **words)

    def _window(self, stop: Stop, demand: Demand) -> str:
        spans = [_span(demand)] if _span(demand) else [{"from": a, "to": b} for a, b in stop.windows]
        times = ", ".join(f"{span.get('from', '')}–{span.get('to', '')}" for span in spans)
        return gettext("%(name)s, only within %(times)s", name=self._name(stop), times=times)

    def _fixed(self, stop: Stop, _demand: Demand) -> str:
        return gettext("%(name)s, fixed at %(at)s", name=self._name(stop), at=stop.fixed or "")

    def _locked(self, stop: Stop, _demand: Demand) -> str:
        number = self._day.stops.index(stop) + 1
        return gettext("%(name)s, locked as stop %(number)s", name=self._name(stop), number=number)

    def _after(self, stop: Stop, demand: Demand) -> str:
        earlier = (demand.params["after"],) if "after" in demand.params else stop.after
        others = ", ".join(
            self._name(self._stops[str(before)]) for before in earlier if str(before) in self._stops
        )
        return gettext("%(name)s, only after %(other)s", name=self._name(stop), other=others)

    def _capacity(self, stop: Stop, demand: Demand) -> str:
        number = int(demand.params.get("capacity", stop.capacity or 0))
        words = {"name": self._name(stop), "number": number}
        return ngettext(
            "%(name)s, for one person at a time", "%(name)s, for %(number)s people at a time", number, **words
        )

    def _plain(self, stop: Stop, _demand: Demand) -> str:
        return self._name(stop)

    def _finish(self, demand: Demand) -> str:
        end = self._day.end
        limit = demand.params.get("limit") or (end and (end.latest or end.arrive)) or ""
        return gettext("the end of the day by %(limit)s", limit=limit)


def _span(demand: Demand) -> dict[str, str]:
    return {name: str(demand.params[name]) for name in ("from", "to") if name in demand.params}
