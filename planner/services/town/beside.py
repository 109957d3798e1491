"""The town that was built beside the one in force: a data directory of its own within the data directory.

It has a network and maybe a timetable, with pointers as every data directory has. Builds write to it as they
write to any other; nothing of it is in force until it is taken over (takeover.py).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.built import BESIDE, NETWORK, TIMETABLE, Pair, folder_of, in_force
from planner.errors import NetworkMissingError, NotThereError
from planner.services.town.compare import Comparison
from planner.services.travel.town import Town, TownKeeper
from planner.store.documents import from_json, to_json

if TYPE_CHECKING:
    from planner.domain.hours.school import SchoolCalendar

FOLDER = BESIDE
_COMPARISON = "comparison.json"


@dataclass(frozen=True)
class Beside:
    """The town beside, of a data directory."""

    data_dir: Path

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.data_dir / FOLDER

    def emptied(self) -> Path:
        """Throw away what lies there and return the folder, for a build of streets."""
        self.throw_away()
        self.folder.mkdir(parents=True)
        return self.folder

    def over_streets_in_force(self) -> Path:
        """Throw away what lies there and return the folder with the streets in force, for a timetable.

        Raises
        ------
        NetworkMissingError
            If there are none.
        """
        streets = in_force(self.data_dir).network
        if folder_of(self.data_dir, streets) is None:
            msg = "no street network has been built yet"
            raise NetworkMissingError(msg)
        folder = self.emptied()
        pointer = json.dumps({"folder": f"../{streets}"})
        (folder / f"{NETWORK}.json").write_text(pointer, encoding="utf-8")
        return folder

    def with_timetable_in_force(self) -> None:
        """Give it the timetable in force, where it has none of its own; of another town it says nothing."""
        name = in_force(self.data_dir).timetable
        if folder_of(self.data_dir, name) is not None and not in_force(self.folder).timetable:
            pointer = json.dumps({"folder": f"../{name}"})
            (self.folder / f"{TIMETABLE}.json").write_text(pointer, encoding="utf-8")

    def throw_away(self) -> None:
        """Remove it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_there(self) -> bool:
        """Whether something was built there that can be taken over."""
        return self.folders() is not None

    def folders(self) -> tuple[Path, Path | None] | None:
        """Return the folders of its network and timetable; None where there is no network.

        A takeover that was broken off has moved them already: they are found there too.
        """
        pair = in_force(self.folder)
        streets = self._found(pair.network)
        return None if streets is None else (streets, self._found(pair.timetable))

    def _found(self, name: str) -> Path | None:
        plain = Path(name).name
        return folder_of(self.folder, plain) or folder_of(self.data_dir, plain)

    def town(self, school: SchoolCalendar) -> Town:
        """Open it.

        Raises
        ------
        NotThereError
            If nothing was built there.
        """
        if not self.is_there:
            raise NotThereError("nothing was built beside")
        return TownKeeper(self.folder, school).town()

    def keep(self, comparison: Comparison) -> None:
        """Keep what was found out about it."""
        text = json.dumps(to_json(comparison), ensure_ascii=False)
        (self.folder / _COMPARISON).write_text(text, encoding="utf-8")

    def comparison(self) -> Comparison | None:
        """What was found out about it; None as long as that is not known, or not any more."""
        try:
            document = json.loads((self.folder / _COMPARISON).read_text(encoding="utf-8"))
            return from_json(Comparison, document)
        except (OSError, ValueError):
            return None


def pair_of(folders: tuple[Path, Path | None]) -> Pair:
    """Return the names of a network and a timetable."""
    streets, timetable = folders
    return Pair(streets.name, timetable.name if timetable else "")
