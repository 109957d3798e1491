"""What the log says about the way of one party, read event by event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, Instant
from planner.domain.live.events import END, START, EventKind

if TYPE_CHECKING:
    from planner.domain.live.events import LiveEvent

StartOf = Callable[["Facts", str], Instant]
"""When, as far as facts tell, the stay at a stop begins."""


@dataclass(frozen=True)
class Facts:
    """When stops were reached and left, which are skipped, and by how much stays and ways are longer.

    `names` are START, the stops in the party's order, and END. Times never go back along them: what says
    that one is where one has been before is passed over.
    """

    names: tuple[str, ...]
    arrived: Mapping[str, Instant] = field(default_factory=dict)
    left: Mapping[str, Instant] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    longer_s: Mapping[str, int] = field(default_factory=dict)
    delayed_s: Mapping[str, int] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """The furthest place that is known to have been reached or left; 0 is the start."""
        return max((self.names.index(name) for name in (*self.arrived, *self.left)), default=0)

    @property
    def is_under_way(self) -> bool:
        """Whether the place of the position was left."""
        return self.names[self.position] in self.left

    @property
    def latest(self) -> Instant | None:
        """The last instant that is known."""
        return max((*self.arrived.values(), *self.left.values()), default=None)

    def next_known(self, index: int) -> Instant | None:
        """The first instant that is known of a place behind the one at an index."""
        later = self.names[index + 1 :]
        known = [times[name] for name in later for times in (self.arrived, self.left) if name in times]
        return min(known, default=None)

    def is_ahead(self, name: str) -> bool:
        """Whether something is still to come of a place."""
        index = self.names.index(name)
        return index > self.position or (index == self.position and not self.is_under_way)


def facts_of(names: Sequence[str], events: Iterable[LiveEvent], start_of: StartOf) -> Facts:
    """Read standing events, in their order, into facts; what fits no place is passed over."""
    facts = Facts((START, *names, END))
    for event in events:
        if event.stop in facts.names:
            facts = _with(facts, event, start_of)
    return facts


def _with(facts: Facts, event: LiveEvent, start_of: StartOf) -> Facts:
    index = facts.names.index(event.stop)
    match event.kind:
        case EventKind.ARRIVED if index > facts.position:
            return _come_to(facts, event.stop, arrived={**facts.arrived, event.stop: event.at})
        case EventKind.LEFT if facts.is_ahead(event.stop) and event.stop != END:
            return _come_to(facts, event.stop, left={**facts.left, event.stop: event.at})
        case EventKind.SKIP if facts.is_ahead(event.stop) and event.stop not in (START, END):
            return _skipping(facts, event)
        case EventKind.STAY if facts.is_ahead(event.stop) and event.stop != END:
            return replace(facts, longer_s=_added(facts.longer_s, event.stop, event.minutes * MINUTE_S))
        case EventKind.SHIFT:
            return _shifted(facts, event, start_of)
    return facts


def _come_to(facts: Facts, name: str, **known: Mapping[str, Instant]) -> Facts:
    """Who reached or left a stop did not skip it, whatever was meant before."""
    return replace(facts, skipped=facts.skipped - {name}, **known)  # type: ignore[arg-type]


def _skipping(facts: Facts, event: LiveEvent) -> Facts:
    """A stop where one is already is left at once."""
    skipped = facts.skipped | {event.stop}
    if event.stop in facts.arrived:
        return replace(facts, skipped=skipped, left={**facts.left, event.stop: event.at})
    return replace(facts, skipped=skipped)


def _shifted(facts: Facts, event: LiveEvent, start_of: StartOf) -> Facts:
    """The stay is longer where it has begun, else the way to it; said of what is past, the next thing is."""
    name, seconds = event.stop, event.minutes * MINUTE_S
    if not facts.is_ahead(name):
        name = facts.names[min(facts.position + 1, len(facts.names) - 1)]
    is_there = name in facts.arrived or name == START
    if name != END and (is_there or event.at >= start_of(facts, name)):
        return replace(facts, longer_s=_added(facts.longer_s, name, seconds))
    return replace(facts, delayed_s=_added(facts.delayed_s, name, seconds))


def _added(before: Mapping[str, int], name: str, seconds: int) -> Mapping[str, int]:
    return {**before, name: before.get(name, 0) + seconds}
