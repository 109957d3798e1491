"""A small release made by hand: five stops in Skawina on 2 December 2026, all times worked out on paper.

The group of 25 leaves the station at 09:00, gathers for 3 min after each stop
and walks at 4.0 km/h:

    09:00:00 start   480 m is 432 s -> 09:07:12 Rynek, 15 min -> 09:22:12
    09:25:12 gather  no way (same square), 120 s -> 09:27:12 Ratusz, waits for 09:45, 50 min -> 10:35:00
    10:38:00 gather  380 m is 342 s -> 10:43:42 synagogue (known to 150 m), 10 min -> 10:53:42
    10:56:42 gather  640 m is 576 s -> 11:06:18 museum, 35 min -> 11:41:18, window ends 11:45
    11:44:18 gather  410 m is 369 s, of it 120 m estimated -> 11:50:27 brine tower, 10 min -> 12:00:27
    12:03:27 gather  330 m is 297 s -> 12:08:24 Sokol, should be over by 12:00
"""

from __future__ import annotations

import datetime as dt

from planner.domain.clock import TownClock
from planner.domain.itinerary import Call, Instruction, Itinerary, Leg, LegPart, Maneuver, PartKind, Totals
from planner.domain.releases import NetworkFacts, ReleaseContent
from planner.domain.sites import HostContact, HoursStatus, Location, Quality, Site, SiteStatus, StepFree
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind, Visit
from planner.domain.warnings.codes import Warning, WarningCode
from tests.kit.warned import warned

DATE = dt.date(2026, 12, 2)
CLOCK = TownClock("Europe/Warsaw")
HOST_PHONE = "+48 999 888 777"

STATION = (19.82222, 49.97722)
SQUARE = (19.82609, 49.97548)
SYNAGOGUE = (19.8289, 49.9737)
MUSEUM = (19.82248, 49.97602)
TOWER = (19.82082, 49.97406)
SOKOL = (19.82328, 49.9745)


def at(clock_time: str) -> int:
    """The instant of "HH:MM:SS" on the sample's day."""
    return CLOCK.instant(DATE, clock_time[:5]) + int(clock_time[6:] or 0)


def sample_sites() -> dict[str, Site]:
    """The sites by id; the Town Hall has a host whom no participant may see."""
    sites = (
        Site(
            "dworzec-biblioteka",
            {"pl": "Dworzec i biblioteka", "en": "Station and library"},
            Location(STATION, Quality.EXACT, 30),
            address="ul. Sikorskiego 18",
        ),
        Site(
            "rynek",
            {"pl": "Rynek", "en": "Market Square"},
            Location(SQUARE, Quality.EXACT, 20),
            summary={
                "pl": "Przebudowany w 2012 roku w trybie „zaprojektuj i zbuduj”.",
                "en": "Rebuilt in 2012 by design-and-build.",
            },
            address="Rynek",
            hours_status=HoursStatus.NOT_APPLICABLE,
            step_free=StepFree.YES,
            outdoor=True,
            status=SiteStatus.OPEN_SPACE,
        ),
        Site(
            "ratusz",
            {"pl": "Ratusz – Urząd Miasta i Gminy", "en": "Town Hall"},
            Location(SQUARE, Quality.NEAR, 80),
            description={
                "pl": "Prezentacja i pytania w sali obrad na drugim piętrze.",
                "en": "Presentation and questions in the council chamber on the second floor.",
            },
            address="Rynek 1",
            dwell_min=50,
            opening_hours="Tu-Th 07:30-15:30",
            host=HostContact("Gospodarz", HOST_PHONE, "host@example.org"),
        ),
        Site(
            "synagoga",
            {"pl": "Dawna synagoga Chewra Thilim", "en": "Former synagogue (exterior)"},
            Location(SYNAGOGUE, Quality.AREA, 150),
            address="róg ul. Babetty i Estery",
            dwell_min=10,
            outdoor=True,
        ),
        Site(
            "muzeum",
            {"pl": "Muzeum Regionalne", "en": "Regional Museum"},
            Location(MUSEUM, Quality.EXACT, 30),
            summary={"pl": "Dworek Ludwikowskich.", "en": "In the Ludwikowski manor house."},
            address="ul. Mickiewicza 26",
            dwell_min=35,
            opening_hours="Mo-Fr 09:00-16:00; PH off",
            hours_status=HoursStatus.UNCONFIRMED,
            capacity=20,
        ),
        Site(
            "teznia",
            {"pl": "Tężnia solankowa", "en": "Brine graduation tower"},
            Location(TOWER, Quality.EXACT, 20),
            address="Park Miejski",
            dwell_min=10,
            outdoor=True,
            step_free=StepFree.NO,
        ),
        Site(
            "sokol",
            {"pl": "Pałacyk „Sokół”", "en": "Sokół Palace"},
            Location(SOKOL, Quality.EXACT, 30),
            address="ul. Mickiewicza",
        ),
    )
    return {site.id: site for site in sites}


def sample_visit() -> Visit:
    """The document of the visit: one day, five stops, an end."""
    stops = (
        Stop("s1", place=PlaceRef("rynek"), dwell_min=15),
        Stop(
            "s2",
            place=PlaceRef("ratusz"),
            dwell_min=50,
            fixed="09:45",
            note={"pl": "Wejście od strony fontanny.", "en": "Entrance on the fountain side."},
        ),
        Stop("s3", place=PlaceRef("synagoga"), dwell_min=10),
        Stop("s4", place=PlaceRef("muzeum"), dwell_min=35, windows=(("11:00", "11:45"),)),
        Stop("s5", place=PlaceRef("teznia"), dwell_min=10),
    )
    day = Day(
        date=DATE,
        start=DayStart(PlaceRef("dworzec-biblioteka"), "09:00"),
        end=DayEnd(PlaceRef("sokol"), latest="12:00"),
        mode=Mode.WALK,
        stops=stops,
    )
    return Visit(
        title={"pl": "Skawina się zmienia", "en": "Skawina is changing"},
        days=(day,),
        group_size=25,
        coordinator="Anna Żak, +48 123 456 789",
        meeting_point={
            "pl": "Dworzec, główne wejście od ul. Sikorskiego",
            "en": "Station, main entrance on ul. Sikorskiego",
        },
    )


def line(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Positions of a way."""
    return points


def walk(
    depart: str,
    metres: float,
    seconds: int,
    geometry: tuple[tuple[float, float], ...],
    steps: tuple[Instruction, ...],
    *,
    estimated_m: float = 0.0,
) -> Leg:
    """A leg on foot in one part."""
    start = at(depart)
    part = LegPart(PartKind.WALK, metres, seconds, start, start + seconds, geometry, steps)
    return Leg(Mode.WALK, metres, seconds, start, start + seconds, geometry, estimated_m, (part,))


def sample_legs() -> tuple[Leg, ...]:
    """Six legs, the last one to the end of the day."""
    arrive = Instruction(Maneuver.ARRIVE, "", 0)
    go, left, right = Maneuver.DEPART, Maneuver.LEFT, Maneuver.RIGHT
    return (
        walk(
            "09:00:00",
            480,
            432,
            line(STATION, (19.8236, 49.9768), (19.8243, 49.9757), SQUARE),
            (
                Instruction(go, "Władysława Sikorskiego", 170, bearing_deg=130),
                Instruction(right, "Kolejowa", 120),
                Instruction(left, "Adama Mickiewicza", 150),
                Instruction(Maneuver.SLIGHT_LEFT, "Rynek", 40, "square"),
                arrive,
            ),
        ),
        walk("09:26:00", 0, 120, (SQUARE, SQUARE), (arrive,)),
        walk(
            "10:38:00",
            380,
            342,
            line(SQUARE, (19.8272, 49.9748), SYNAGOGUE),
            (
                Instruction(go, "Rynek", 60, bearing_deg=140),
                Instruction(right, "Kazimierza Wielkiego", 320),
                arrive,
            ),
        ),
        walk(
            "10:57:00",
            640,
            576,
            line(SYNAGOGUE, (19.8272, 49.9748), (19.8258, 49.9754), MUSEUM),
            (
                Instruction(go, "Kazimierza Wielkiego", 320, bearing_deg=330),
                Instruction(Maneuver.CONTINUE, "Adama Mickiewicza", 320),
                arrive,
            ),
        ),
        walk(
            "11:45:00",
            410,
            369,
            line(MUSEUM, (19.8226, 49.9751), (19.8215, 49.9744), TOWER),
            (
                Instruction(go, "Adama Mickiewicza", 110, bearing_deg=180),
                Instruction(right, "", 180, "park path"),
                Instruction(left, "", 120, "path"),
                arrive,
            ),
            estimated_m=120,
        ),
        walk(
            "12:05:00",
            330,
            297,
            line(TOWER, (19.8215, 49.9744), SOKOL),
            (Instruction(go, "", 330, "park path", bearing_deg=80), arrive),
        ),
    )


def sample_calls() -> tuple[Call, ...]:
    """Five stays in the order of the document."""
    return (
        Call(0, "s1", at("09:07:12"), at("09:08:00"), at("09:23:00"), 48, 1068),
        Call(1, "s2", at("09:28:00"), at("09:45:00"), at("10:35:00"), 1020, 1020),
        Call(2, "s3", at("10:43:42"), at("10:44:00"), at("10:54:00"), 18, 198),
        Call(3, "s4", at("11:06:36"), at("11:07:00"), at("11:42:00"), 24, 204),
        Call(4, "s5", at("11:51:09"), at("11:52:00"), at("12:02:00"), 51, None),
    )


def sample_warnings() -> tuple[Warning, ...]:
    """Things to know, things to watch, and one that does not work: the day ends late."""
    return (
        warned(WarningCode.SKETCH_DATA, params={"estimated_percent": 18}),
        warned(WarningCode.SITE_UNCONFIRMED, stop=1),
        warned(
            WarningCode.LOCATION_APPROXIMATE, stop=2, params={"error_m": 150, "low_min": 3, "high_min": 8}
        ),
        warned(WarningCode.TIGHT, stop=3, by_s=180),
        warned(WarningCode.OVER_CAPACITY, stop=3, params={"capacity": 20, "group": 25}),
        warned(WarningCode.HOURS_UNKNOWN, stop=4),
        warned(WarningCode.NOT_STEP_FREE, leg=4),
        warned(WarningCode.LATE, by_s=597, params={"limit": "12:00", "kind": "finish"}),
    )


def sample_itinerary() -> Itinerary:
    """The computed day."""
    totals = Totals(walk_m=2240, move_s=2136, dwell_s=7200, wait_s=1161, gather_s=900, estimated_m=120)
    return Itinerary(at("09:00:00"), at("12:09:57"), sample_calls(), sample_legs(), totals, sample_warnings())


def sample_content() -> ReleaseContent:
    """The release as it was published."""
    network = NetworkFacts(
        name="Skawina",
        timezone="Europe/Warsaw",
        country="PL",
        credit="© OpenStreetMap contributors",
        credit_url="https://www.openstreetmap.org/copyright",
        data_date="2026-08-01",
        is_sketch=True,
        estimated_share=0.18,
    )
    return ReleaseContent(
        3,
        CLOCK.instant(dt.date(2026, 11, 24), "14:05"),
        sample_visit(),
        sample_sites(),
        (sample_itinerary(),),
        network,
    )


def lunch_stop() -> Stop:
    """A break that happens wherever the group is."""
    return Stop("lunch", kind=StopKind.MEAL, dwell_min=45)
