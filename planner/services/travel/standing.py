"""Whether what the service works with still lies on the disk as it was built: for who watches over it.

A worker goes on with what it has opened, so that nobody would notice before the next start.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planner.buses.files import POINTER as TIMETABLE_POINTER
from planner.buses.files import current_timetable
from planner.buses.query.timetable.open import load_timetable
from planner.streets.files import current_folder
from planner.streets.query.network import load_network

if TYPE_CHECKING:
    from pathlib import Path

    from planner.services.travel.town import Town

State = tuple[tuple[str, int, int], ...]
"""Each file's name, size and instant of change: what is looked at anew is only what has changed."""


def network_fault(town: Town) -> str:
    """What is wrong with the network's files, '' where nothing is."""
    folder = town.network_folder
    if folder is None:
        return ""
    if not folder.is_dir():
        return f"the network's folder {folder.name} is gone: restore a backup, or build the network again"
    return _opened(folder, None, _state(folder))


def timetable_fault(town: Town) -> str:
    """What is wrong with the timetable's files, '' where nothing is or there is none."""
    if town.data_dir is None or not (town.data_dir / TIMETABLE_POINTER).exists():
        return ""
    folder = current_timetable(town.data_dir)
    if folder is None:
        return "the timetable's folder is gone: restore a backup, or build the timetable again"
    return _opened(town.network_folder, folder, _state(folder))


@lru_cache(maxsize=4)
def _opened(network: Path | None, timetable: Path | None, _state: State) -> str:
    try:
        if timetable is not None:
            load_timetable(network, timetable)
        elif network is not None:
            load_network(network)
    except (ValueError, OSError, KeyError, EOFError) as error:
        what = "network" if timetable is None else "timetable"
        return f"the {what} cannot be opened ({error}): restore a backup, or build it again"
    return ""


def files_of(data_dir: Path) -> State:
    """What the files of network and timetable in force are; nothing where a build has just removed them."""
    folders = (current_folder(data_dir), current_timetable(data_dir))
    try:
        return tuple(one for folder in folders if folder is not None for one in _state(folder))
    except FileNotFoundError:
        return ()


def _state(folder: Path) -> State:
    found = []
    for file in sorted(folder.iterdir()):
        facts = file.stat()
        found.append((file.name, facts.st_size, facts.st_mtime_ns))
    return tuple(found)
