"""The painter of PDFs: Typst in a process of its own, with limits on time and memory.

Typst gets the sheets as JSON. It reads no file but our template and the fonts that came with the set-up,
knows no packages and no network, and is gone when the PDFs are there.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from planner.errors import PaperError, Reason
from planner.outputs.sheets.blocks import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
TEMPLATES = HERE / "typst"
CHILD = HERE / "child.py"

MOST_SECONDS = 30
MOST_MEMORY = 2 << 30
"""Bytes of address space; a road book of forty stops takes about a tenth of it."""

MOST_AT_ONCE = 2
PATIENCE_S = 20.0
SIZE_BYTES = 8

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_RUNNING = BoundedSemaphore(MOST_AT_ONCE)


@dataclass(frozen=True)
class Document:
    """Sheets that make one PDF, and the instant that it says it was made."""

    title: str
    language: str
    sheets: tuple[Sheet, ...]
    made: int


def can_make_pdf() -> bool:
    """Whether Typst is there: its wheel exists for most platforms, not for all."""
    return all(importlib.util.find_spec(name) for name in ("typst", "fontpkg_source_sans_3"))


def make_pdfs(documents: Sequence[Document]) -> list[bytes]:
    """Return a PDF/UA-1 for each document; the same content gives the same bytes.

    Raises
    ------
    PaperError
        If Typst is not there, others keep it busy, or it does not come to an end within its limits.
    """
    if not can_make_pdf():
        raise PaperError("there is no Typst on this machine: print the web pages", reason=Reason.NO_PDF)
    if not _RUNNING.acquire(timeout=PATIENCE_S):
        raise PaperError("other papers are being made: try again in a few seconds", reason=Reason.PAPER_BUSY)
    try:
        return _run([_told(document) for document in documents])
    finally:
        _RUNNING.release()


def _told(document: Document) -> dict[str, Any]:
    data = {
        "title": document.title,
        "language": document.language,
        "sheets": [asdict(sheet) for sheet in document.sheets],
    }
    return {"data": json.dumps(_shown(data), ensure_ascii=False), "made": document.made}


def _shown(value: Any) -> Any:
    """The same without what no paper shows: control characters, halves of letters."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _run(told: list[dict[str, Any]]) -> list[bytes]:
    fonts = importlib.util.find_spec("fontpkg_source_sans_3")
    folder = str(Path(str(fonts.origin)).parent / "files") if fonts else ""
    typst = importlib.util.find_spec("typst")
    library = str(Path(str(typst.origin)).parent.parent) if typst else ""
    asked = {
        "library": library,
        "root": str(TEMPLATES),
        "nowhere": str(TEMPLATES / "no-packages"),
        "fonts": folder,
        "documents": told,
        "seconds": MOST_SECONDS,
        "memory": MOST_MEMORY,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what people typed goes through its input
            [sys.executable, "-I", "-S", str(CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            env={},
            cwd=TEMPLATES,
        )
    except subprocess.TimeoutExpired as error:
        raise PaperError("this paper takes too long to make", reason=Reason.PAPER_FAILED) from error
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()
        said = f"this paper could not be made: {why[-1] if why else done.returncode}"
        raise PaperError(said, reason=Reason.PAPER_FAILED)
    return list(_cut(done.stdout, len(told)))


def _cut(out: bytes, count: int) -> list[bytes]:
    found, at = [], 0
    for _ in range(count):
        size = int.from_bytes(out[at : at + SIZE_BYTES], "big")
        found.append(out[at + SIZE_BYTES : at + SIZE_BYTES + size])
        at += SIZE_BYTES + size
    return found
