"""XML as servers and editors write it: deleted objects, remarks, positions inside of ways and relations.

libosmium reads what is plain far quicker, so a file is first only looked through for anything else.
"""

from __future__ import annotations

import bz2
import gzip
import re
from typing import TYPE_CHECKING, BinaryIO, cast
from xml.parsers import expat

from planner.errors import SourceFileError
from planner.streets.build.tidy.endings import CHANGES_CURE
from planner.streets.build.tidy.records import FROM_GEOMETRY, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.domain.geo import LonLat

CHUNK = 1 << 20
_OVERLAP = 256
_ODD = re.compile(
    rb"""\saction\s*=|<remark|<center|<osmChange|<osmAugmentedDiff|<action\s|<nd\s[^>]*\sl(?:at|on)\s*=|<nd\s+l(?:at|on)\s*="""
    rb"""|<member\s[^>]*[^/\s]\s*>\s*<nd|</osm>\s*<""",
)
_FAILED = re.compile(r"error|timed? ?out|out of memory|exceed|abort", re.IGNORECASE)
_JUNK = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_KINDS = {"node": "n", "way": "w", "relation": "r"}


def is_odd(file: Path) -> bool:
    """Whether an XML file holds what libosmium does not know or passes over."""
    rest = b""
    with _opened(file) as stream:
        while chunk := stream.read(CHUNK):
            if _ODD.search(rest + chunk):
                return True
            rest = chunk[-_OVERLAP:]
    return False


def read_xml(file: Path, take: Callable[[Record], None]) -> None:
    """Hand over the objects of an XML file, also of several files that were put one behind the other.

    Raises
    ------
    SourceFileError
        If it holds changes only, or the words of a server that gave up.
    """
    objects = _Objects(file.name, take)
    with _opened(file) as stream:
        rest = b""
        while rest or (rest := stream.read(CHUNK)):
            rest = _one_document(stream, rest, objects)


def _one_document(stream: BinaryIO, chunk: bytes, objects: _Objects) -> bytes:
    """Read one document; returns what was read beyond its end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = objects.start
    parser.EndElementHandler = objects.end
    parser.CharacterDataHandler = objects.text
    parser.EntityDeclHandler = objects.entity
    fed = 0
    while chunk:
        try:
            parser.Parse(chunk)
        except expat.ExpatError as error:
            if error.code != _JUNK:
                raise
            return chunk[parser.ErrorByteIndex - fed :].lstrip()
        fed += len(chunk)
        chunk = stream.read(CHUNK)
    parser.Parse(b"", True)  # noqa: FBT003 - the name of the argument is not for use
    return b""


class _Objects:
    """Makes records of the elements of a document."""

    def __init__(self, name: str, take: Callable[[Record], None]) -> None:
        self._name = name
        self._take = take
        self._open: dict[str, str] | None = None
        self._kind = ""
        self._tags: dict[str, str] = {}
        self._refs: list[int] = []
        self._members: list[tuple[str, int, str]] = []
        self._outline: list[int] | None = None
        self._words: list[str] | None = None
        self._ids: dict[LonLat, int] = {}

    def entity(self, *_: object) -> None:
        """Refuse what may grow without bounds."""
        msg = f"{self._name} declares XML entities, which no OpenStreetMap file does: get another file"
        raise SourceFileError(msg)

    def start(self, element: str, about: dict[str, str]) -> None:
        """Begin an element."""
        if element in _KINDS and self._open is None:
            self._open, self._kind = about, _KINDS[element]
            self._tags, self._refs, self._members = {}, [], []
        elif element == "tag" and self._open is not None:
            self._tags[about["k"]] = about["v"]
        elif element == "nd":
            (self._refs if self._outline is None else self._outline).append(self._node(about))
        elif element == "member":
            kind = _KINDS.get(about["type"], "")
            if kind and "ref" in about:
                self._members.append((kind, int(about["ref"]), about.get("role", "")))
            if kind == "n" and "lat" in about and "ref" in about:
                self._node(about)
            self._outline = []
        elif element == "remark":
            self._words = []
        elif element in {"osmChange", "osmAugmentedDiff", "action"}:
            msg = f"{self._name} cannot be built from: {CHANGES_CURE}"
            raise SourceFileError(msg)

    def text(self, words: str) -> None:
        """Take the words of a remark."""
        if self._words is not None:
            self._words.append(words)

    def end(self, element: str) -> None:
        """End an element."""
        if element == "remark" and self._words is not None:
            self._remark(" ".join("".join(self._words).split()))
            self._words = None
        elif element == "member":
            outline, self._outline = self._outline, None
            if outline and self._members and self._members[-1][0] == "w":
                self._take(Record("w", self._members[-1][1], FROM_GEOMETRY, refs=tuple(outline)))
        elif _KINDS.get(element) == self._kind and self._open is not None:
            self._take(self._record(self._open))
            self._open = None

    def _remark(self, words: str) -> None:
        if _FAILED.search(words):
            msg = (
                f'{self._name} is not whole, its server gave up: "{words}"; ask for a smaller area, '
                "or allow the request more time or memory ([timeout:600][maxsize:1073741824])"
            )
            raise SourceFileError(msg)

    def _record(self, about: dict[str, str]) -> Record:
        at = (float(about["lon"]), float(about["lat"])) if "lat" in about and "lon" in about else None
        number = int(about["id"])
        if self._kind == "n" and at is not None:
            self._ids.setdefault(at, number)
        return Record(
            self._kind,
            number,
            int(about.get("version", 0)),
            is_deleted=about.get("action") == "delete" or about.get("visible") == "false",
            at=at if self._kind == "n" else None,
            refs=tuple(self._refs),
            members=tuple(self._members),
            tags=self._tags,
            timestamp=about.get("timestamp", ""),
        )

    def _node(self, about: dict[str, str]) -> int:
        """The id of a node of a way; one that has a position only is given one of its own."""
        if "lat" not in about or "lon" not in about:
            return int(about["ref"])
        at = (float(about["lon"]), float(about["lat"]))
        number = int(about["ref"]) if "ref" in about else self._ids.get(at, -(1 << 40) - len(self._ids))
        self._ids.setdefault(at, number)
        self._take(Record("n", number, FROM_GEOMETRY, at=at))
        return number


def _opened(file: Path) -> BinaryIO:
    if file.name.endswith(".gz"):
        return cast("BinaryIO", gzip.open(file))
    return cast("BinaryIO", bz2.open(file)) if file.name.endswith(".bz2") else file.open("rb")
