"""Text in several languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.limits import LANGUAGES

LocalText = Mapping[str, str]
"""Language code to text, for example {"pl": "Rynek", "en": "Market Square"}."""


WEB = ("https://", "http://")
"""How a web address begins; new ones are of the first kind."""


@dataclass(frozen=True)
class WebLink:
    """A web address with what it is called."""

    name: str
    address: str


def web_link(line: str) -> WebLink | None:
    """Return what a line leads to that ends with a web address, "Photos https://example.org"; else None."""
    name, _, address = line.strip().rpartition(" ")
    start = next((start for start in WEB if address.startswith(start)), "")
    return WebLink(name.strip(" :") or address.removeprefix(start), address) if start else None


def web_links(lines: Iterable[str]) -> tuple[WebLink, ...]:
    """Return those of several lines."""
    return tuple(link for link in map(web_link, lines) if link)


def in_language(text: LocalText, language: str) -> str:
    """Return the text in a language, else in the first fallback that has one, else any, else ''."""
    for code in (language, *LANGUAGES, *sorted(text)):
        if text.get(code):
            return text[code]
    return ""
