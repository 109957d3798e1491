"""Text of the catalogue: folded for searching, made into ids, cleaned of what cannot be shown."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
SLUG_LENGTH = 60
"""Of ids made here; room is left for a number behind a name that is taken."""

NAMELESS = "miejsce"
_OWN_FOLDS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_NO_SLUG = re.compile(r"[^a-z0-9]+", re.ASCII)
_LINE_ENDS = re.compile(r"\r\n?")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's Cc and Cs but for line end and tab: asked of every text of a file, so by one search."""

_BREAKS = re.compile(r"\s*[\r\n\t\v\f]+\s*")


def fold(text: str) -> str:
    """The text without case and diacritics: "Łódź" and "LODZ" become the same.

    Unicode takes "ó" apart into a letter and its accent, but not "ł".
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_OWN_FOLDS))
    return apart if apart.isascii() else "".join(filterfalse(unicodedata.combining, apart))


def slug(name: str) -> str:
    """A name as an id: letters of ASCII, digits and single hyphens."""
    made = _NO_SLUG.sub("-", fold(name)).strip("-")
    if len(made) > SLUG_LENGTH:
        made = made[:SLUG_LENGTH].rsplit("-", 1)[0].strip("-")
    return made or NAMELESS


def free_slug(name: str, taken: Container[str]) -> str:
    """The first id of a name that was never given out."""
    first = made = slug(name)
    number = 1
    while made in taken:
        number += 1
        made = f"{first}-{number}"
    return made


def clean_line(text: str) -> str:
    """One line of text without blanks around it."""
    if text.isprintable():  # most are, and ten thousands are asked for: nothing in it ends a line
        return text.strip()
    return _BREAKS.sub(" ", text).strip()


def clean_text(text: str) -> str:
    """Text of several lines, which end as they do everywhere else here, without blanks around it."""
    return (_LINE_ENDS.sub("\n", text) if "\r" in text else text).strip()


def unshowable(text: str) -> str:
    """The first character that no page can show, as U+0007; '' if there is none."""
    found = _UNSHOWABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
