"""The opening_hours syntax of OpenStreetMap, as far as its text must be read before the library does.

opening-hours-py evaluates a rule. Its text is prepared here: fallback rules
apart from each other, because the library lets a whole day of the first rule
put out its fallback; a rule that is nothing but a comment as *unknown*, because
the library says open; an open end ("10:00+") as unknown too. Holidays are in hours_holidays.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, ParserError, UnknownCountryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

QUOTED = re.compile(r'"[^"]*"')
_MASK = '""'
_RULE_END = re.compile(r'(;|(?<=[\d+"a-z]),(?=\s*[A-Z"]))')
"""Where one rule ends: ";", or a comma between what a rule ends with and the next rule's days."""

_SAYS_WHEN = re.compile(r"\d:\d\d|sunrise|sunset|dawn|dusk|24/7|\b(?:open|closed|off|unknown)\b")
_MODIFIER = re.compile(r"\b(?:open|closed|off|unknown)\b")
_OPEN_END = re.compile(r"^[^:]*?\d{1,2}:\d\d\+\s*$")
_SUN = re.compile(r"sunrise|sunset|dawn|dusk")


@lru_cache(maxsize=4096)
def parse_hours(rule: str, country: str) -> OpeningHours:
    """Read a rule of OSM's opening_hours syntax.

    Raises
    ------
    ValueError
        If the rule is not of that syntax; the text says where.
    """
    text = tidy(rule)
    try:
        try:
            return OpeningHours(text, country=country)
        except UnknownCountryError:
            return OpeningHours(text)
    except ParserError as error:
        msg = f"{rule!r} is not in the opening_hours syntax of OpenStreetMap"
        raise ValueError(msg) from error


def tidy(rule: str) -> str:
    """A rule without what is often left at its end and means nothing."""
    return rule.strip().rstrip(";").rstrip()


def has_sun(rule: str) -> bool:
    """Whether a rule speaks of sunrise, sunset, dawn or dusk."""
    return bool(_SUN.search(QUOTED.sub("", rule)))


@lru_cache(maxsize=2048)
def fallback_groups(rule: str) -> tuple[str, ...]:
    """The rule and its fallbacks in their order, each prepared for the library."""
    return tuple(
        _prepared(group).strip() for group in outside_quotes(tidy(rule), lambda text: text.split("||"))
    )


def outside_quotes(rule: str, work: Callable[[str], Iterable[str]]) -> list[str]:
    """What becomes of a rule in which each comment stands as an empty one; then the comments put back."""
    comments = iter(QUOTED.findall(rule))
    return [_unmask(part, comments) for part in work(QUOTED.sub(_MASK, rule))]


def _unmask(part: str, comments: Iterator[str]) -> str:
    first, *others = part.split(_MASK)
    return first + "".join(next(comments) + other for other in others)


def _prepared(group: str) -> str:
    """A group of rules with its comment-only rules and open ends marked as unknown."""
    return "".join(outside_quotes(group, lambda text: map(_marked, _RULE_END.split(text))))


def _marked(rule: str) -> str:
    """One rule, "unknown" put before its comment where it does not say when it is open or until when."""
    words, quote, comment = rule.partition(_MASK)
    is_bare = bool(quote) and not _SAYS_WHEN.search(words)
    is_open_end = bool(_OPEN_END.match(words)) and not _MODIFIER.search(words)
    if not (is_bare or is_open_end):
        return rule
    gap = "" if not words or words.endswith(" ") else " "
    return f"{words}{gap}unknown {quote}{comment}".rstrip()
