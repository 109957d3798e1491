"""Names as people read them: on-request marks taken off, capitals made readable, platforms found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ON_REQUEST = re.compile(r"\s*\((?:n[żz]\.?|na żądanie|on request|request stop)\)", re.IGNORECASE)
_PLATFORM = re.compile(r"(?:peron|platform)\s+([^,\s]+)(?:\s*,?\s*(?:tor|track)\s+(\S+))?", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W_]+(?:[.+'’][^\W_]+)*")

_ABBREVIATIONS = frozenset({"AGH", "MDA", "MPK", "P+R", "PKP", "PKS", "SKA", "SKM", "UJ", "WKD", "ZOO"})
_SMALL = frozenset({"do", "i", "koło", "na", "nad", "pod", "przy", "w", "we", "z", "ze"})

MOSTLY = 0.5
"""A feed in which more than this part of the names is in capitals writes names in capitals."""


def without_on_request(name: str) -> tuple[str, bool]:
    """Return a stop's name without its mark for stopping on request, and whether it had one.

    Kraków's feeds write "Kostrze Kapliczka (nż)".
    """
    plain = _ON_REQUEST.sub("", name)
    return plain.strip(), plain != name


def platform_of(text: str) -> str:
    """Return what a text like "peron I, tor 1" says: platform and track as "I/1", '' for any other text.

    Koleje Małopolskie put it where GTFS has the headsign of a stop.
    """
    match = _PLATFORM.fullmatch(text)
    return "/".join(part for part in match.groups() if part) if match else ""


def written_in_capitals(names: Sequence[str]) -> bool:
    """Whether a feed writes names in capitals."""
    return sum(name.isupper() for name in names) > MOSTLY * max(1, len(names))


def readable(name: str) -> str:
    """Write a name in capitals as it is read: "KRAKÓW PŁASZÓW" becomes "Kraków Płaszów".

    Words with digits, Roman numbers and known abbreviations stay.
    """
    return _WORD.sub(_word, name) if name.isupper() else name


def _word(match: re.Match[str]) -> str:
    word = match[0]
    if word in _ABBREVIATIONS or _ROMAN.fullmatch(word) or any(letter.isdigit() for letter in word):
        return "i" if word == "I" and _between_words(match) else word
    if match.start() > 0 and word.lower() in _SMALL:
        return word.lower()
    return word[0] + word[1:].lower()


def _between_words(match: re.Match[str]) -> bool:
    """Whether a word stands in the middle: "TRZEBINIA I OKOLICE", but "PAWŁA I"."""
    return match.start() > 0 and match.end() < len(match.string)
