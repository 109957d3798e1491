"""What a leg tells of a ride by public transport, and why "best" chose a mode."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.clock import Instant
from planner.domain.geo import LonLat
from planner.domain.visits import Mode


@dataclass(frozen=True)
class StopCall:
    """A call at a stop: `time` is the departure where one gets on, else the arrival.

    `platform` is '' where it is not known.
    """

    name: str
    platform: str
    time: Instant | None
    at: LonLat | None


@dataclass(frozen=True)
class Ride:
    """A ride on one trip of a line.

    `vehicle` is bus, tram, rail, metro, ferry, trolleybus or share_taxi, seldom cable_tram, gondola,
    funicular or monorail. `via` are the calls between
    getting on and off, `following` the next two departures after this one, `last_back` the day's last direct
    departure back. Where only the headway is known (`headway_s`) the times are the expected ones.
    `is_estimated` tells that no timetable speaks for the line, `over_room` that the group is larger
    than the line usually has room for, `on_request` that it must ask to be taken or let off.
    """

    line: str
    vehicle: str
    headsign: str
    board: StopCall
    alight: StopCall
    via: tuple[StopCall, ...] = ()
    following: tuple[Instant, ...] = ()
    last_back: Instant | None = None
    is_estimated: bool = False
    headway_s: int | None = None
    on_request: bool = False
    over_room: bool = False
    credit: str = ""


@dataclass(frozen=True)
class Choice:
    """Why "best" chose a mode: by how much it comes earlier than the next best one, `over`.

    `saves_s` and `over` are None where there was nothing else. `next_in_s` is how long after the leg's
    start the chosen ride leaves, None without a ride.
    """

    mode: Mode
    saves_s: int | None = None
    over: Mode | None = None
    next_in_s: int | None = None
