"""The sheet of a host as the text of an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.outputs.sheets.blocks import Block, Sheet

MOST_LETTERS = 1500
"""Programs for mail cut longer addresses, in which the letter travels."""


def mail_address(sheet: Sheet, email: str, lead: Iterable[str] = ()) -> str:
    """Return the address that opens a letter to a host: what is to be said first, then all of the sheet."""
    lines = [line for page in sheet.pages for block in page.blocks for line in _lines(block)]
    subject = " · ".join((*lines[:1], sheet.foot))
    said = [text for text in lead if text]
    return plain_mail(email, subject, (*said, *([""] if said else []), *lines, "", sheet.foot))


def plain_mail(email: str, subject: str, lines: Iterable[str]) -> str:
    """Return the address that opens a letter of these lines."""
    body = "\r\n".join(lines)[:MOST_LETTERS]
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "title":
        yield block.text
        yield from (line.text for line in block.lines)
    elif block.kind == "heading":
        yield from ("", block.text)
    elif block.kind == "facts":
        yield from (f"{name}: {text}" for name, text in block.rows if text)
    elif block.kind == "lines":
        yield from (line.text for line in block.lines)
