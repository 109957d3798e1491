"""The sample day with public transport: a bus by the timetable, and a train that is only estimated.

09:00:00 start   90 m on foot is 81 s, at the stop 09:01:21, waits until 09:03:00
09:03:00 bus 253 from Skawina Dworzec (stand 02), past two stops, off at Skawina Rynek 09:06:00
09:06:00         80 m on foot is 72 s -> Rynek 09:07:12, as in the day on foot
12:03:27 train   150 m on foot, about 12:06, one stop, about 12:08 -> Sokol 12:08:24
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.itinerary import Instruction, Leg, LegPart, Maneuver, PartKind
from planner.domain.releases import TimetableFacts, TimetableSource
from planner.domain.rides import Choice, Ride, StopCall
from planner.domain.visits import Mode
from planner.domain.warnings.codes import WarningCode
from tests.kit.samples import SOKOL, SQUARE, STATION, TOWER, at, sample_content
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

ZTP = "ZTP Kraków"
STAND, HALT_SQUARE = (19.8230, 49.9769), (19.8252, 49.9758)
ONE, TWO = (19.8236, 49.9766), (19.8243, 49.9762)
RAIL_A, RAIL_B = (19.8212, 49.9746), (19.8226, 49.9742)

BUS = Ride(
    line="253",
    vehicle="bus",
    headsign="Wola Radziszowska",
    board=StopCall("Skawina Dworzec", "02", at("09:03:00"), STAND),
    alight=StopCall("Skawina Rynek", "", at("09:06:00"), HALT_SQUARE),
    via=(
        StopCall("Skawina Kolejowa", "", at("09:04:00"), ONE),
        StopCall("Skawina Sokół", "", at("09:05:00"), TWO),
    ),
    following=(at("09:33:00"), at("10:03:00"), at("10:33:00")),
    last_back=at("21:19:00"),
    credit=ZTP,
)
TRAIN = Ride(
    line="",
    vehicle="rail",
    headsign="",
    board=StopCall("Skawina Zachodnia", "1", at("12:07:00"), RAIL_A),
    alight=StopCall("Skawina", "", at("12:09:00"), RAIL_B),
    is_estimated=True,
    headway_s=3600,
    on_request=True,
    credit="© OpenStreetMap contributors",
)
FACTS = TimetableFacts(
    (
        TimetableSource(
            "feed.zip", "builtin", ZTP, valid_from="2026-03-25", valid_to="2026-12-31", indicative=True
        ),
        TimetableSource("skawina.osm", "osm", "© OpenStreetMap contributors", indicative=True),
        TimetableSource("other.zip", "gtfs", "Another carrier"),
    )
)


def part(kind: PartKind, depart: str, arrive: str, metres: float, *line: tuple[float, float]) -> LegPart:
    """A part of a leg between two times of the day."""
    start, end = at(depart), at(arrive)
    return LegPart(kind, metres, end - start, start, end, line)


def bus_leg() -> Leg:
    """From the station to the square: walk, wait, ride, walk; chosen as the quickest."""
    walk = part(PartKind.WALK, "09:00:00", "09:01:21", 90, STATION, STAND)
    steps = (
        Instruction(Maneuver.DEPART, "Kolejowa", 90, bearing_deg=130),
        Instruction(Maneuver.ARRIVE, "", 0),
    )
    parts = (
        replace(walk, instructions=steps),
        part(PartKind.WAIT, "09:01:21", "09:03:00", 0),
        replace(part(PartKind.RIDE, "09:03:00", "09:06:00", 310, STAND, ONE, TWO, HALT_SQUARE), ride=BUS),
        part(PartKind.WALK, "09:06:00", "09:07:12", 80, HALT_SQUARE, SQUARE),
    )
    choice = Choice(Mode.BUS, saves_s=840, over=Mode.WALK, next_in_s=180)
    too_big = warned(WarningCode.GROUP_TOO_BIG_FOR_BUS, params={"line": "253", "room": 20, "group": 25})
    start, end = at("09:00:00"), at("09:07:12")
    return Leg(Mode.BUS, 480, 432, start, end, parts=parts, choice=choice, warnings=(too_big,))


def train_leg() -> Leg:
    """From the tower to the end of the day by a train without a timetable."""
    ride = part(PartKind.RIDE, "12:07:00", "12:09:00", 150, RAIL_A, RAIL_B)
    parts = (
        part(PartKind.WALK, "12:05:00", "12:07:00", 150, TOWER, RAIL_A),
        replace(ride, ride=TRAIN, estimated=((0, 1),)),
        part(PartKind.WALK, "12:09:00", "12:09:57", 30, RAIL_B, SOKOL),
    )
    warnings = (
        warned(WarningCode.SERVICE_ESTIMATED, params={"line": ""}),
        warned(WarningCode.ON_REQUEST, params={"stop": "Skawina"}),
    )
    return Leg(Mode.BUS, 330, 297, at("12:05:00"), at("12:09:57"), parts=parts, warnings=warnings)


def ride_content() -> ReleaseContent:
    """The sample's release with its first leg by bus and its last by train."""
    content = sample_content()
    day = content.itineraries[0]
    legs = (bus_leg(), *day.legs[1:-1], train_leg())
    changed = replace(day, legs=legs, totals=replace(day.totals, walk_m=1780, ride_m=460))
    return replace(content, itineraries=(changed,), timetable=FACTS)
