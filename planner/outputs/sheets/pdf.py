"""The painter of PDFs: Typst in a process of its own, with limits on time and memory.

Typst gets the sheets as JSON. It reads no file but our template and the fonts that came with the set-up,
knows no packages and no network, and is gone when the PDFs are there: nothing of one paper is there when the
next is made. It starts before the sheets are written, so that the two go on side by side.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from planner.errors import PaperError, Reason
from planner.outputs.sheets.blocks import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


@contextmanager
def typesetter() -> Iterator[Typesetter]:
    """Start Typst, so that it gets ready while the sheets are written; it ends with the block.

    Raises
    ------
    PaperError
        If Typst is not there, or others keep it busy.
    """
    if not can_make_pdf():
        raise PaperError("there is no Typst on this machine: print the web pages", reason=Reason.NO_PDF)
    if not _RUNNING.acquire(timeout=PATIENCE_S):
        raise PaperError("other papers are being made: try again in a few seconds", reason=Reason.PAPER_BUSY)
    try:
        with _started() as child:
            try:
                yield Typesetter(child)
            finally:
                child.kill()
    finally:
        _RUNNING.release()


def make_pdfs(documents: Sequence[Document]) -> list[bytes]:
    """Return a PDF/UA-1 for each document whose sheets are written; raises what a typesetter does."""
    with typesetter() as setter:
        return setter.pdfs(documents)


@dataclass(frozen=True)
class Typesetter:
    """A process of Typst that makes PDFs once."""

    child: subprocess.Popen[bytes]

    def pdfs(self, documents: Sequence[Document]) -> list[bytes]:
        """Return a PDF/UA-1 for each document; the same content gives the same bytes.

        Raises
        ------
        PaperError
            If Typst does not come to an end within its limits.
        """
        told = json.dumps([_told(document) for document in documents]).encode()
        try:
            out, errors = self.child.communicate(told, timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise PaperError("this paper takes too long to make", reason=Reason.PAPER_FAILED) from error
        if self.child.returncode:
            why = errors.decode(errors="replace").strip().splitlines()
            said = f"this paper could not be made: {why[-1] if why else self.child.returncode}"
            raise PaperError(said, reason=Reason.PAPER_FAILED)
        return list(_cut(out, len(documents)))


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


def _started() -> subprocess.Popen[bytes]:
    """Start the child and tell it what it may take; a child that is gone at once says so when it is asked."""
    fonts = importlib.util.find_spec("fontpkg_source_sans_3")
    folder = str(Path(str(fonts.origin)).parent / "files") if fonts else ""
    typst = importlib.util.find_spec("typst")
    library = str(Path(str(typst.origin)).parent.parent) if typst else ""
    allowed = {
        "library": library,
        "root": str(TEMPLATES),
        "nowhere": str(TEMPLATES / "no-packages"),
        "fonts": folder,
        "seconds": MOST_SECONDS,
        "memory": MOST_MEMORY,
    }
    pipe = subprocess.PIPE
    child = subprocess.Popen(  # noqa: S603 - our own program; what people typed goes through its input
        [sys.executable, "-I", "-S", str(CHILD)],
        bufsize=0,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env={},
        cwd=TEMPLATES,
    )
    if child.stdin is not None:
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(allowed).encode() + b"\n")
    return child


def _cut(out: bytes, count: int) -> list[bytes]:
    found, at = [], 0
    for _ in range(count):
        size = int.from_bytes(out[at : at + SIZE_BYTES], "big")
        found.append(out[at + SIZE_BYTES : at + SIZE_BYTES + size])
        at += SIZE_BYTES + size
    return found
