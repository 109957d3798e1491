"""Text in several languages."""

from __future__ import annotations

from collections.abc import Mapping

LocalText = Mapping[str, str]
"""Language code to text, for example {"pl": "Rynek", "en": "Market Square"}."""

FALLBACK_ORDER = ("pl", "en")


def in_language(text: LocalText, language: str) -> str:
    """Return the text in a language, else in the first fallback that has one, else any, else ''."""
    for code in (language, *FALLBACK_ORDER, *sorted(text)):
        if text.get(code):
            return text[code]
    return ""
