"""The opening_hours syntax of OpenStreetMap, as far as its text must be read before the library does.

opening-hours-py evaluates a rule. Its text is prepared here: fallback rules
apart from each other, because the library lets a whole day of the first rule
put out its fallback; a rule that is nothing but a comment as *unknown*, because
the library says open; an open end ("10:00+") as unknown too. Holidays are in hours_holidays.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import cycle
from typing import TYPE_CHECKING

from opening_hours import OpeningHours, ParserError, UnknownCountryError

from planner.domain.hours.entries import entries_of, rule_for_each
from planner.domain.hours.rewriting import (
    date_parts,
    has_end_beside,
    open_ended,
    with_ends,
    without_open_end,
)
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

QUOTED = re.compile(r'"[^"]*"')
_MASK = '""'
_RULE_END = re.compile(
    r'(;|(?:(?<=:\d\d)|(?<=/\d)|(?<=/\d\d)|(?<=/\d\d\d)|(?<=[+")])|(?<=off)|(?<=open)|(?<=closed)|(?<=unknown)|(?<=24/7)|(?<=set)|(?<=rise)'
    r'|(?<=dusk)|(?<=dawn)),(?=\s*[A-Z"]))'
)
"""Where one rule ends: ";", or a comma between what a rule ends with and the next rule's days."""

DAY_MIN = 24 * 60
_SAYS_WHEN = re.compile(r"\d:\d\d|sunrise|sunset|dawn|dusk|24/7|\b(?:open|closed|off|unknown)\b")
_MODIFIER = re.compile(r"\b(?:open|closed|off|unknown)\b")
ALWAYS = "24/7"
_WHEN = re.compile(
    rf'\(?(?:\d{{1,2}}:\d\d|sunrise|sunset|dawn|dusk)|{ALWAYS}|\b(?:open|closed|off|unknown)\b|""'
)
_OPEN_END = re.compile(r"^[^:]*?\d{1,2}:\d\d\+\s*$")
_LOOSE_COMMA = re.compile(r"(?<=\S)\s*,\s+")
_SUN = re.compile(r"sunrise|sunset|dawn|dusk")
_TIMES = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")


@lru_cache(maxsize=4096)
def parse_hours(rule: str, country: str) -> OpeningHours:
    """Read a rule of OSM's opening_hours syntax.

    Raises
    ------
    EditRefusedError
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
        raise EditRefusedError(Reason.BAD_HOURS, msg, value=rule) from error


def tidy(rule: str) -> str:
    """A rule without what is often left at its end and means nothing."""
    return rule.strip().rstrip(";").rstrip()


def has_sun(rule: str) -> bool:
    """Whether a rule speaks of sunrise, sunset, dawn or dusk."""
    return bool(_SUN.search(QUOTED.sub("", rule)))


def is_past_midnight(rule: str) -> bool:
    """Whether some times of a rule may go on past midnight."""
    spans = (
        (int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in _TIMES.findall(QUOTED.sub("", rule))
    )
    return has_sun(rule) or any(end <= start or end > DAY_MIN for start, end in spans)


@lru_cache(maxsize=2048)
def fallback_groups(rule: str) -> tuple[str, ...]:
    """The rule and its fallbacks in their order, each prepared for the library."""
    groups = outside_quotes(tidy(rule), lambda text: text.split("||"))
    return tuple(part for group in groups for part in (_prepared(group).strip(), *_open_ends(group)))


def outside_quotes(rule: str, work: Callable[[str], Iterable[str]]) -> list[str]:
    """Return what `work` makes of a rule; it sees comments emptied, and they are put back afterwards."""
    comments = iter(QUOTED.findall(rule))
    return [_unmask(part, comments) for part in work(QUOTED.sub(_MASK, rule))]


def in_each_rule(group: str, work: Callable[[str], str]) -> str:
    """Return a group with each of its rules as `work` makes it, which sees comments emptied."""

    def all_of(text: str) -> Iterable[str]:
        return (
            part if is_end else work(part)
            for part, is_end in zip(_RULE_END.split(text), cycle((False, True)))
        )

    return "".join(outside_quotes(group, all_of))


def rules_of(group: str) -> list[tuple[str, str]]:
    """Return the rules of a group, each after the separator before it: "," adds to the rules before."""
    parts = ["", *outside_quotes(group, _RULE_END.split)]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _unmask(part: str, comments: Iterator[str]) -> str:
    first, *others = part.split(_MASK)
    return first + "".join(next(comments) + other for other in others)


def _prepared(group: str) -> str:
    """A group of rules with its comment-only rules and open ends marked as unknown, its lists cut."""
    made = "".join(f"{end} {_entered(rule)}" if end else _entered(rule) for end, rule in rules_of(group))
    return in_each_rule(in_each_rule(made, _cut_at_dates), _marked)


def times_at(rule: str) -> int:
    """Where the days of a rule end and its times, its state or its comment begin."""
    match = _WHEN.search(rule)
    return match.start() if match else len(rule)


def _entered(rule: str) -> str:
    """A rule of which some times have entries or an open end, as one for each: those say when entries are."""
    words = QUOTED.sub("", rule)
    said = _MODIFIER.search(words)
    if not (entries_of(words) or has_end_beside(words)) or (said and said[0] != "open"):
        return rule.strip()
    comment = QUOTED.search(rule)
    words, at = _MODIFIER.sub("", words), times_at(words)
    return rule_for_each(words[:at].strip(), words[at:].strip(), comment[0].strip('"') if comment else "")


def _cut_at_dates(rule: str) -> str:
    """A rule whose list of days has dates beside other days, as one for each of them."""
    rule = without_open_end(rule)
    at = times_at(rule)
    parts = date_parts(rule[:at].strip())
    if len(parts) == 1 or _MASK in rule:
        return rule
    return "; ".join(f"{part} {rule[at:].strip()}" for part in parts)


def _open_ends(group: str) -> list[str]:
    """What a group leaves open after its open ends: a group of unknown hours, or none."""
    made: list[str] = []
    is_open_ended = False
    for before, rule in rules_of(group):
        words = QUOTED.sub("", rule).strip()
        at = times_at(words)
        times = open_ended(words[at:])
        is_open_ended |= bool(times) and not _MODIFIER.search(words)
        if times and not _MODIFIER.search(words):
            made.append(f"{words[:at].strip()} {times} unknown".strip())
        elif before != "," and words:
            made.append(words if _MODIFIER.search(words) else f"{words[:at].strip()} off".strip())
    text = "; ".join(made)
    return [in_each_rule(in_each_rule(text, _cut_at_dates), _marked)] if is_open_ended else []


def _marked(rule: str) -> str:
    """One rule, "unknown" put before its comment where it does not say when it is open or until when.

    A blank after a comma is taken out: the library takes "We, Fr 07:30-11:00" for two rules, the
    first always open.
    """
    rule = _LOOSE_COMMA.sub(",", rule)
    words, quote, comment = rule.partition(_MASK)
    is_bare = bool(quote) and not _SAYS_WHEN.search(words)
    is_open_end = bool(_OPEN_END.match(words)) and not _MODIFIER.search(words)
    if not (is_bare or is_open_end):
        return rule
    gap = "" if not words or words.endswith(" ") else " "
    return f"{with_ends(words)}{gap}unknown {quote}{comment}".rstrip()
