"""What kind of file is given, by its ending and its first bytes, and what to do with one of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import SourceFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUFFIXES = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")

CHANGES_CURE = (
    "it is a change file, which holds only what was changed: bring its extract up to date with it "
    "(`osmium apply-changes EXTRACT CHANGES -o TOWN.osm.pbf`) and build from that"
)
HISTORY_CURE = (
    "it is a history file, which holds every version of everything: take one day out of it "
    "(`osmium time-filter FILE -o TOWN.osm.pbf`) and build from that"
)
_OTHERS: Mapping[str, str] = {
    ".osc": CHANGES_CURE,
    ".osc.gz": CHANGES_CURE,
    ".osc.bz2": CHANGES_CURE,
    ".osh": HISTORY_CURE,
    ".osh.gz": HISTORY_CURE,
    ".osh.bz2": HISTORY_CURE,
    ".osh.pbf": HISTORY_CURE,
}
_GZIP, _BZIP2, _PBF = b"\x1f\x8b", b"BZh", b"OSMHeader"
_CONTENTS: Mapping[str, bytes] = {".osm.gz": _GZIP, ".osm.bz2": _BZIP2, ".osm.pbf": _PBF}
_XML = b"<osm "
_LOOKED_AT = 100


def check_file(file: Path) -> None:
    """Refuse what is plainly no OpenStreetMap file of a town as it is today.

    Raises
    ------
    SourceFileError
        If the file is missing, empty, of another ending or not what its ending says.
    """
    if not file.is_file():
        msg = f"there is no file {file}: check the path"
        raise SourceFileError(msg)
    for ending, cure in _OTHERS.items():
        if file.name.endswith(ending):
            msg = f"{file.name} cannot be built from: {cure}"
            raise SourceFileError(msg)
    if not file.name.endswith(SUFFIXES):
        msg = f"{file.name} has none of the endings {', '.join(SUFFIXES)}: give an OpenStreetMap file"
        raise SourceFileError(msg)
    if file.stat().st_size == 0:
        msg = f"{file.name} is empty: get the file again"
        raise SourceFileError(msg)
    _check_content(file)


def _check_content(file: Path) -> None:
    try:
        with file.open("rb") as stream:
            start = stream.read(_LOOKED_AT)
    except OSError as error:
        msg = f"{file.name} cannot be read ({error.strerror}): check its permissions"
        raise SourceFileError(msg) from error
    said = next(ending for ending in reversed(SUFFIXES) if file.name.endswith(ending))
    found = next((ending for ending, mark in _CONTENTS.items() if _begins(start, mark)), "")
    if _XML in start and said != SUFFIXES[0]:
        found = SUFFIXES[0]
    if found and found != said:
        stem = file.name.removesuffix(said)
        msg = f"{file.name} is not what its ending says: rename it to {stem}{found}"
        raise SourceFileError(msg)
    if not found and start.lstrip().startswith((b"{", b"[")):
        msg = f"{file.name} is JSON: ask for the same as XML (Overpass: [out:xml] in the place of [out:json])"
        raise SourceFileError(msg)


def _begins(start: bytes, mark: bytes) -> bool:
    return mark in start if mark == _PBF else start.startswith(mark)
