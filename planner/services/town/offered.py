"""What may become a site, read from the file that the streets in force came from, and kept for a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from planner import kept_source
from planner.errors import SourceFileError
from planner.streets.files import current_folder
from planner.streets.things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

THINGS = "town-sites.json"


def source_in_force(data_dir: Path) -> Path:
    """Return the file that the streets in force were built from.

    Raises
    ------
    SourceFileError
        If there are none, or their source is not kept.
    """
    folder = current_folder(data_dir)
    known = kept_source.kept(folder) if folder else None
    if folder is None or known is None or not known.files:
        msg = "it is not known what the streets in force were built from: name a file"
        raise SourceFileError(msg)
    return kept_source.find(folder, known.files[0])


def keep_things(data_dir: Path, things: Iterable[Thing]) -> None:
    """Keep what was read, with the streets it belongs to."""
    folder = current_folder(data_dir)
    kept = {"streets": folder.name if folder else "", "things": [asdict(thing) for thing in things]}
    new = data_dir / f"{THINGS}.new"
    new.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    new.replace(data_dir / THINGS)


def kept_things(data_dir: Path) -> list[Thing] | None:
    """Return what was read of the streets in force; None where it was not."""
    folder = current_folder(data_dir)
    try:
        kept = json.loads((data_dir / THINGS).read_text(encoding="utf-8"))
        things = [Thing(**{**one, "at": tuple(one["at"])}) for one in kept["things"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return things if folder is not None and kept["streets"] == folder.name else None
