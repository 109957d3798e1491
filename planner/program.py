"""Which program this is: a mark that changes with the code, the templates, the styles and the words.

The version alone does not tell a page of one state of the program from that of another.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = (
    ("planner", ("*.py", "*.mo")),
    ("templates", ("*.html",)),
    ("static/css", ("*.css",)),
    ("static/js", ("*.js",)),
    ("static/dist", ("manifest.json",)),
    ("static", ("look.json",)),
)
"""What pages are made of, below the project's folder."""


@cache
def program_mark() -> str:
    """Return the mark, of twelve hexadecimal digits."""
    digest = hashlib.sha256()
    for file in sorted(set(_files())):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    for folder, patterns in PARTS:
        for pattern in patterns:
            yield from (ROOT / folder).rglob(pattern)
