"""The fewest and fairest cuts along given orders of parties, as a model for the solver CP-SAT.

Stays begin at whole minutes, so all of it is a matter of minutes. Who comes first to a full stop is free.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planner.domain.clock import MINUTE_S, minute_until
from planner.domain.parties.cuts import PartyCuts
from planner.services.parties.cp_model import minimized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planner.domain.budget import Budget
    from planner.domain.parties.cuts import CutQuestion, CutStop
    from planner.domain.parties.rotation import Starts

LONGEST_MIN = 48 * 60
"""No day of parties goes on for longer."""

MOST_WEIGHT = 1 << 50
"""Weights of one question to the solver are no larger in all."""


class CutModel:
    """All ways to cut stays of a day of parties."""

    def __init__(self, question: CutQuestion) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - only who splits a delegation loads it

        self._cp: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._question = question
        self._base = minute_until(question.start)
        self._lost = [self._cut_of(stop) for stop in question.stops]
        self._dwell = [self._dwell_of(number) for number in range(len(question.stops))]
        self._start: dict[tuple[int, int], Any] = {}
        self._ends: list[Any] = []
        for party in range(len(question.ways)):
            self._add_way(party)
        for number, stop in enumerate(question.stops):
            self._add_times(number, stop)
            if stop.capacity is not None and not stop.together and max(stop.dwells):
                self._add_room(number, stop.capacity)

    def fairest(self, budget: Budget) -> PartyCuts | None:
        """Return the fewest minutes, of those the fairest cuts; None where none do, or none were found."""
        minutes = sum(cut * lost for row in self._lost for cut, lost in enumerate(row))
        found = self._least(minutes, budget)
        if found is None:
            return None
        solver, proved = found
        if proved:
            self._model.add(minutes <= round(solver.objective_value))
            for sum_ in self._shares(sum(self._minutes(solver))):
                further = self._least(sum_, budget)
                if further is None:
                    proved = False
                    break
                solver, is_least = further
                proved &= is_least
                self._model.add(sum_ <= round(solver.objective_value))
        return self._soonest(solver, budget, proved=proved)

    # What the model is made of

    def _cut_of(self, stop: CutStop) -> list[Any]:
        """Literals by the minutes that a stay loses."""
        lost = [self._model.new_bool_var("") for _ in stop.dwells]
        self._model.add_exactly_one(lost)
        return lost

    def _dwell_of(self, number: int) -> Any:
        """The minutes of a stay."""
        minutes = [dwell // MINUTE_S for dwell in self._question.stops[number].dwells]
        dwell = self._model.new_int_var(min(minutes), max(minutes), f"dwell {number}")
        self._model.add(
            dwell == sum(own * lost for own, lost in zip(minutes, self._lost[number], strict=True))
        )
        return dwell

    def _add_way(self, party: int) -> None:
        """A party is ready for a stop once it has left the one before."""
        way = self._question.ways[party]
        for step in way.steps:
            key = (0 if self._question.stops[step.stop].together else party), step.stop
            if key not in self._start:
                self._start[key] = self._model.new_int_var(0, LONGEST_MIN, "")
            self._start[party, step.stop] = self._start[key]
        if not way.steps:
            return
        first = way.steps[0]
        begins_s = self._question.start - self._base + first.ready_s
        self._model.add(self._start[party, first.stop] >= -(-begins_s // MINUTE_S))
        for before, after in pairwise(way.steps):
            moved = -(-after.ready_s // MINUTE_S)
            self._model.add(self._start[party, after.stop] >= self._over(party, before.stop) + moved)
        end = self._over(party, way.steps[-1].stop)
        self._ends.append(end)
        if self._question.limit is not None:
            latest_s = self._question.limit - self._base - way.last_s
            self._model.add(end <= latest_s // MINUTE_S)

    def _over(self, party: int, stop: int) -> Any:
        return self._start[party, stop] + self._dwell[stop]

    def _add_times(self, number: int, stop: CutStop) -> None:
        """When a stay may begin hangs on how long it is."""
        starts = {id(start): start for (_, at), start in self._start.items() if at == number}
        for lost, allowed in zip(self._lost[number], stop.starts, strict=True):
            domain = self._domain(allowed)
            if domain is None:
                self._model.add(lost == 0)
            else:
                for start in starts.values():
                    self._model.add_linear_expression_in_domain(start, domain).only_enforce_if(lost)

    def _domain(self, starts: Starts) -> Any:
        spans = [(max(0, -(-(first - self._base) // MINUTE_S)), self._last(last)) for first, last in starts]
        kept = [[first, last] for first, last in spans if first <= last]
        return self._cp.Domain.from_intervals(kept) if kept else None

    def _last(self, last: int | None) -> int:
        return LONGEST_MIN if last is None else min(LONGEST_MIN, (last - self._base) // MINUTE_S)

    def _add_room(self, number: int, capacity: int) -> None:
        """No more people at a stop than it holds; who is more fills it alone."""
        ways = self._question.ways
        if sum(way.size for way in ways) <= capacity:
            return
        stays = []
        for party in range(len(ways)):
            over = self._model.new_int_var(0, 2 * LONGEST_MIN, "")
            self._model.add(over == self._over(party, number))
            stays.append(
                self._model.new_interval_var(self._start[party, number], self._dwell[number], over, "")
            )
        sizes = [min(way.size, capacity) for way in ways]
        if sum(sorted(sizes)[:2]) > capacity:
            self._model.add_no_overlap(stays)
        else:
            self._model.add_cumulative(stays, sizes, capacity)

    # What is asked of it

    def _shares(self, minutes: int) -> Iterator[Any]:
        """What makes cuts fair, in sums to be made least in turn: how many stays lose each share.

        Each sum has some shares, the largest first; in it one stay more of a share weighs more than all
        stays of smaller ones.
        """
        stops = self._question.stops
        by_share: dict[Fraction, list[Any]] = {}
        for stop, row in zip(stops, self._lost, strict=True):
            for cut, lost in enumerate(row):
                if cut > minutes:
                    self._model.add(lost == 0)
                elif cut:
                    by_share.setdefault(stop.share(cut), []).append(lost)
        factor = len(stops) + 1
        sums: list[Any] = []
        weight = 1
        for share in sorted(by_share):
            if weight * factor > MOST_WEIGHT or not sums:
                weight = 1
                sums.append(0)
            sums[-1] += weight * sum(by_share[share])
            weight *= factor
        yield from reversed(sums)

    def _soonest(self, solver: Any, budget: Budget, *, proved: bool) -> PartyCuts:
        """The cuts as found, everybody as soon as can be with them."""
        lost = self._minutes(solver)
        starts = {key: solver.value(start) for key, start in self._start.items()}
        for row, cut in zip(self._lost, lost, strict=True):
            self._model.add(row[cut] == 1)
        self._model.clear_hints()
        for key, start in starts.items():
            self._model.add_hint(self._start[key], start)
        for asked in (self._last_end(), self._everybody()):
            sooner = self._least(asked, budget)
            if sooner is None:
                break
            starts = {key: sooner[0].value(start) for key, start in self._start.items()}
            self._model.add(asked <= round(sooner[0].objective_value))
        instants = {key: self._base + MINUTE_S * start for key, start in starts.items()}
        return PartyCuts(tuple(lost), instants, proved)

    def _last_end(self) -> Any:
        latest = self._model.new_int_var(0, 2 * LONGEST_MIN, "last end")
        self._model.add_max_equality(latest, self._ends or [0])
        return latest

    def _everybody(self) -> Any:
        """When people are at the end, and then when all stays begin."""
        sizes = [way.size for way in self._question.ways if way.steps]
        ends = sum(size * end for size, end in zip(sizes, self._ends, strict=True))
        return len(self._start) * LONGEST_MIN * ends + sum(self._start.values())

    def _minutes(self, solver: Any) -> list[int]:
        return [next(cut for cut, lost in enumerate(row) if solver.value(lost)) for row in self._lost]

    def _least(self, asked: Any, budget: Budget) -> tuple[Any, bool] | None:
        """A solution with little of what is asked, and whether it is the least; None where none was found."""
        if budget.is_over():
            return None
        self._model.minimize(asked)
        solver, status = minimized(self._model, budget)
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return None
        return solver, status == self._cp.OPTIMAL
