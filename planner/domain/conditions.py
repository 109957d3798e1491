"""Ways and gates that are open at certain hours only: what their tags say, and when one may pass.

A condition is made of parts, all of which must let one pass: `access` has a value without a condition and
rules, of which the last one that applies counts (OSM wiki, "Conditional restrictions"); opening hours are
a part that is shut but for them. What is no time ("wet", "snow") cannot be read: the rule is passed over,
and whoever walks there is told.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.domain.hours.spans import HoursState, parse_hours, spans_of
from planner.errors import EditRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from planner.domain.clock import Instant, TownClock
    from planner.domain.hours.spans import Almanac

_RULE = re.compile(r"\s*([^@;]+?)\s*@\s*(\((?:[^()]|\([^()]*\))*\)|[^;]+)\s*(?:;|$)")
_OF_VEHICLES = re.compile(
    r"^(?:max)?(?:weight|weightrating|gcweight|axleload|length|width|height|axles|hov|occupants)\b"
)

Opening = tuple["Instant", "Instant | None"]
"""From when to when one may pass; None where no end is in sight."""


@dataclass(frozen=True)
class Rule:
    """Whether one may pass while a rule of the opening_hours syntax applies."""

    allows: bool
    when: str


@dataclass(frozen=True)
class Part:
    """Whether one may pass as a rule, and when not so. `unread` are the words of rules that are no times."""

    allows: bool
    rules: tuple[Rule, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether it ever shuts, or says something that cannot be read."""
        return not self.allows or bool(self.unread) or any(not rule.allows for rule in self.rules)


@dataclass(frozen=True)
class Condition:
    """When a way is open: all of its parts must let one pass."""

    parts: tuple[Part, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """The words that could not be read."""
        return tuple(words for part in self.parts for words in part.unread)

    def openings(self, day: date, clock: TownClock, almanac: Almanac) -> tuple[Opening, ...]:
        """Return when one may pass, from the day's midnight to the end of the next day, in order."""
        return _openings(self, day, clock, almanac)

    def is_open_all_day(self, day: date, clock: TownClock, almanac: Almanac) -> bool:
        """Whether one may pass at any time of a day."""
        tomorrow = clock.midnight(_after(day))
        start = clock.midnight(day)
        return any(
            opens <= start and (shuts is None or shuts >= tomorrow)
            for opens, shuts in self.openings(day, clock, almanac)
        )


def hours_part(hours: str) -> Part:
    """Return the part that opening hours make: shut but for them; hours that cannot be read shut nothing."""
    if not is_time(hours):
        return Part(allows=True, unread=(hours,))
    return Part(allows=False, rules=(Rule(allows=True, when=hours),))


def access_part(text: str, allowed: Iterable[str], *, base: bool) -> Part:
    """Return the part that a tag like "no @ (22:00-06:00); yes @ (Jul)" makes.

    Parameters
    ----------
    allowed
        The values that let one pass.
    base
        Whether one may pass where no rule applies.
    """
    rules: list[Rule] = []
    unread: list[str] = []
    found = list(_RULE.finditer(text))
    for match in found:
        value, when = match[1].strip(), _bare(match[2])
        if is_time(when):
            rules.append(Rule(value in allowed, when))
        elif not _OF_VEHICLES.match(when):
            unread.append(match[0].strip(" ;"))
    if not found:
        unread.append(text)
    if not base and not any(rule.allows for rule in rules):
        return Part(allows=False)
    return Part(base, tuple(rules), tuple(unread))


def is_time(when: str) -> bool:
    """Whether a condition is a time in the syntax of opening hours."""
    try:
        parse_hours(when, "")
    except EditRefusedError:
        return False
    return bool(when.strip()) and not when.strip().startswith('"')


def text_of(condition: Condition) -> str:
    """Return a condition as a network keeps it."""
    parts = [
        [part.allows, [[rule.allows, rule.when] for rule in part.rules], list(part.unread)]
        for part in condition.parts
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1024)
def read_condition(text: str) -> Condition:
    """Return the condition that a network keeps."""
    return Condition(
        tuple(
            Part(allows, tuple(Rule(*rule) for rule in rules), tuple(unread))
            for allows, rules, unread in json.loads(text)
        )
    )


def _bare(when: str) -> str:
    when = when.strip()
    return when[1:-1].strip() if when.startswith("(") and when.endswith(")") else when


def _after(day: date) -> date:
    return day.fromordinal(day.toordinal() + 1)


@lru_cache(maxsize=4096)
def _openings(condition: Condition, day: date, clock: TownClock, almanac: Almanac) -> tuple[Opening, ...]:
    start = clock.midnight(day)
    spans = {rule: _spans(rule, day, clock, almanac) for part in condition.parts for rule in part.rules}
    bounds = {start} | {
        bound for pairs in spans.values() for pair in pairs for bound in pair if bound and bound > start
    }
    ordered: Sequence[Instant] = sorted(bounds)
    openings: list[Opening] = []
    for number, at in enumerate(ordered):
        until = ordered[number + 1] if number + 1 < len(ordered) else None
        if not all(_allows(part, spans, at) for part in condition.parts):
            continue
        if openings and openings[-1][1] == at:
            openings[-1] = openings[-1][0], until
        else:
            openings.append((at, until))
    return tuple(openings)


def _spans(rule: Rule, day: date, clock: TownClock, almanac: Almanac) -> tuple[Opening, ...]:
    """When a rule applies; where that is not known it is taken to shut, and not to open."""
    applies = {HoursState.OPEN} if rule.allows else {HoursState.OPEN, HoursState.UNKNOWN}
    return tuple(
        (span.start, span.end) for span in spans_of(rule.when, day, clock, almanac) if span.state in applies
    )


def _allows(part: Part, spans: dict[Rule, tuple[Opening, ...]], at: Instant) -> bool:
    allows = part.allows
    for rule in part.rules:
        if any(start <= at and (end is None or at < end) for start, end in spans[rule]):
            allows = rule.allows
    return allows
