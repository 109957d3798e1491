"""Remedies and conflicts as sentences, in English and Polish."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.edits.remedy_keys import remedy_of
from planner.domain.order.proposals import Demand, DemandKind
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop, StopKind
from planner.domain.warnings.codes import Warning, WarningCode
from planner.words.conflicts import ConflictWriter
from planner.words.places import PlaceWords
from planner.words.remedies import RemedyWriter
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

APP = translated_app()


def stop(id_: str, pl: str, en: str, dwell: int, **more: object) -> Stop:
    return Stop(id_, place=PlaceRef(at=(19.8, 49.9), name={"pl": pl, "en": en}), dwell_min=dwell, **more)  # type: ignore[arg-type]


DAY = Day(
    dt.date(2026, 12, 7),
    DayStart(PlaceRef(site="station"), "09:00"),
    DayEnd(PlaceRef(site="station"), latest="13:00"),
    stops=(
        stop("s1", "Rynek", "Market Square", 35, locked=True),
        stop("s2", "Muzeum", "Museum", 40, windows=(("10:00", "11:00"),), after=("s1",)),
        Stop("m1", StopKind.MEAL, dwell_min=100, min_dwell_min=30),
        stop("s3", "Rozmowa", "Talk", 30, fixed="15:45"),
    ),
)
AT_MUSEUM = warned(WarningCode.CLOSED, stop=1)
TO_MUSEUM = warned(WarningCode.LONG_WALK, leg=1)
TO_END = warned(WarningCode.LONG_WALK, leg=4)
LATE = warned(WarningCode.LATE, params={"kind": "finish"})


@pytest.mark.parametrize(
    ("key", "warning", "english", "polish"),
    [
        ("start:08:40", LATE, "Start 08:40 instead", "Zacznij o 08:40"),
        ("start:00:05+1", LATE, "Start 00:05 +1 instead", "Zacznij o 00:05 +1"),
        ("cut:s2:10", AT_MUSEUM, "Stay 30 min instead of 40 min", "Zostań 30 min zamiast 40 min"),
        (
            "cut:m1:5", AT_MUSEUM, "Meal: stay 1 hr 35 min instead of 1 hr 40 min",
            "Posiłek: zostań 1 godz. 35 min zamiast 1 godz. 40 min",
        ),
        (
            "cut:s2:10,s1:5", AT_MUSEUM, "Shorten: Museum by 10 min, Market Square by 5 min",
            "Skróć: Muzeum o 10 min, Rynek o 5 min",
        ),
        ("mode:s2:coach", AT_MUSEUM, "Go by coach", "Jedź autokarem"),
        ("mode:s2:bus", TO_MUSEUM, "Go by bus", "Jedź autobusem"),
        ("mode:s1:walk", AT_MUSEUM, "Go on foot to Market Square", "Idź pieszo do: Rynek"),
        ("mode:s1:bus", LATE, "Go by bus to Market Square", "Jedź autobusem do: Rynek"),
        ("mode:*:bus", TO_END, "Go by bus to the end of the day", "Jedź autobusem na koniec dnia"),
        ("date:2026-12-09", LATE, "On Wednesday 9 December", "Innego dnia: środa, 9 grudnia"),
        ("drop:s2", AT_MUSEUM, "Without this stop", "Bez tego przystanku"),
        ("drop:s1", AT_MUSEUM, "Without Market Square", "Bez: Rynek"),
        ("order:s1,m1,s2,s3", AT_MUSEUM, "Move it to after Meal", "Przesuń za: Posiłek"),
        ("order:s2,s1,m1,s3", AT_MUSEUM, "Move it to the start", "Przesuń na początek"),
        ("order:s1,s3,s2,m1", AT_MUSEUM, "Move Talk to after Market Square", "Przesuń: Rozmowa, za: Rynek"),
        ("order:s3,s1,s2,m1", AT_MUSEUM, "Move Talk to the start", "Przesuń na początek: Rozmowa"),
        ("order:s3,m1,s2,s1", LATE, "In the order 4, 3, 2, 1", "W kolejności 4, 3, 2, 1"),
        (
            "order:s2,s1,m1,s3;m1:20", LATE, "In the order 2, 1, 3, 4, the stays 20 min shorter",
            "W kolejności 2, 1, 3, 4, pobyty krótsze o 20 min",
        ),
    ],
)  # fmt: skip
def test_a_remedy_in_words(key: str, warning: Warning, english: str, polish: str) -> None:
    with APP.app_context():
        said = [
            plain(RemedyWriter(DAY, PlaceWords({}, language)).sentence(remedy_of(key), warning))
            for language in ("en", "pl")
        ]
    assert said == [english, polish]


HOURS = Demand(DemandKind.HOURS, "s2", {"from": "09:00", "to": "16:00"})


@pytest.mark.parametrize(
    ("demands", "english", "polish"),
    [
        ((), "", ""),
        (
            (Demand(DemandKind.FIXED, "s3"), HOURS),
            "Talk, fixed at 15:45, and Museum, open 09:00–16:00, exclude each other.",
            "Nie da się pogodzić: Rozmowa (o 15:45) i Muzeum (otwarte 09:00–16:00).",
        ),
        (
            (Demand(DemandKind.HOURS, "s2"),),
            "No order keeps this: Museum, closed on this day.",
            "W żadnej kolejności nie da się dotrzymać: Muzeum (tego dnia zamknięte).",
        ),
        (
            (Demand(DemandKind.LOCKED, "s1"), Demand(DemandKind.WINDOW, "s2"), Demand(DemandKind.FINISH)),
            (
                "These cannot all be kept: Market Square, locked as stop 1; Museum, only within 10:00–11:00;"
                " the end of the day by 13:00."
            ),
            (
                "Nie da się dotrzymać wszystkiego naraz: Rynek (zawsze jako przystanek 1);"
                " Muzeum (tylko 10:00–11:00); koniec dnia do 13:00."
            ),
        ),
        (
            (
                Demand(DemandKind.FIXED, "s3"),
                Demand(DemandKind.HOURS, "s3", {"from": "10:00", "to": "15:30"}),
            ),
            "Talk cannot be visited at 15:45: open 10:00–15:30.",
            "Rozmowa: nie da się tam być o 15:45 (otwarte 10:00–15:30).",
        ),
    ],
)
def test_a_conflict_in_words(demands: tuple[Demand, ...], english: str, polish: str) -> None:
    with APP.app_context():
        said = [ConflictWriter(DAY, PlaceWords({}, language)).sentence(demands) for language in ("en", "pl")]
    assert said == [english, polish]
