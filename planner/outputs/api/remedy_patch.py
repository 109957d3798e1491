"""A remedy as a JSON Patch (RFC 6902) of the request that was planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.edits.remedies import Remedy, RemedyCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.order.proposals import Cut
    from planner.domain.visits import Day
    from planner.domain.warnings.codes import Warning
    from planner.outputs.api.leg_models import Operation, RemedyAnswer
    from planner.words.remedies import RemedyWriter


def remedies_data(
    remedies: Iterable[Remedy], warning: Warning, writer: RemedyWriter, body: Mapping[str, Any]
) -> list[RemedyAnswer]:
    """What an answer says about the cures of a warning."""
    return [
        {
            "code": remedy.code,
            "message": writer.sentence(remedy, warning),
            "patch": patch_of(remedy, writer.day, body),
        }
        for remedy in remedies
    ]


def patch_of(remedy: Remedy, day: Day, body: Mapping[str, Any]) -> list[Operation]:
    """Return the patch that turns the body of POST /plan that asked for the day into one with the remedy."""
    return _Patch(day, body).operations(remedy)


class _Patch:
    def __init__(self, day: Day, body: Mapping[str, Any]) -> None:
        self._body = body
        self._ids = [stop.id for stop in day.stops]
        self._dwell = {stop.id: stop.dwell_min for stop in day.stops}

    def operations(self, remedy: Remedy) -> list[Operation]:
        if remedy.code is RemedyCode.ORDER:
            return [*self._moves(remedy.order), *self._cuts(remedy.cuts, remedy.order)]
        if remedy.code is RemedyCode.START:
            return [{"op": "replace", "path": "/start/time", "value": remedy.time}]
        if remedy.code is RemedyCode.CUT:
            return self._cuts(remedy.cuts, self._ids)
        if remedy.code is RemedyCode.MODE:
            at = ["end"] if remedy.stop is None else ["stops", self._ids.index(remedy.stop)]
            return [self._set([*at, "mode_to"], str(remedy.mode))]
        if remedy.code is RemedyCode.DATE:
            return [{"op": "replace", "path": "/date", "value": str(remedy.date)}]
        return self._without(self._ids.index(remedy.stop or ""))

    def _moves(self, order: tuple[str, ...]) -> list[Operation]:
        made: list[Operation] = []
        now = list(self._ids)
        for place, stop in enumerate(order):
            was = now.index(stop)
            if was != place:
                now.insert(place, now.pop(was))
                made.append({"op": "move", "from": f"/stops/{was}", "path": f"/stops/{place}"})
        return made

    def _cuts(self, cuts: tuple[Cut, ...], order: tuple[str, ...] | list[str]) -> list[Operation]:
        """Shorter stays, where the stops are in an order already."""
        made: list[Operation] = []
        for cut in cuts:
            was = self._set(
                ["stops", self._ids.index(cut.stop), "dwell_min"], self._dwell[cut.stop] - cut.minutes
            )
            made.append({**was, "path": f"/stops/{order.index(cut.stop)}/dwell_min"})
        return made

    def _set(self, steps: list[str | int], value: str | int) -> Operation:
        """Give a member a value, whether the request has it or not."""
        here: Any = self._body
        for step in steps[:-1]:
            here = here[step]
        is_there = isinstance(here, Mapping) and steps[-1] in here
        path = "".join(f"/{step}" for step in steps)
        return {"op": "replace" if is_there else "add", "path": path, "value": value}

    def _without(self, at: int) -> list[Operation]:
        """Take a stop out, and what others say about coming after it."""
        made: list[Operation] = []
        stops = self._body["stops"]
        gone = stops[at].get("id")
        for index, stop in enumerate(stops):
            after = stop.get("after") or []
            if gone is not None and index != at and gone in after:
                left = [earlier for earlier in after if earlier != gone]
                made.append({"op": "replace", "path": f"/stops/{index}/after", "value": left})
        return [*made, {"op": "remove", "path": f"/stops/{at}"}]
