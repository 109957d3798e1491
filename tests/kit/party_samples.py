"""A delegation of 60 in three parties, made by hand: a talk for all, three stops in turn, lunch for all.

Every party gathers for 3 min after a stop and stays 20 min at each of museum (2), synagogue (3), tower (4):

    all  09:00:00 start  432 s -> 09:07:12 Ratusz (1), talk 09:10-09:50, gather -> 09:53:00
    A    300 s -> 09:58:00 museum    576 s -> 10:30:36 synagogue 500 s -> 11:01:56 tower     297 s -> 11:29:53
    B    342 s -> 09:58:42 synagogue 500 s -> 10:30:02 tower     369 s -> 10:59:11 museum    200 s -> 11:25:31
    C    400 s -> 09:59:40 tower     369 s -> 10:28:49 museum    576 s -> 11:01:25 synagogue 450 s -> 11:31:55
    all  lunch at the Sokol (5) 11:35-12:20, where the day ends
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.itinerary import Call, Itinerary, Leg, PartyItinerary, Totals
from planner.domain.visits import Day, Party, PartyCall, PartyRoute, PlaceRef, Stop, StopKind, Visit
from planner.domain.warnings.codes import Warning, WarningCode
from tests.kit.samples import (
    MUSEUM,
    SOKOL,
    SQUARE,
    STATION,
    SYNAGOGUE,
    TOWER,
    at,
    sample_content,
    walk,
)
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

SECONDS = {
    (STATION, SQUARE): 432,
    (SQUARE, MUSEUM): 300,
    (SQUARE, SYNAGOGUE): 342,
    (SQUARE, TOWER): 400,
    (MUSEUM, SYNAGOGUE): 576,
    (MUSEUM, TOWER): 369,
    (SYNAGOGUE, TOWER): 500,
    (TOWER, SOKOL): 297,
    (MUSEUM, SOKOL): 200,
    (SYNAGOGUE, SOKOL): 450,
}
GATHER_S = 180
PLACES = {"talk": SQUARE, "museum": MUSEUM, "synagogue": SYNAGOGUE, "tower": TOWER, "lunch": SOKOL}
STOPS = (
    Stop("talk", place=PlaceRef("ratusz"), dwell_min=40, fixed="09:10", talk=True, together=True),
    Stop("museum", place=PlaceRef("muzeum"), dwell_min=20, capacity=25),
    Stop("synagogue", place=PlaceRef("synagoga"), dwell_min=20),
    Stop("tower", place=PlaceRef("teznia"), dwell_min=20),
    Stop("lunch", StopKind.MEAL, PlaceRef("sokol"), dwell_min=45, fixed="11:35", together=True),
)
PARTIES = (
    Party("A", 20, "Maria Lis", "en"),
    Party("B", 20, "Jan Wilk", "uk"),
    Party("C", 20),
)
ORDERS = {
    "A": ("talk", "museum", "synagogue", "tower", "lunch"),
    "B": ("talk", "synagogue", "tower", "museum", "lunch"),
    "C": ("talk", "tower", "museum", "synagogue", "lunch"),
}


def party_routes() -> tuple[PartyRoute, ...]:
    """The orders of the three, as they were accepted."""
    return tuple(PartyRoute(name, tuple(PartyCall(stop) for stop in stops)) for name, stops in ORDERS.items())


def party_day(*, is_accepted: bool = True) -> Day:
    """The day's document."""
    day = replace(sample_content().visit.days[0], stops=STOPS, end=None)
    return replace(day, party_routes=party_routes() if is_accepted else ())


def party_visit(*, is_accepted: bool = True) -> Visit:
    """The visit's document."""
    visit = sample_content().visit
    return replace(visit, days=(party_day(is_accepted=is_accepted),), group_size=60, parties=PARTIES)


def itinerary_of(name: str, warnings: tuple[Warning, ...] = ()) -> Itinerary:
    """One party's day, timed step by step."""
    here, now = STATION, at("09:00:00")
    calls: list[Call] = []
    legs: list[Leg] = []
    for one in ORDERS[name]:
        index = next(number for number, stop in enumerate(STOPS) if stop.id == one)
        stop, there = STOPS[index], PLACES[one]
        seconds = SECONDS.get((here, there)) or SECONDS[there, here]
        clock = f"{now // 3600 % 24 + 1:02}:{now // 60 % 60:02}:{now % 60:02}"
        legs.append(walk(clock, seconds / 0.9, seconds, (here, there), ()))
        arrive = now + seconds
        start = max(arrive, at(f"{stop.fixed}:00")) if stop.fixed else -(-arrive // 60) * 60
        leave = start + stop.dwell_min * 60
        calls.append(Call(index, one, arrive, start, leave, start - arrive, None))
        here, now = there, leave + GATHER_S
    totals = Totals(walk_m=sum(leg.distance_m or 0 for leg in legs))
    return Itinerary(at("09:00:00"), calls[-1].leave, tuple(calls), tuple(legs), totals, warnings)


def party_ways() -> tuple[PartyItinerary, ...]:
    """The days of all three; B has a stay that is tight, and all the same sketchy streets."""
    sketch = warned(WarningCode.SKETCH_DATA, params={"estimated_percent": 18})
    tight = warned(WarningCode.TIGHT, stop=1, by_s=240)
    return tuple(
        PartyItinerary(name, itinerary_of(name, (sketch, tight) if name == "B" else (sketch,)))
        for name in ORDERS
    )


def party_content() -> ReleaseContent:
    """The release; its undivided itinerary is of no interest here and is A's."""
    return replace(
        sample_content(),
        visit=party_visit(),
        itineraries=(itinerary_of("A"),),
        parties=(party_ways(),),
    )
