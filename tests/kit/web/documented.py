"""The table of docs/pages.md: every path with its methods and whom it lets in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.paths import ROOT

TEXT = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(/[^`]*)` \| ([A-Z, ]+) \| ([a-z ]+) \| \S.* \|$", re.MULTILINE)
PLACE = re.compile(r"[A-Z]{3,}")
"""What stands in a path for a name or a number."""


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    path: str
    method: str
    who: str


ROWS = [Row(path, method, who) for path, methods, who in _ROW.findall(TEXT) for method in methods.split(", ")]


def named(row: Row) -> str:
    """A row in short."""
    return f"{row.method} {row.path}"
