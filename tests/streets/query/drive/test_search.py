"""Drives in real towns against an independent search with networkx over full histories."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from planner.streets.files import CoachCare, WayKind
from planner.streets.query.drive.graph import drive_graph
from planner.streets.query.drive.kerbs import Kerb
from planner.streets.query.drive.search import KerbOption, Way, drives
from tests.kit.streets.coach_town import COACH
from tests.kit.streets.reference import shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.services.travel.town import Town
    from planner.streets.query.network import Network

History = tuple[int, ...]
START, END = (-1,), (-2,)


@pytest.fixture(
    scope="module", params=[pytest.param("monaco", marks=pytest.mark.slow), "krems", "monaco, more bans"]
)
def network(request: pytest.FixtureRequest) -> Network:
    name, _, more = request.param.partition(",")
    town: Town = request.getfixturevalue(name)
    return with_more_bans(town.network) if more else town.network


def with_more_bans(network: Network) -> Network:
    """The same streets with 300 bans of 2 to 4 edges at random."""
    dice = random.Random(3)  # noqa: S311 - no secret
    rules = Rules(network)
    runs = []
    for _ in range(300):
        run = [dice.choice(rules.open)]
        while len(run) < dice.randint(2, 4) and (after := rules.after(run[-1])):
            run.append(dice.choice(after))
        runs += [run] if len(run) > 1 else []
    offsets = np.cumsum([0, *map(len, runs)])
    return replace(network, bans_offsets=offsets, bans=np.array([edge for run in runs for edge in run]))


class Rules:
    """What a coach may do and what it costs, edge by edge, read from the raw arrays."""

    def __init__(self, network: Network) -> None:
        self.network = network
        size = (COACH.height_m, COACH.weight_t, COACH.length_m, COACH.width_m)
        self.open = [
            edge
            for edge in range(2 * len(network.u))
            if math.isfinite(network.coach_s[edge])
            and all(limit >= own for limit, own in zip(network.coach_limits[edge // 2], size, strict=True))
        ]
        self.leaving: dict[int, list[int]] = {}
        self.meeting: dict[int, int] = {}
        for edge in self.open:
            self.leaving.setdefault(self.ends(edge)[0], []).append(edge)
        for street in {edge // 2 for edge in self.open}:
            for node in (int(network.u[street]), int(network.v[street])):
                self.meeting[node] = self.meeting.get(node, 0) + 1
        offsets, bans = network.bans_offsets.tolist(), network.bans.tolist()
        self.bans = {tuple(bans[first:last]) for first, last in pairwise(offsets)}
        self.memory = max(map(len, self.bans), default=2) - 1

    def ends(self, edge: int) -> tuple[int, int]:
        u, v = int(self.network.u[edge // 2]), int(self.network.v[edge // 2])
        return (v, u) if edge % 2 else (u, v)

    def after(self, edge: int) -> list[int]:
        """The directed edges that may follow one, bans apart."""
        at = self.ends(edge)[1]
        turns = bool(self.network.coach_turn[at]) or self.meeting[at] == 1 or self.meeting[at] >= 3
        return [other for other in self.leaving.get(at, []) if other != edge ^ 1 or turns]

    def moves(self, history: History) -> list[int]:
        driven = ((*history, edge) for edge in self.after(history[-1]))
        return [
            run[-1] for run in driven if not any(run[first:] in self.bans for first in range(len(run) - 1))
        ]

    def seconds(self, edge: int) -> float:
        factor = 1.2 if self.network.coach_care[edge] == CoachCare.AVOID else 1.0
        return factor * float(self.network.coach_s[edge])

    def turn_s(self, edge: int, other: int) -> float:
        """The turn and what entering a street for residents costs."""
        care = self.network.coach_care
        entering = 300.0 if care[other] == CoachCare.LOCAL != care[edge] else 0.0
        if other == edge ^ 1:
            return entering + (60.0 if self.network.coach_turn[self.ends(edge)[1]] else 600.0)
        gate = WayKind.BARRIER in {self.network.kind[edge // 2], self.network.kind[other // 2]}
        if gate or self.meeting[self.ends(edge)[1]] < 3:
            return entering
        angle = round((self.heading(other, 0) - self.heading(edge, -1) + 180) % 360 - 180, 6)
        sharp = 20.0 if abs(angle) > 150 else 0.0
        if angle >= 0:
            return entering + sharp + 7.5 / (1 + math.exp(-(13 / 1.075 * angle / 180 - 6.5 * 1.075)))
        return entering + sharp + 7.5 / (1 + math.exp(-(13 * 1.075 * -angle / 180 - 6.5 / 1.075)))

    def heading(self, edge: int, end: int) -> float:
        line = shape(self.network, edge // 2)
        line = line[::-1] if edge % 2 else line
        (lon_a, lat_a), (lon_b, lat_b) = (line[0], line[1]) if end == 0 else (line[-2], line[-1])
        wide = math.cos(math.radians(float(self.network.nodes[:, 1].mean()) / 1e7))
        return math.degrees(math.atan2((lon_b - lon_a) * wide, lat_b - lat_a))


def history_graph(rules: Rules) -> nx.DiGraph[History]:
    """All ways on, by the last edges driven: as many as the longest ban can ask for."""
    graph: nx.DiGraph[History] = nx.DiGraph()
    waiting: list[History] = [(edge,) for edge in rules.open]
    graph.add_nodes_from(waiting)
    while waiting:
        history = waiting.pop()
        for edge in rules.moves(history):
            following = (*history, edge)[-rules.memory :]
            if following not in graph:
                waiting.append(following)
            graph.add_edge(history, following, s=rules.turn_s(history[-1], edge) + rules.seconds(edge))
    return graph


def some_kerbs(rules: Rules, count: int, seed: int) -> list[list[KerbOption]]:
    """Places on streets at random, with one to three kerbs each."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    edges = [edge for edge in rules.open if rules.network.length[edge // 2] > 5]
    places = []
    for _ in range(count):
        streets = {dice.choice(edges) // 2 for _ in range(dice.randint(1, 3))}
        places.append(
            [
                KerbOption(a_kerb(rules, street, dice.random()), dice.uniform(0, 60))
                for street in sorted(streets)
            ]
        )
    return places


def a_kerb(rules: Rules, street: int, share: float) -> Kerb:
    length = float(rules.network.length[street])
    forward, backward = (2 * street + back in rules.open for back in (0, 1))
    at = (rules.network.nodes[rules.network.u[street]] / 1e7).tolist()
    return Kerb(street, share * length, length, 1, (at[0], at[1]), forward, backward)


def expected_s(
    rules: Rules, graph: nx.DiGraph[History], source: Sequence[KerbOption], target: Sequence[KerbOption]
) -> float | None:
    starts = [(choice, edge) for choice in source for edge in choice.kerb.directed]
    stops = [(choice, edge) for choice in target for edge in choice.kerb.directed]
    best = [
        a.extra_s + b.extra_s + (b.kerb.share(edge) - a.kerb.share(edge)) * rules.seconds(edge)
        for a, edge in starts
        for b, other in stops
        if edge == other and b.kerb.share(edge) >= a.kerb.share(edge)
    ]
    graph.add_node(START)
    graph.add_node(END)
    for choice, edge in starts:
        rest = rules.seconds(edge) * (1 - choice.kerb.share(edge))
        graph.add_edge(START, (edge,), s=choice.extra_s + rest)
    for choice, edge in stops:
        unused = rules.seconds(edge) * (1 - choice.kerb.share(edge))
        for node in [node for node in graph if node[-1] == edge]:
            for before in list(graph.predecessors(node)):
                if before != START:
                    cost = graph.edges[before, node]["s"] - unused + choice.extra_s
                    known = graph.get_edge_data(before, END, {"s": math.inf})["s"]
                    graph.add_edge(before, END, s=min(cost, known))
    try:
        best.append(nx.dijkstra_path_length(graph, START, END, weight="s"))
    except nx.NetworkXNoPath:
        pass
    finally:
        graph.remove_nodes_from((START, END))
    return min(best, default=None)


@pytest.mark.slow
def test_drives_are_as_quick_as_those_over_full_histories(network: Network, pairs: int) -> None:
    rules = Rules(network)
    graph = history_graph(rules)
    places = some_kerbs(rules, 2 * pairs, seed=11)
    found = 0
    for source, target in zip(places[::2], places[1::2], strict=True):
        way = drives(network, drive_graph(network, COACH), source, [target])[0]
        expected = expected_s(rules, graph, source, target)
        assert (way is None) == (expected is None)
        if way is not None:
            found += 1
            assert way.cost_s == pytest.approx(expected, abs=1e-6)
    assert found > 0.2 * pairs


def test_every_drive_keeps_the_rules_and_adds_up(network: Network, pairs: int) -> None:
    rules = Rules(network)
    places = some_kerbs(rules, 2 * pairs, seed=12)
    seen = 0
    for source, target in zip(places[::2], places[1::2], strict=True):
        way = drives(network, drive_graph(network, COACH), source, [target])[0]
        if way is None:
            continue
        assert set(way.edges) <= set(rules.open)
        assert all(b in rules.after(a) for a, b in pairwise(way.edges))
        runs = {way.edges[a:b] for a in range(len(way.edges)) for b in range(a + 2, a + rules.memory + 2)}
        assert not runs & rules.bans
        seen += 1
        begun, unused = ends_of(way, source, target)
        metres = sum(float(network.length[edge // 2]) for edge in way.edges)
        first, last = (float(network.length[way.edges[end] // 2]) for end in (0, -1))
        assert way.length_m == pytest.approx(metres - first * begun - last * unused, abs=1e-6)
        assert way.clock_s <= way.cost_s + 1e-9
    assert seen > 0.2 * pairs


def ends_of(way: Way, source: Sequence[KerbOption], target: Sequence[KerbOption]) -> tuple[float, float]:
    first, last = source[way.source].kerb, target[way.target].kerb
    return first.share(way.edges[0]), 1 - last.share(way.edges[-1])


def test_many_at_once_are_the_same_as_one_by_one(network: Network) -> None:
    graph = drive_graph(network, COACH)
    source, *targets = some_kerbs(Rules(network), 20, seed=13)
    together = drives(network, graph, source, targets)
    alone = [drives(network, graph, source, [target])[0] for target in targets]
    assert [way and round(way.cost_s, 6) for way in together] == [
        way and round(way.cost_s, 6) for way in alone
    ]
    assert sum(way is not None for way in alone) > 5


def test_five_times_the_same_drives(network: Network) -> None:
    source, *targets = some_kerbs(Rules(network), 20, seed=14)
    answers = []
    for _ in range(5):
        fresh = replace(network)
        answers.append(drives(fresh, drive_graph(fresh, COACH), source, targets))
    assert all(answer == answers[0] for answer in answers)
