"""Demands that exclude each other: which, and by how much they do.

The words come from the day itself; only of opening hours it does not know enough. What a demand may
carry (all may be missing; times are "HH:MM"):

| kind   | params                                             |
| ------ | -------------------------------------------------- |
| hours  | from, to: the hours of the day; neither where shut |
| window | from, to                                           |
| after  | after: the id of the stop that must come first     |
| finish | limit                                              |
| capacity | capacity, in people                              |
| visit  |                                                    |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.order.proposals import Conflict, Demand, DemandKind
from planner.words.formats import minutes_text
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.order.proposals import LeftOut
    from planner.domain.visits import Day, Stop
    from planner.words.places import PlaceWords

PAIR = 2
MOST_NAMED = 3
"""So many stops that are only visited are named; more are counted."""


class ConflictWriter:
    """Writes why no order of a day works; needs an application context."""

    def __init__(self, day: Day, words: PlaceWords) -> None:
        self._day = day
        self._words = words
        self._stops = {stop.id: stop for stop in day.stops}

    def reason(self, conflict: Conflict) -> str:
        """Return what cannot be kept together, by how much it is too much, and how sure that is."""
        with force_locale(self._words.language):
            told = [self.sentence(conflict.demands)]
            if conflict.too_much_s:
                minutes = minutes_text(-(-conflict.too_much_s // 60), self._words.language)
                told.append(gettext("About %(minutes)s too much.", minutes=minutes))
            if conflict.assumed:
                told.append(gettext("Not proved: ways to a place that is not on the map are only assumed."))
            elif not conflict.proved:
                told.append(gettext("Not proved: in the time there was, no order was found."))
            return " ".join(told)

    def left_out(self, left: LeftOut) -> str:
        """Return why a stop was left out, and which of those that exclude it might be in its place."""
        with force_locale(self._words.language):
            if left.reason is None:
                return gettext("There is no room for it beside the others.")
            named = dict.fromkeys(demand.stop for demand in left.reason.demands)
            may_go = [self._stops[stop] for stop in named if stop in self._stops]
            names = ", ".join(self._name(stop) for stop in may_go if stop.optional)
            told = self.reason(left.reason)
            if sum(stop.optional for stop in may_go) < PAIR:
                return told
            return told + " " + gettext("Leave out one of these: %(names)s.", names=names)

    def sentence(self, demands: Sequence[Demand]) -> str:
        """Return which demands exclude each other; '' where none do."""
        with force_locale(self._words.language):
            if doors := self._at_closed_doors(demands):
                return doors
            visits = [demand for demand in demands if demand.kind is DemandKind.VISIT]
            others = [demand for demand in demands if demand.kind is not DemandKind.VISIT]
            if visits and [demand.kind for demand in others] == [DemandKind.FINISH]:
                return self._full(visits, self._limit(others[0]))
            told = [self.demand(demand) for demand in others]
            told += [self._visited(visits)] if visits else []
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

    def _full(self, visits: Sequence[Demand], limit: str) -> str:
        """Stops that do not fit before the end of the day, whatever their order."""
        words = {"count": len(visits), "limit": limit, "stops": self._visited(visits)}
        if len(visits) <= MOST_NAMED:
            return gettext("Together too long for a day that ends by %(limit)s: %(stops)s.", **words)
        if len(visits) < len(self._day.stops):
            return gettext(
                "Already %(count)s of the stops do not fit into a day that ends by %(limit)s.", **words
            )
        return gettext("The %(count)s stops do not fit into a day that ends by %(limit)s.", **words)

    def _visited(self, visits: Sequence[Demand]) -> str:
        """The stops that are only to be visited: by name, or how many."""
        if len(visits) == len(self._day.stops) > MOST_NAMED:
            return gettext("all stops of the day")
        if len(visits) > MOST_NAMED:
            return gettext("%(count)s more stops", count=len(visits))
        return ", ".join(self._name(self._stops[visit.stop or ""]) for visit in visits)

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
        return gettext("the end of the day by %(limit)s", limit=self._limit(demand))

    def _limit(self, demand: Demand) -> str:
        end = self._day.end
        return str(demand.params.get("limit") or (end and (end.latest or end.arrive)) or "")


def _span(demand: Demand) -> dict[str, str]:
    return {name: str(demand.params[name]) for name in ("from", "to") if name in demand.params}
