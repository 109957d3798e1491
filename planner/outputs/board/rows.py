"""What a board shows, ready written: times are instants where they are drawn, texts where they are read."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.clock import Instant
from planner.words.formats import Moment


@dataclass(frozen=True)
class Tick:
    """A quarter of an hour on the board's scale; `text` is "09:00" for a whole hour, else its minutes."""

    at: Instant
    text: str
    is_hour: bool


@dataclass(frozen=True)
class PartyStay:
    """A party at a stop. `number` is the stop's, the same for all parties, on the map and on paper.

    Texts: `begins` "09:20", `times` "09:20–09:40", `wait` a phrase or ''.
    """

    stop: int
    number: int
    name: str
    arrive: Instant
    start: Instant
    leave: Instant
    begins: str
    times: str
    wait: str


@dataclass(frozen=True)
class Move:
    """A party on its way."""

    mode: str
    depart: Instant
    arrive: Instant


@dataclass(frozen=True)
class LaneNotice:
    """A warning of a party's day; `where` names the stop, '' where it is about the way or the day."""

    where: str
    text: str
    tone: str


@dataclass(frozen=True)
class Lane:
    """The day of one party. `look` is how it is drawn: a colour and a line; `wait_min` minutes in all."""

    look: str
    name: str
    people: str
    size: int
    guide: str
    language: str
    start: Moment
    finish: Moment
    wait_min: int
    waiting: str
    walking: str
    stays: tuple[PartyStay, ...]
    moves: tuple[Move, ...]
    notices: tuple[LaneNotice, ...] = ()

    @property
    def by(self) -> str:
        """Who leads it and in which language, '' where neither is known."""
        return ", ".join(text for text in (self.guide, self.language) if text)

    def stay_at(self, stop: int) -> PartyStay | None:
        """The party's stay at a stop, by the stop's index in the day's list."""
        return next((stay for stay in self.stays if stay.stop == stop), None)


@dataclass(frozen=True)
class Presence:
    """A party at the stop that a lane is for."""

    look: str
    name: str
    size: int
    start: Instant
    leave: Instant
    times: str


@dataclass(frozen=True)
class SiteLane:
    """A stop and who is there when: `most` people at once, `capacity` None where nobody knows it."""

    number: int
    id: str
    name: str
    capacity: int | None
    most: int
    is_together: bool
    has_waiting: bool
    presences: tuple[Presence, ...]

    @property
    def is_over(self) -> bool:
        """Whether there are more people at once than the stop may hold."""
        return self.capacity is not None and self.most > self.capacity


@dataclass(frozen=True)
class PartyBoard:
    """A day of several parties from `start` to `end`, both at a quarter of an hour."""

    start: Instant
    end: Instant
    finish: Moment
    waiting: str
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    sites: tuple[SiteLane, ...]

    @property
    def common(self) -> tuple[PartyStay, ...]:
        """The stays that all parties have at the same time, in the order of the first party."""
        if len(self.lanes) == 1:
            return ()
        others = [{(stay.stop, stay.start, stay.leave) for stay in lane.stays} for lane in self.lanes[1:]]
        return tuple(
            stay
            for stay in self.lanes[0].stays
            if all((stay.stop, stay.start, stay.leave) in lane for lane in others)
        )

    @property
    def over(self) -> tuple[SiteLane, ...]:
        """The stops that hold more people at once than they may."""
        return tuple(site for site in self.sites if site.is_over)

    @property
    def warning_count(self) -> int:
        """How many warnings the parties have, each once."""
        return sum(len(lane.notices) for lane in self.lanes)
