"""How many lines a network knows, and how many of those in force are only estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.buses.files import LINES_PREFIX, read_meta
from planner.buses.query.timetable.open import load_timetable

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class LinesInfo:
    """`lines` with `stops` are what the map's relations give; `in_force` also counts a timetable's lines.

    `estimated` of those in force have no timetable: their service is estimated from the map.
    """

    lines: int
    stops: int
    in_force: int
    estimated: int
    dropped: dict[str, int]

    def __str__(self) -> str:
        told = f"{self.lines} with {self.stops} stops from the map"
        if self.in_force:
            told += f"; {self.estimated} of the {self.in_force} in force are estimated"
        left = ", ".join(f"{reason} ({count})" for reason, count in sorted(self.dropped.items()))
        return f"{told}; left out: {left}" if left else told


def lines_info(network_folder: Path, timetable_folder: Path | None) -> LinesInfo:
    """Look into the folders in force; a network that was built without lines has none.

    Raises
    ------
    ValueError
        If one was built by another version of the program.
    """
    has_lines = (network_folder / f"{LINES_PREFIX}meta.json").exists()
    own = read_meta(network_folder, LINES_PREFIX)[0] if has_lines else None
    both = load_timetable(network_folder, timetable_folder)
    return LinesInfo(
        lines=own.counts["lines"] if own else 0,
        stops=own.counts["stops"] if own else 0,
        in_force=len(both.line_name) if both else 0,
        estimated=int(both.line_estimated.sum()) if both else 0,
        dropped=own.dropped if own else {},
    )
