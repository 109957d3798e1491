"""A difference between two recordings, and the differences of texts and of JSON documents."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST, BEFORE = 160, 40


@dataclass(frozen=True)
class Difference:
    """Where two recordings differ: the file, what of it, and how in short lines."""

    file: str
    what: str
    lines: tuple[str, ...]

    def told(self, most: int) -> str:
        """The difference for people, cut after so many lines."""
        shown = [f"    {line[:LONGEST]}" for line in self.lines[:most]]
        more = [f"    and {len(self.lines) - most} more"] if len(self.lines) > most else []
        return "\n".join([f"{self.file}: {self.what}", *shown, *more])


def in_lines(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """What went and what came, line by line."""
    if before == after:
        return ()
    match = difflib.SequenceMatcher(None, before, after, autojunk=False)
    found: list[str] = []
    for kind, low, high, from_, to in match.get_opcodes():
        if kind == "replace" and high - low == to - from_:
            for one, other in zip(before[low:high], after[from_:to], strict=True):
                found += _cut(one, other)
        elif kind != "equal":
            found += [f"- {line}" for line in before[low:high]] + [f"+ {line}" for line in after[from_:to]]
    return tuple(found)


def _cut(one: str, other: str) -> tuple[str, str]:
    """Two versions of a line, from a little before where they part."""
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    at = max(0, same - BEFORE) if max(len(one), len(other)) > LONGEST else 0
    dots = "…" if at else ""
    return f"- {dots}{one[at:]}", f"+ {dots}{other[at:]}"


def in_json(before: Any, after: Any, at: str = "") -> Iterator[str]:
    """Every place where two documents differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}, key=str):
            if key not in after:
                yield f"- {at}/{key}: {before[key]!r}"
            elif key not in before:
                yield f"+ {at}/{key}: {after[key]!r}"
            else:
                yield from in_json(before[key], after[key], f"{at}/{key}")
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"! {at}: {len(before)} items, then {len(after)}"
        for index, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from in_json(one, other, f"{at}/{index}")
    elif type(before) is not type(after) or before != after:
        yield f"! {at}: {before!r}, then {after!r}"
