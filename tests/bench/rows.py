"""The table of a benchmark: what was measured, against what, and the goal."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    goal: str = ""
    note: str = ""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of repeated runs: the median, the best, how many there were."""

    median_ms: float
    best_ms: float
    runs: int

    @property
    def text(self) -> str:
        return f"{self.median_ms:.3g} ms"

    @property
    def note(self) -> str:
        return f"median of {self.runs}, best {self.best_ms:.3g} ms"


def timed(call: Callable[[], object], runs: int) -> Timing:
    """Run something once to warm up, then so many times."""
    call()
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1000)
    return Timing(statistics.median(took), min(took), runs)


def row(what: str, timing: Timing, goal: str = "", note: str = "") -> Row:
    return Row(what, timing.text, goal, f"{note}; {timing.note}" if note else timing.note)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table with straight columns."""
    cells = [("what", "measured", "goal", "note"), *((r.what, r.measured, r.goal, r.note) for r in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    return "\n".join([lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]])
