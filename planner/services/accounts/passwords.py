"""Which passwords are good enough: long and hard to guess; how they are composed does not matter."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 15
LONGEST = 200
NEEDED_GUESSES_LOG10 = 10.0
"""What an attacker who tries the likeliest first must spend, as a power of ten."""

JUDGED = 32
"""Characters that are judged: enough for any verdict, few enough to be quick whatever is written."""

LOCAL_WORDS = (
    *("haslo", "tajne", "tajnehaslo", "mojehaslo", "polska", "polski", "kocham", "kochamcie", "dupa", "zaq"),
    *("mama", "matka", "tata", "rodzina", "lato", "wiosna", "jesien", "zima", "krakow", "malopolska"),
    *("skawina", "gmina", "gminy", "urzad", "miasto", "miasta", "burmistrz", "wizyta", "wizyty", "studyjna"),
    *("organizator", "organiser", "delegacja", "visit", "visits", "study", "planner", "commune"),
)
"""What people here would try first and the English word lists do not have."""

_WORDS_BY_PATTERN = {"repeat": "repeated", "sequence": "sequence", "spatial": "sequence"}
_STROKES = str.maketrans("łŁ", "lL")


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NAME = "name"
    COMMON = "common"
    REPEATED = "repeated"
    SEQUENCE = "sequence"
    GUESSABLE = "guessable"
    SAME = "same"


def normalised(password: str) -> str:
    """The same letters in the same form, whichever keyboard they were typed on."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, names: Iterable[str] = ()) -> Weakness | None:
    """Why a password is not good enough, None if it is.

    Parameters
    ----------
    names
        What is known about the person: nobody's own name is a secret.
    """
    text = normalised(password)
    if len(text) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(text) > LONGEST:
        return Weakness.TOO_LONG
    own = [word for name in names for word in _plain(name).split() if len(word) > 2]  # noqa: PLR2004
    return _guessable(text, own) or _guessable(_plain(text), own)


def _guessable(text: str, own: list[str]) -> Weakness | None:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - 12 MB of words, for the few who choose a password

    judged = text[:JUDGED]
    verdict = zxcvbn(judged, user_inputs=[*own, *LOCAL_WORDS])
    if verdict["guesses_log10"] >= NEEDED_GUESSES_LOG10:
        return None
    if any(word in _plain(judged) for word in own):
        return Weakness.NAME
    longest = max(verdict["sequence"], key=lambda match: len(match["token"]))
    if longest["pattern"] == "dictionary":
        return Weakness.COMMON
    return Weakness(_WORDS_BY_PATTERN.get(longest["pattern"], "guessable"))


def _plain(text: str) -> str:
    """Lower case, without diacritics: writing a common word with them hides nothing."""
    parts = unicodedata.normalize("NFKD", text.translate(_STROKES))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
