"""Opening the timetable in force: that of an import, and the lines that a network has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.buses.files import LINES_PREFIX, TimetableArrays, TimetableMeta, read_arrays, read_meta
from planner.buses.query.timetable.merge import merged
from planner.buses.query.timetable.timetable import Timetable

if TYPE_CHECKING:
    from pathlib import Path


def load_timetable(network_folder: Path | None, timetable_folder: Path | None) -> Timetable | None:
    """Open the timetable in force with the lines of a network; None where there is neither.

    Of a line that both have, the timetable's own speaks.

    Raises
    ------
    ValueError
        If one was built by another version of the program.
    """
    parts: list[Timetable] = []
    if timetable_folder is not None:
        parts.append(open_timetable(timetable_folder))
    if network_folder is not None and (network_folder / f"{LINES_PREFIX}meta.json").exists():
        parts.append(open_timetable(network_folder, LINES_PREFIX))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else made(*merged(parts))


def open_timetable(folder: Path, prefix: str = "") -> Timetable:
    """Open one folder by itself."""
    meta, texts = read_meta(folder, prefix)
    return made(meta, texts, read_arrays(folder, prefix))


def made(meta: TimetableMeta, texts: tuple[str, ...], arrays: TimetableArrays) -> Timetable:
    """Make a timetable of arrays in memory, for builds and tests."""
    return Timetable(**vars(arrays), meta=meta, texts=texts)
