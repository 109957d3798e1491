"""What every file says of a visit, as plain data: nothing stands here that its reader may not see.

The forms write what is here and nothing else, so what is private has one place to be kept back: build.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.domain.clock import Instant
from planner.domain.geo import LonLat
from planner.domain.releases import ToFollow
from planner.outputs.files.content.stays import StayKey
from planner.outputs.look import LegMode


@dataclass(frozen=True)
class FilePiece:
    """A piece of a way that looks and is known alike."""

    look: LegMode
    geometry: tuple[LonLat, ...]
    is_estimated: bool


@dataclass(frozen=True)
class FileLeg:
    """A way of one party, '' of all. `to` is the number of the stop it leads to, None to the day's end.

    `told` are its lines: how and how long, then its rides, then what is doubtful. `distance_m` is None where
    no way is known; an assumed one has no pieces.
    """

    party: str
    to: int | None
    mode: str
    depart: Instant
    arrive: Instant
    distance_m: float | None
    estimated_m: float
    is_assumed: bool
    told: tuple[str, ...]
    pieces: tuple[FilePiece, ...]


@dataclass(frozen=True)
class FileStop:
    """A stay, of one party or ('') of all at once.

    `at` is None where the place is not on the map; within `within_m` it is only roughly known, and `is_here`
    says that the group happens to be there. `leg` is the way to it, None where parties come by different
    ones.
    `aside` is for guides, '' for others.
    """

    key: StayKey
    party: str
    number: int
    kind: str
    name: str
    arrive: Instant
    start: Instant
    leave: Instant
    times: str
    at: LonLat | None
    within_m: float | None
    is_here: bool
    address: str
    facts: tuple[str, ...]
    note: str
    about: tuple[str, ...]
    doubts: tuple[str, ...]
    leg: FileLeg | None
    aside: str = ""
    booked: str = ""


@dataclass(frozen=True)
class FileEnd:
    """Where a party's day, '' that of all, begins or ends."""

    party: str
    name: str
    address: str
    time: Instant
    at: LonLat | None


@dataclass(frozen=True)
class FileDay:
    """A day: `number` counts from 1. Stops are in the order of their times, legs in that of each party.

    `booked` are the arrival and the coach, each as what it is and all that is told of it. `rain` is the same
    day as it goes if it rains, with stops of the same numbers; None where it has no such version, or where
    that is in force and told already. Such a day `is_rain`, and `is_only_if` where that is not in force; its
    `version` says which it is, '' else.
    """

    number: int
    date: dt.date
    label: str
    stops: tuple[FileStop, ...]
    legs: tuple[FileLeg, ...]
    starts: tuple[FileEnd, ...]
    ends: tuple[FileEnd, ...]
    doubts: tuple[str, ...]
    booked: tuple[tuple[str, str], ...] = ()
    is_rain: bool = False
    is_only_if: bool = False
    version: str = ""
    rain: FileDay | None = None

    def legs_of(self, party: str) -> tuple[FileLeg, ...]:
        """Return the ways of a party."""
        return tuple(leg for leg in self.legs if leg.party == party)

    @property
    def parties(self) -> tuple[str, ...]:
        """Return whose ways these are, '' where all go together."""
        return tuple(dict.fromkeys(start.party for start in self.starts))

    @property
    def elsewhere(self) -> tuple[FileStop, ...]:
        """Return the stops that are somewhere else if it rains, as they are then."""
        known = {(stop.number, stop.name, stop.at) for stop in self.stops}
        stops = self.rain.stops if self.rain else ()
        return tuple(stop for stop in stops if (stop.number, stop.name, stop.at) not in known)


@dataclass(frozen=True)
class Rests:
    """What a file rests on: the map's credit, its licence, the timetables, all of it as lines.

    `credit`, `credit_url` and `licence` are the map's alone; `lines` say everything.
    """

    credit: str
    credit_url: str
    licence: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FilePlan:
    """A released visit, or some of its days, as a participant or a guide may see it.

    `coordinator` is told in guides' files alone.
    """

    language: str
    title: str
    town: str
    timezone: str
    number: int
    published: Instant
    version: str
    people: int
    party: str
    days: tuple[FileDay, ...]
    rests: Rests
    is_guides: bool = False
    coordinator: str = ""
    languages: tuple[str, ...] = ()
    to_follow: tuple[ToFollow, ...] = ()
