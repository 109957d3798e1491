"""A remedy as a JSON Patch (RFC 6902) of the request that was planned."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.stops import remove_stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.domain.order.proposals import Cut
    from planner.domain.visits import Day
    from planner.domain.warnings.codes import Warning
    from planner.outputs.api.leg_models import Operation, RemedyAnswer
    from planner.words.remedies import RemedyWriter


class RemedyPatches:
    """Patches of the body of POST /plan that `asked` for a day, which was then put in order to `ordered`."""

    def __init__(self, body: Mapping[str, Any], asked: Day, ordered: Day) -> None:
        self._first: list[Operation] = []
        self._day = ordered
        self._body = body
        if ordered != asked and body:
            self._first = [*_order_of(asked, ordered, body), _set(body, ["optimise"], value=False)]
            self._body = patched(body, self._first)

    def answers(
        self, remedies: Iterable[tuple[Remedy, int]], warning: Warning, writer: RemedyWriter
    ) -> list[RemedyAnswer]:
        """Return what an answer says about the cures of a warning, each with how much is left after it."""
        return [
            {
                "code": remedy.code,
                "message": writer.sentence(remedy, warning),
                "patch": [*self._first, *patch_of(remedy, self._day, self._body)],
                "left": left,
            }
            for remedy, left in remedies
        ]


def patch_of(remedy: Remedy, day: Day, body: Mapping[str, Any]) -> list[Operation]:
    """Return what makes of the body of POST /plan, which asked for the day, the body with the remedy."""
    if remedy.code is not RemedyCode.PAIR:
        return _Patch(day, body).operations(remedy)
    first, second = remedy.both
    made = patch_of(first, day, body)
    return [*made, *patch_of(second, applied(day, first), patched(body, made))]


def patched(body: Mapping[str, Any], operations: Sequence[Operation]) -> dict[str, Any]:
    """Return a body with operations made on it: those that are written here, no others."""
    document: dict[str, Any] = copy.deepcopy(dict(body))
    for operation in operations:
        is_moved = operation["op"] == "move"
        value = _taken(document, operation["from"]) if is_moved else operation.get("value")
        if operation["op"] in {"remove", "replace"}:
            _taken(document, operation["path"])
        if operation["op"] != "remove":
            _put(document, operation["path"], value)
    return document


def _at(document: dict[str, Any], path: str) -> tuple[Any, Any]:
    """What holds a member, and its name or its number there."""
    *above, last = path.split("/")[1:]
    here: Any = document
    for step in above:
        here = here[int(step)] if isinstance(here, list) else here[step]
    return here, int(last) if isinstance(here, list) else last


def _taken(document: dict[str, Any], path: str) -> object:
    here, last = _at(document, path)
    return here.pop(last)


def _put(document: dict[str, Any], path: str, value: object) -> None:
    here, last = _at(document, path)
    if isinstance(here, list):
        here.insert(last, value)
    else:
        here[last] = value


def _order_of(asked: Day, ordered: Day, body: Mapping[str, Any]) -> list[Operation]:
    """What takes out the stops that were left out, and puts the others in order, their stays too."""
    made: list[Operation] = []
    kept = {stop.id for stop in ordered.stops}
    day, rest = asked, body
    for stop in asked.stops:
        if stop.id not in kept:
            gone = _Patch(day, rest).without([one.id for one in day.stops].index(stop.id))
            day, rest, made = remove_stop(day, stop.id), patched(rest, gone), [*made, *gone]
    made += _Patch(day, rest).moves(tuple(stop.id for stop in ordered.stops))
    body = patched(body, made)
    before = {stop.id: stop for stop in asked.stops}
    for at, stop in enumerate(ordered.stops):
        if stop.dwell_min != before[stop.id].dwell_min:
            made.append(_set(body, ["stops", at, "dwell_min"], value=stop.dwell_min))
        if stop.fixed != before[stop.id].fixed:
            made.append(_set(body, ["stops", at, "fixed"], value=stop.fixed))
    return made


def _set(body: Mapping[str, Any], steps: Sequence[str | int], *, value: object) -> Operation:
    """Give a member a value, whether the request has it or not."""
    here: Any = body
    for step in steps[:-1]:
        here = here[step]
    is_there = not isinstance(here, Mapping) or steps[-1] in here
    path = "".join(f"/{step}" for step in steps)
    return {"op": "replace" if is_there else "add", "path": path, "value": value}


class _Patch:
    """The operations of single remedies; most set one member."""

    def __init__(self, day: Day, body: Mapping[str, Any]) -> None:
        self._day = day
        self._body = body
        self._ids = [stop.id for stop in day.stops]

    def operations(self, remedy: Remedy) -> list[Operation]:
        if remedy.code in {RemedyCode.ORDER, RemedyCode.CUT}:
            return [*self.moves(remedy.order), *self._cuts(remedy.cuts, remedy.order or self._ids)]
        if remedy.code is RemedyCode.DAY_MODE:
            return [*self._day_mode(remedy), *self.moves(remedy.order)]
        if remedy.stop is None:
            return [self._of_day(remedy)]
        return self._of_stop(remedy, self._ids.index(remedy.stop))

    def _of_day(self, remedy: Remedy) -> Operation:
        if remedy.code is RemedyCode.DATE:
            return self._set("date", value=str(remedy.date))
        if remedy.code is RemedyCode.START:
            return self._set("start", "time", value=remedy.time)
        if remedy.code is RemedyCode.END:
            name = "arrive" if self._day.end and self._day.end.arrive else "latest"
            return self._set("end", name, value=remedy.time)
        return self._set("end", "mode_to", value=str(remedy.mode))

    def _of_stop(self, remedy: Remedy, at: int) -> list[Operation]:
        if remedy.code is RemedyCode.MODE:
            return [self._set("stops", at, "mode_to", value=str(remedy.mode))]
        if remedy.code is RemedyCode.FIXED:
            return [self._set("stops", at, "fixed", value=remedy.time)]
        if remedy.code is RemedyCode.WINDOW:
            return [self._set("stops", at, "windows", remedy.number, value=[*remedy.span])]
        if remedy.code is RemedyCode.UNLOCK:
            return [self._set("stops", at, "locked", value=False), *self.moves(remedy.order)]
        if remedy.code is RemedyCode.AFTER:
            left = [other for other in self._day.stops[at].after if other != remedy.other]
            return [self._set("stops", at, "after", value=left), *self.moves(remedy.order)]
        return self.without(at)

    def moves(self, order: tuple[str, ...]) -> list[Operation]:
        """What puts the stops in an order; nothing for none."""
        made: list[Operation] = []
        now = list(self._ids)
        for place, stop in enumerate(order):
            was = now.index(stop)
            if was != place:
                now.insert(place, now.pop(was))
                made.append({"op": "move", "from": f"/stops/{was}", "path": f"/stops/{place}"})
        return made

    def _cuts(self, cuts: tuple[Cut, ...], order: Sequence[str]) -> list[Operation]:
        """Shorter stays, where the stops are in an order already."""
        dwells = {stop.id: stop.dwell_min for stop in self._day.stops}
        made: list[Operation] = []
        for cut in cuts:
            was = self._set(
                "stops", self._ids.index(cut.stop), "dwell_min", value=dwells[cut.stop] - cut.minutes
            )
            made.append({**was, "path": f"/stops/{order.index(cut.stop)}/dwell_min"})
        return made

    def _day_mode(self, remedy: Remedy) -> list[Operation]:
        """The mode of the day, and no other one anywhere."""
        made = [self._set("mode", value=str(remedy.mode))]
        for at, stop in enumerate(self._body["stops"]):
            if stop.get("mode_to") is not None:
                made.append({"op": "remove", "path": f"/stops/{at}/mode_to"})
        if (self._body.get("end") or {}).get("mode_to") is not None:
            made.append({"op": "remove", "path": "/end/mode_to"})
        return made

    def _set(self, *steps: str | int, value: object) -> Operation:
        return _set(self._body, steps, value=value)

    def without(self, at: int) -> list[Operation]:
        """Take a stop out, and what others say about coming after it."""
        made: list[Operation] = []
        stops = self._body["stops"]
        gone = stops[at].get("id")
        for index, stop in enumerate(stops):
            after = stop.get("after") or []
            if gone is not None and index != at and gone in after:
                left = [other for other in after if other != gone]
                made.append({"op": "replace", "path": f"/stops/{index}/after", "value": left})
        return [*made, {"op": "remove", "path": f"/stops/{at}"}]
