"""Orders of many stops: published instances, made-up days beside PyVRP alone; each has two seconds of CPU.

The days are drawn by a seed that nothing was tuned on: who tunes takes others. `python -m tests.bench.orders`
prints these rows alone.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from planner.domain.budget import Budget
from planner.domain.order.costs import score
from planner.domain.order.proposals import Objective
from planner.domain.order.search import best_order
from planner.paths import ROOT
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings, build_network
from tests.bench.rows import Row, table
from tests.conftest import REAL
from tests.kit.orders.big_days import SIZES, big_day, problem_of_day
from tests.kit.orders.peer import peer_order
from tests.kit.orders.tsptw import FOLDER, instances
from tests.kit.orders.windowed import windowed_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.domain.order.problem import OrderProblem

CPU_S = 2.0
SEED = "fresh"
DAYS = 2
WIDTHS = (20, 40, 60, 80, 100)
WINDOWED = 60
GOALS = {Objective.FINISH: 0.01, Objective.WALKING: 0.02}
TOWNS = {
    "skawina": (ROOT / "data" / "skawina.osm", TownSettings("Skawina")),
    "krems": (REAL / "krems.osm.gz", TownSettings("Krems", "Europe/Vienna", "AT")),
    "monaco": (REAL / "monaco.osm.pbf", TownSettings("Monaco", "Europe/Monaco", "MC")),
}


@dataclass(frozen=True)
class Answer:
    """What an order is worth, whether it is proved, how long it took; nothing where none was found."""

    value: float | None
    proved: bool
    seconds: float


def order_rows() -> Iterator[Row]:
    """Measure published instances, then made-up days."""
    for objective in GOALS:
        if FOLDER.is_dir():
            yield _published(objective)
        days = [windowed_day(WINDOWED, width, seed) for width in WIDTHS for seed in range(DAYS)]
        yield _beside(days, f"{WINDOWED} stops with windows of 20 to 100 min", objective)
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, settings) in TOWNS.items():
            if file.is_file():
                build_network(file, Path(folder) / name, settings, lambda *_: None)
        towns = {path.name: TownKeeper(path).town() for path in sorted(Path(folder).iterdir())}
        for size in SIZES:
            problems = [
                problem_of_day(town, big_day(town, size, f"{SEED} {name} {at}"))
                for at in range(DAYS)
                for name, town in towns.items()
            ]
            for objective in GOALS:
                yield _beside(problems, f"days of {size} stops on foot", objective)
            yield _beside(problems[: len(towns)], f"days of {size} stops on foot", Objective.WAITING)


def _published(objective: Objective) -> Row:
    answers, gaps, peers = [], [], []
    for instance in instances():
        answer = _ours(instance.problem, objective)
        best = instance.finish if objective is Objective.FINISH else instance.travel
        answers.append(answer)
        if answer.value is not None and best is not None:
            gaps.append(instance.in_units(answer.value) / best - 1)
        other = _theirs(instance.problem, objective)
        if other is not None and best is not None:
            peers.append(instance.in_units(other) / best - 1)
    found = sum(answer.value is not None for answer in answers)
    proved = sum(answer.proved for answer in answers)
    return Row(
        f"published TSPTW instances, {objective}",
        f"{_mean(gaps):.2%} over the best known",
        f"< {GOALS[objective]:.0%}",
        f"worst {max(gaps):.2%}; an order for {found} of {len(answers)}, {proved} proved; at most "
        f"{max(answer.seconds for answer in answers):.1f} s of CPU; PyVRP {_mean(peers):.2%}, "
        f"worst {max(peers, default=0):.2%}, in {len(peers)}",
    )


def _beside(problems: Sequence[OrderProblem], what: str, objective: Objective) -> Row:
    """How the orders compare with PyVRP's, and how many each found."""
    ours = [_ours(problem, objective) for problem in problems]
    theirs = [_theirs(problem, objective) for problem in problems]
    shares = []
    for problem, one, other in zip(problems, ours, theirs, strict=True):
        if one.value is not None and other is not None:
            whole = other - problem.start if objective is Objective.FINISH else max(60.0, other)
            shares.append((one.value - other) / whole)
    found, peers = (
        sum(value is not None for value in values) for values in ([a.value for a in ours], theirs)
    )
    return Row(
        f"{what}, {objective}, against PyVRP",
        f"{_mean(shares):+.2%}",
        f"< {GOALS[objective]:.0%}" if objective in GOALS else "",
        f"worst {max(shares, default=0):+.2%}; found {found} of {len(problems)}, PyVRP {peers}; "
        f"{sum(answer.proved for answer in ours)} proved; at most "
        f"{max(answer.seconds for answer in ours):.1f} s of CPU",
    )


def _ours(problem: OrderProblem, objective: Objective) -> Answer:
    begun = process_time()
    found = best_order(problem, objective, Budget.of(CPU_S, process_time), may_cut=False)
    took = process_time() - begun
    value = None if found is None else score(problem, found.order, objective)[0]
    return Answer(value, found is not None and found.proved, took)


def _theirs(problem: OrderProblem, objective: Objective) -> float | None:
    order = peer_order(problem, objective, CPU_S)
    value = float("inf") if order is None else score(problem, order, objective)[0]
    return value if value < float("inf") else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    sys.stdout.write(f"{table(list(order_rows()))}\n")
