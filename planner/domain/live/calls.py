"""What a day under way is told in: its calls as they were, are or will be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.clock import Instant
from planner.domain.itinerary import Call, Itinerary
from planner.domain.live.facts import Facts
from planner.domain.schedule.timed import Place
from planner.domain.warnings.codes import Warning


class StopState(StrEnum):
    """How far a stop is."""

    DONE = "done"
    HERE = "here"
    COMING = "coming"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class LiveCall:
    """A stay as it was, is or will be. `late_s` is by how much it begins later than the release says."""

    stop: int
    id: str
    arrive: Instant
    start: Instant
    leave: Instant
    state: StopState
    late_s: int


@dataclass(frozen=True)
class Joined:
    """The party with which another one goes on since an event, where they meet, and when both are together.

    `stop` is a stop's id, START or END.
    """

    party: str
    event: str
    stop: str
    place: Place
    at: Instant


@dataclass(frozen=True)
class LiveDay:
    """A party's day under way. `itinerary` has it without what is skipped; a leg leads to each call.

    `walked` are the calls that it holds: those at which one was, is or will be. `late_s` is how late the next
    stay begins, or the day ends; `warnings` are those that the delay brings. `joined` is the party with which
    one goes on, None where that is none.
    """

    facts: Facts
    calls: tuple[LiveCall, ...]
    walked: tuple[LiveCall, ...]
    itinerary: Itinerary
    late_s: int
    end_late_s: int
    warnings: tuple[Warning, ...]
    joined: Joined | None = None

    @property
    def here(self) -> LiveCall | None:
        """The stop where one is."""
        return next((call for call in self.calls if call.state is StopState.HERE), None)

    @property
    def coming(self) -> tuple[LiveCall, ...]:
        """The stops ahead."""
        return tuple(call for call in self.calls if call.state is StopState.COMING)

    @property
    def on_time_again(self) -> LiveCall | None:
        """The first stop ahead that begins when the release says, after one that does not."""
        late = [call.late_s > 0 for call in self.coming]
        if True not in late or False not in late[late.index(True) :]:
            return None
        return self.coming[late.index(False, late.index(True))]


def as_call(call: LiveCall) -> Call:
    """Return a call as itineraries have it."""
    return Call(
        call.stop, call.id, call.arrive, call.start, call.leave, max(0, call.start - call.arrive), None
    )
