"""List what differs: `python -m tests.record.compare BEFORE AFTER [--lines N]`; 1 if anything does."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.record.compare import normal, shots
from tests.record.compare.answers import Comparison
from tests.record.compare.differences import Difference, in_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = ("api", "pages", "posts")


def compared(before: Path, after: Path, comparison: Comparison) -> Iterator[Difference]:
    """Every difference of two recordings."""
    for folder in ANSWERS:
        for name in _both(before, after, folder, ".json"):
            if isinstance(name, Difference):
                yield name
            else:
                yield from comparison.of(name)
    for name in _both(before, after, "shots", ".png"):
        if isinstance(name, Difference):
            yield name
        elif lines := shots.differences(before / name, after / name):
            yield Difference(name, "picture", lines)
    for name in [*_both(before, after, "commands", ".txt"), "outside.json"]:
        if isinstance(name, Difference):
            yield name
        elif lines := in_lines(_lines(before / name), _lines(after / name)):
            yield Difference(name, "printed", lines)


def _both(before: Path, after: Path, folder: str, ending: str) -> list[str | Difference]:
    """The files that both recordings have, and a difference for each that one of them lacks."""
    here, there = ({file.name for file in (root / folder).glob(f"*{ending}")} for root in (before, after))
    alone = dict.fromkeys(here - there, "only before") | dict.fromkeys(there - here, "only after")
    return [
        Difference(f"{folder}/{name}", alone[name], ()) if name in alone else f"{folder}/{name}"
        for name in sorted(here | there)
    ]


def _lines(file: Path) -> list[str]:
    return normal.text(file.read_text(encoding="utf-8")).splitlines()


def main() -> None:
    """Print every difference with its file."""
    reader = argparse.ArgumentParser(prog="python -m tests.record.compare", description=__doc__)
    reader.add_argument("before", type=Path)
    reader.add_argument("after", type=Path)
    reader.add_argument("--lines", type=int, default=12, help="of each difference at most so many")
    given = reader.parse_args()
    comparison = Comparison(given.before, given.after)
    count = 0
    for count, difference in enumerate(compared(given.before, given.after, comparison), 1):  # noqa: B007
        print(difference.told(given.lines))  # noqa: T201
    if comparison.markup_alone:
        pages = " ".join(comparison.markup_alone)
        print(f"({len(comparison.markup_alone)} pages differ in markup alone: {pages})")  # noqa: T201
    print(f"{count} differences")  # noqa: T201
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
