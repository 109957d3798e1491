"""A rotation of parties as a model for the solver CP-SAT, in whole seconds.

OR-Tools is loaded when it is first needed.
Each party's way is a circuit through its stops. The legs take what they take, whenever they begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

from planner.domain.clock import MINUTE_S, Instant, minute_until
from planner.domain.parties.bound import least_ready
from planner.domain.parties.likeness import alike, narrowest
from planner.domain.parties.rotation import BEFORE
from planner.services.parties.cp_arcs import Node, arcs_of, nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.budget import Budget
    from planner.domain.parties.rotation import MoveTimes, Rotated, Rotation, Starts

SEED = 1
DETERMINISTIC_SHARE = 0.8
"""The solver's own count of its work, by which it stops at the same point every time, against seconds."""


@dataclass(frozen=True)
class Solution:
    """What the solver found: orders, the starts by party and stop, and whether nothing is better."""

    orders: list[list[int]]
    starts: dict[tuple[int, int], Instant]
    is_best: bool


@dataclass(frozen=True)
class Outcome:
    """How a search ended: a solution if any was found, a bound of the meeting, or that there is none."""

    solution: Solution | None
    bound: Instant
    is_impossible: bool = False


def minimized(model: Any, budget: Budget) -> tuple[Any, Any]:
    """Let the solver make least what a model asks for; return it with how that ended."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - only who splits a delegation loads it

    seconds = max(0.01, budget.left_s)
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_deterministic_time = max(0.01, seconds * DETERMINISTIC_SHARE)
    return solver, solver.solve(model)


class RotationModel:
    """The model of one rotation.

    Everything can be over by `latest`, and no meeting can be before `least`.
    """

    def __init__(self, rotation: Rotation, moves: MoveTimes, latest: Instant, least: Instant) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - only who splits a delegation loads it

        self._cp: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._rotation = rotation
        self._moves = moves
        self._base = minute_until(rotation.leave)
        self._latest = latest - self._base
        self._parties = range(len(rotation.sizes))
        self._numbers = range(len(rotation.stops))
        self._nodes = nodes_of(rotation.stops)
        self._allowed = arcs_of(rotation.stops)
        self._minute: dict[tuple[int, int], Any] = {}
        self._start: dict[tuple[int, int], Any] = {}
        self._ready: dict[tuple[int, int], Any] = {}
        self._end: list[Any] = []
        self._least = least_ready(rotation, moves)
        self._arcs: list[dict[tuple[Node | None, Node | None], Any]] = []
        for party in self._parties:
            self._add_stays(party)
            self._add_way(party)
            self._add_demands(party)
        self._add_capacities()
        self._add_commons()
        self._add_likeness()
        self._meet, self._unit = self._add_meeting(least - self._base)

    # What the model is made of

    def _add_stays(self, party: int) -> None:
        """A stay begins at a whole minute at which the party is ready."""
        model = self._model
        for number, stop in enumerate(self._rotation.stops):
            domain = self._domain(stop.starts, MINUTE_S)
            minute = model.new_int_var_from_domain(domain, f"start {party} {number}")
            ready = model.new_int_var(0, self._latest, f"ready {party} {number}")
            model.add(MINUTE_S * minute >= ready)
            self._minute[party, number], self._ready[party, number] = minute, ready
            self._start[party, number] = MINUTE_S * minute

    def _domain(self, starts: Starts, unit: int) -> Any:
        """The instants of stretches in units of some seconds from the base on."""
        ranges = [
            (
                max(0, -(-(first - self._base) // unit)),
                (self._latest if last is None else last - self._base) // unit,
            )
            for first, last in starts
        ]
        limit = self._latest // unit
        kept = [[first, min(last, limit)] for first, last in ranges if first <= min(last, limit)]
        if not kept:
            self._model.add_bool_or([])
        return self._cp.Domain.from_intervals(kept or [[0, 0]])

    def _add_way(self, party: int) -> None:
        least = min(self._latest, self._least[party] - self._base)
        end = self._model.new_int_var(least, self._latest, f"end {party}")
        self._end.append(end)
        arcs = {(before, after): self._arc(party, before, after) for before, after in self._allowed}
        number_of: dict[Node | None, int] = {node: at for at, node in enumerate((None, *self._nodes))}
        circuit = [(number_of[before], number_of[after], taken) for (before, after), taken in arcs.items()]
        for number in self._numbers:
            own = [node for node in self._nodes if node.stop == number]
            if len(own) > 1:
                skipped = [self._model.new_bool_var("") for _ in own]
                self._model.add_exactly_one([~literal for literal in skipped])
                circuit += [
                    (number_of[node], number_of[node], out) for node, out in zip(own, skipped, strict=True)
                ]
        self._model.add_circuit(circuit)
        self._arcs.append(arcs)

    def _add_sum(self, party: int) -> None:
        """All that a party does adds up to its way: that follows from the arcs, but helps to prove."""
        stays = sum(stop.dwell_s + stop.buffer_s for stop in self._rotation.stops)
        moves = sum(self._moved(party, *arc) * taken for arc, taken in self._arcs[party].items())
        waits = sum(self._start[party, number] - self._ready[party, number] for number in self._numbers)
        self._model.add(self._end[party] == self._rotation.leave - self._base + stays + moves + waits)

    def _moved(self, party: int, before: Node | None, after: Node | None) -> int:
        """Seconds from one to the other, gathering and reserve included."""
        here, there = (
            (before.here if before else BEFORE),
            (after.stop if after else len(self._rotation.stops)),
        )
        leave = self._rotation.leave
        return self._moves.ready(party, here, there, leave, first=before is None) - leave

    def _arc(self, party: int, before: Node | None, after: Node | None) -> Any:
        """A literal, true where a party goes from one to the other; it fixes when that is ready there."""
        taken = self._model.new_bool_var("")
        begins = (
            self._rotation.leave - self._base
            if before is None
            else self._start[party, before.stop] + self._rotation.stops[before.stop].dwell_s
        )
        buffer = self._rotation.stops[after.stop].buffer_s if after else 0
        ready = self._ready[party, after.stop] if after else self._end[party]
        self._model.add(ready == begins + self._moved(party, before, after) + buffer).only_enforce_if(taken)
        return taken

    def _add_demands(self, party: int) -> None:
        """Positions that are kept, and stops that come after others."""
        stops = self._rotation.stops
        if all(stop.position is None and not stop.after for stop in stops):
            return
        rank = [self._model.new_int_var(0, len(stops) - 1, "") for _ in stops]
        for (before, after), taken in self._arcs[party].items():
            if after:
                self._model.add(rank[after.stop] == (rank[before.stop] + 1 if before else 0)).only_enforce_if(
                    taken
                )
        for number, stop in enumerate(stops):
            if stop.position is not None:
                self._model.add(rank[number] == stop.position)
            for earlier in stop.after:
                self._model.add(rank[earlier] < rank[number])

    def _add_capacities(self) -> None:
        sizes = self._rotation.sizes
        for number, stop in enumerate(self._rotation.stops):
            if stop.capacity is None or sum(sizes) <= stop.capacity or not stop.dwell_s:
                continue
            inside = [
                self._model.new_fixed_size_interval_var(self._start[party, number], stop.dwell_s, "")
                for party in self._parties
            ]
            demands = [min(size, stop.capacity) for size in sizes]
            if len(demands) > 1 and sum(sorted(demands)[:2]) > stop.capacity:
                self._model.add_no_overlap(inside)
            else:
                self._model.add_cumulative(inside, demands, stop.capacity)

    def _add_commons(self) -> None:
        """All parties begin a common stop together."""
        for number, stop in enumerate(self._rotation.stops):
            for party in self._parties[1:] if stop.common else ():
                self._model.add(self._minute[party, number] == self._minute[0, number])

    def _add_likeness(self) -> None:
        """Of parties that are alike the one named first comes first to the narrowest site."""
        number = narrowest(self._rotation)
        for party, other in alike(self._rotation, self._moves):
            self._model.add(self._minute[party, number] <= self._minute[other, number])

    def _add_meeting(self, least: int) -> tuple[Any, int]:
        meeting = self._rotation.meeting
        unit = 1 if meeting is None else MINUTE_S
        starts: Starts = ((self._base, None),) if meeting is None else meeting.starts
        meet = self._model.new_int_var_from_domain(self._domain(starts, unit), "meet")
        buffer = meeting.buffer_s if meeting else 0
        self._model.add(unit * meet >= least)
        for end in self._end:
            self._model.add(unit * meet >= end + buffer)
        return meet, unit

    # What is asked of it

    def hint(self, rotated: Rotated) -> None:
        """Begin the search at what is known already."""
        self._model.clear_hints()
        for party, stays in enumerate(rotated.stays):
            for stay in stays:
                self._model.add_hint(self._minute[party, stay.stop], (stay.start - self._base) // MINUTE_S)
            taken = set(self._taken([stay.stop for stay in stays]))
            for arc, literal in self._arcs[party].items():
                self._model.add_hint(literal, arc in taken)
            self._model.add_hint(self._end[party], rotated.ready[party] - self._base)
        self._model.add_hint(self._meet, -(-(rotated.meet - self._base) // self._unit))

    def _taken(self, order: Sequence[int]) -> Iterator[tuple[Node | None, Node | None]]:
        here, way = BEFORE, list[Node | None]([None])
        for number in order:
            here = number if self._rotation.stops[number].has_place else here
            way.append(Node(number, here))
        yield from pairwise([*way, None])

    def earliest_meeting(self, budget: Budget) -> Outcome:
        """Look for the earliest meeting, or end of the day."""
        self._model.minimize(self._meet)
        solver, status = minimized(self._model, budget)
        if status == self._cp.INFEASIBLE:
            return Outcome(None, self._base, is_impossible=True)
        bound = self._base + self._unit * ceil(solver.best_objective_bound - 1e-6)
        return Outcome(self._read(solver, status), bound)

    def least_on_the_way(self, meet: Instant, budget: Budget) -> Solution | None:
        """Look for the least time that people walk and queue, with a meeting by then."""
        self._model.add(self._unit * self._meet <= meet - self._base)
        for party in self._parties:
            self._add_sum(party)
        sizes = self._rotation.sizes
        self._model.minimize(sum(size * end for size, end in zip(sizes, self._end, strict=True)))
        return self._read(*minimized(self._model, budget))

    def _read(self, solver: Any, status: Any) -> Solution | None:
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return None
        starts = {key: self._base + solver.value(start) for key, start in self._start.items()}
        orders = [self._order(solver, party) for party in self._parties]
        return Solution(orders, starts, status == self._cp.OPTIMAL)

    def _order(self, solver: Any, party: int) -> list[int]:
        follows = {
            before: after for (before, after), taken in self._arcs[party].items() if solver.value(taken)
        }
        order, node = list[int](), follows[None]
        while node is not None:
            order.append(node.stop)
            node = follows[node]
        return order
