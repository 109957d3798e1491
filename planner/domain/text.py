"""Text in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.limits import LANGUAGES

LocalText = Mapping[str, str]
"""Language code to text, for example {"pl": "Rynek", "en": "Market Square"}."""


def in_language(text: LocalText, language: str) -> str:
    """Return the text in a language, else in the first fallback that has one, else any, else ''."""
    for code in (language, *LANGUAGES, *sorted(text)):
        if text.get(code):
            return text[code]
    return ""
