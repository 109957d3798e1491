"""What a sheet of paper is made of: pages of blocks, all text ready written, for any painter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["", "soft", "strong", "note", "warn"]
PageForm = Literal["upright", "wide", "folded"]
"""A4 upright, A4 across, or A4 across to be folded to A5: two columns to a side."""


@dataclass(frozen=True)
class Line:
    """A line of text; a `warn` is marked, a `note` stands in italics."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True)
class Title:
    """The name of the sheet and what it is about; a sheet has one. On a poster it is read from afar."""

    text: str
    lines: tuple[Line, ...] = ()
    is_poster: bool = False
    kind: Literal["title"] = "title"


@dataclass(frozen=True)
class Heading:
    """The name of a part; `number` is the stop's on the map, '' where it is about no stop."""

    text: str
    number: str = ""
    aside: str = ""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Facts:
    """Names and what they stand for, row by row; an empty text is a line to write on."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Lines:
    """Lines of text, one below the other; kept ones stay on a page with what follows them."""

    lines: tuple[Line, ...]
    is_kept: bool = False
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class TimeRow:
    """A moment of the day: what is there, and in the last column the way to the next.

    `number` is the stop's on the map, '' at the start and the end. A ride has the `badge` of its line and
    no name.
    """

    time: str
    until: str
    number: str
    name: str
    lines: tuple[Line, ...] = ()
    way: tuple[Line, ...] = ()
    badge: str = ""


@dataclass(frozen=True)
class Times:
    """The timetable of a day; `head` names its columns: time, stop, way. A dense one has narrow rows."""

    head: tuple[str, str, str]
    rows: tuple[TimeRow, ...]
    is_dense: bool = False
    kind: Literal["times"] = "times"


@dataclass(frozen=True)
class Table:
    """Rows and columns; `widths` are the columns' shares, `is_open` has tall rows to write in."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    is_open: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Ticks:
    """Lines with a box to tick before each."""

    lines: tuple[str, ...]
    kind: Literal["ticks"] = "ticks"


@dataclass(frozen=True)
class LegendRow:
    """A name beside its number on the map."""

    number: str
    time: str
    name: str


@dataclass(frozen=True)
class Legend:
    """Names beside the numbers, in two columns."""

    rows: tuple[LegendRow, ...]
    kind: Literal["legend"] = "legend"


@dataclass(frozen=True)
class Key:
    """What the lines of a map mean: for each a drawing as SVG and its words."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["key"] = "key"


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, so many millimetres wide and tall; `alt` says what it shows."""

    svg: str
    alt: str
    wide_mm: float
    tall_mm: float
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Code:
    """A QR code with what it opens beside it."""

    svg: str
    alt: str
    lines: tuple[Line, ...]
    size_mm: float = 32.0
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Box:
    """What must be found at once, in a frame; with a code the code stands within it, on the right."""

    title: str
    lines: tuple[Line, ...]
    code: Code | None = None
    kind: Literal["box"] = "box"


@dataclass(frozen=True)
class Counts:
    """Boxes to write numbers in, each with its name."""

    labels: tuple[str, ...]
    kind: Literal["counts"] = "counts"


@dataclass(frozen=True)
class Ruled:
    """Lines to write on; 0 fills the page."""

    count: int
    kind: Literal["ruled"] = "ruled"


@dataclass(frozen=True)
class Turn:
    """What follows stands on the next half of a folded page."""

    kind: Literal["turn"] = "turn"


Block = (
    Title
    | Heading
    | Facts
    | Lines
    | Times
    | Table
    | Ticks
    | Legend
    | Key
    | Picture
    | Code
    | Box
    | Counts
    | Ruled
    | Turn
)


@dataclass(frozen=True)
class Page:
    """Blocks that begin on a page of their own."""

    blocks: tuple[Block, ...]
    form: PageForm = "upright"


@dataclass(frozen=True)
class Sheet:
    """One thing to hold in the hand. `foot` says on every page what this is and which version."""

    title: str
    language: str
    pages: tuple[Page, ...]
    foot: str
    page_word: str
