"""The worked example: the civic amenity site before 10:00 and the museum on a Saturday do not go together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits.remedies import applied
from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, PlaceRef, Stop
from planner.domain.warnings.severity import Tone, is_curable, tone_of_warning
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.planning.plan import plan_day
from planner.services.remedies.offers import remedies_for
from planner.words.places import PlaceWords
from planner.words.remedies import RemedyWriter
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from planner.services.travel.town import Town

SITES = {site.id: site for site in read_geojson(ROOT / "data" / "sites.geojson")}
SATURDAY, MONDAY = dt.date(2026, 12, 5), dt.date(2026, 12, 7)
GROUP = Group(22)
LONG_S = 60.0


def visit_day(date: dt.date, *stops: Stop, start: str = "08:00") -> Day:
    end = DayEnd(PlaceRef(site="sokol"), latest="12:30")
    return Day(date, DayStart(PlaceRef(site="dworzec-biblioteka"), start), end, stops=stops)


def stop(id_: str, site: str, dwell: int, least: int, **more: object) -> Stop:
    return Stop(id_, place=PlaceRef(site=site), dwell_min=dwell, min_dwell_min=least, **more)  # type: ignore[arg-type]


AMENITY = stop("s1", "pszok", 40, 25, fixed="08:30")
SQUARE = stop("s2", "rynek", 15, 10)
MUSEUM = stop("s3", "muzeum", 35, 20)


def told(town: Town, day: Day, language: str = "en") -> dict[str, list[str]]:
    """What stands under each serious warning: why no date helps, then what does."""
    itinerary = plan_day(Case(town, day, GROUP, SITES))
    offers = remedies_for(Case(town, day, GROUP, SITES), itinerary, budget_of(LONG_S))
    with translated_app().app_context():
        writer = RemedyWriter(day, PlaceWords(SITES, language))
        return {
            f"{warning.code.value} {day.stops[warning.stop or 0].id}": [
                plain(text)
                for text in (
                    writer.reason(offers.reason(warning)),
                    *(writer.sentence(remedy, warning) for remedy in offers.of(warning)),
                )
                if text
            ]
            for warning in itinerary.warnings
            if is_curable(warning)
        }


TOGETHER = (
    "On no day of the next two weeks are these open together: "
    "Civic amenity site (PSZOK) (08:30); Regional Museum."
)


@pytest.mark.slow
def test_on_saturday_the_museum_is_shut_and_on_other_days_the_amenity_site_opens_later(
    skawina_buses: Town,
) -> None:
    day = visit_day(SATURDAY, AMENITY, SQUARE, MUSEUM)
    assert told(skawina_buses, day) == {
        "closed s3": [TOGETHER, "Without this stop"],
    }


def test_on_monday_it_is_the_other_way_round(skawina_buses: Town) -> None:
    day = visit_day(MONDAY, AMENITY, SQUARE, MUSEUM)
    assert told(skawina_buses, day) == {
        "closed s1": [TOGETHER, "Agree on 10:00 instead of 08:30", "Without this stop"],
    }


def test_each_without_the_other_has_a_day(skawina_buses: Town) -> None:
    assert told(skawina_buses, visit_day(MONDAY, AMENITY, SQUARE)) == {
        "closed s1": [
            "Agree on 10:00 instead of 08:30",
            "On Saturday 12 December",
            "On Saturday 19 December",
            "Without this stop",
        ],
    }
    assert told(skawina_buses, visit_day(SATURDAY, SQUARE, MUSEUM, start="09:30")) == {
        "closed s3": [
            "On Monday 7 December",
            "On Tuesday 8 December",
            "Without this stop",
        ],
    }


def test_a_morning_that_is_too_long_has_every_kind_of_remedy(skawina_buses: Town) -> None:
    day = visit_day(MONDAY, MUSEUM, SQUARE, stop("s1", "pszok", 40, 25), start="10:45")
    itinerary = plan_day(Case(skawina_buses, day, GROUP, SITES))
    offers = remedies_for(Case(skawina_buses, day, GROUP, SITES), itinerary, budget_of(LONG_S))
    ((late, remedies),) = offers.cured
    assert tone_of_warning(late) is Tone.FAIL
    assert [remedy.code.value for remedy in remedies] == ["start", "cut", "end", "drop"]
    for remedy in remedies:
        cured = plan_day(Case(skawina_buses, applied(day, remedy), GROUP, SITES))
        assert [one for one in cured.warnings if tone_of_warning(one) is Tone.FAIL] == []


@pytest.mark.slow
def test_it_is_told_in_polish_as_well(skawina_buses: Town) -> None:
    day = visit_day(SATURDAY, AMENITY, SQUARE, MUSEUM)
    (remedies,) = told(skawina_buses, day, "pl").values()
    names = "PSZOK – Punkt Selektywnej Zbiórki Odpadów Komunalnych (08:30); Muzeum Regionalne"
    assert remedies == [
        f"Żadnego dnia najbliższych dwóch tygodni nie są otwarte razem: {names}.",
        "Bez tego przystanku",
    ]
