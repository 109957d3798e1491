"""What stands on each sheet, for whom, and on how many pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.clock import TownClock
from planner.domain.itinerary import PartKind
from planner.domain.visits import Mode
from planner.domain.warnings.audience import Audience
from planner.domain.warnings.codes import WarningCode
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import items_of, kinds_read_by
from planner.outputs.sheets.source import Roll
from tests.kit.paper.made import of_many_stops, pdf_of, sheet_of, texts_of
from tests.kit.paper.readers import ReadPdf, spoken
from tests.kit.party_samples import party_content
from tests.kit.ride_samples import ride_content
from tests.kit.samples import HOST_PHONE, sample_content
from tests.kit.translated_app import plain

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.sheets.blocks import Sheet

RISKS = ("Not confirmed with the host yet", "Only 3 min to spare", "Places: 20")


def told(sheet: Sheet) -> str:
    return plain("\n".join(texts_of(sheet)))


@pytest.mark.dear
@pytest.mark.parametrize(
    "stops", [pytest.param(1, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow), 12]
)
@pytest.mark.parametrize("kind", [SheetKind.DAY, SheetKind.GUIDE, SheetKind.FOLDED])
def test_a_day_has_one_sheet_with_two_sides(kind: SheetKind, stops: int, map_of_town: dict[str, Any]) -> None:
    assert ReadPdf.of(pdf_of(sheet_of(kind, of_many_stops(stops), **map_of_town))).pages == 2


@pytest.mark.slow
def test_forty_stops_go_on_more_pages_and_none_is_lost(map_of_town: dict[str, Any]) -> None:
    content = of_many_stops(40)
    pdf = pdf_of(sheet_of(SheetKind.GUIDE, content, **map_of_town))
    assert 3 <= ReadPdf.of(pdf).pages <= 7
    assert spoken(pdf).count("Regional Museum") >= 2 * 8  # in the timetable and beside the map


@pytest.mark.dear
def test_no_letter_is_smaller_than_eleven_points(map_of_town: dict[str, Any]) -> None:
    """The map's own letters are drawings; everything else is read from the PDF's text."""
    sheets = [sheet_of(kind, ride_content()) for kind in SheetKind]  # without streets: no map
    sizes: list[float] = []

    def look(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append(round(size * abs(matrix[0]), 1))

    for page in ReadPdf.of(pdf_of(*sheets)).reader.pages:
        page.extract_text(visitor_text=look)
    assert sizes
    assert min(sizes) >= 11
    assert map_of_town


def test_participants_read_facts_and_guides_risks() -> None:
    participants, guides = told(sheet_of(SheetKind.DAY)), told(sheet_of(SheetKind.ROAD_BOOK))
    assert HOST_PHONE not in participants
    assert HOST_PHONE in guides
    assert "Not confirmed" not in participants
    assert "Not confirmed" in guides
    assert "to spare" not in participants


@pytest.mark.parametrize("kind", [SheetKind.DAY, SheetKind.FOLDED, SheetKind.LINED, SheetKind.POSTER])
def test_no_participants_sheet_has_what_is_private(kind: SheetKind) -> None:
    content = sample_content()
    notes = {"pl": "tylko dla nas", "en": "for us alone"}
    sites = {key: replace(site, notes=notes) for key, site in content.sites.items()}
    said = told(sheet_of(kind, replace(content, sites=sites)))
    assert [
        one for one in (HOST_PHONE, "Gospodarz", "host@example.org", *notes.values()) if one in said
    ] == []


def test_who_is_late_reads_by_when_to_leave() -> None:
    """The museum closes its window at 11:45 and has 3 min to spare: out of the synagogue by 10:59.

    The way to it begins at 10:56:42, after gathering, and may begin 3 min later.
    """
    content = sample_content()
    museum = content.itineraries[0].calls[3]
    assert museum.slack_s is not None
    leg = content.itineraries[0].legs[3]
    clock = TownClock(content.network.timezone)
    by = clock.face((leg.depart + museum.slack_s) // 60 * 60)
    said = told(sheet_of(SheetKind.ROAD_BOOK))
    assert f"Leave by {by} at the latest" in said
    assert "Leave by" not in told(sheet_of(SheetKind.DAY))


def test_a_bus_that_does_not_wait_sets_the_limit() -> None:
    content = ride_content()
    legs = list(content.itineraries[0].legs)
    legs[1] = replace(legs[0], parts=legs[0].parts)
    made = replace(content, itineraries=(replace(content.itineraries[0], legs=tuple(legs)),))
    assert "bus 253 does not wait" in told(sheet_of(SheetKind.ROAD_BOOK, made))


def test_the_road_book_tells_rides_and_the_two_after_them() -> None:
    said = told(sheet_of(SheetKind.ROAD_BOOK, ride_content()))
    for text in ("253", "towards Wola Radziszowska", "Skawina Dworzec, stand 02", "last back", "then 09:33"):
        assert text in said


def test_the_grid_has_a_column_for_each_party() -> None:
    (page,) = sheet_of(SheetKind.GRID, party_content()).pages
    (table,) = [block for block in page.blocks if block.kind == "table"]
    assert len(table.head) == 4
    rows = {row[0]: row[1:] for row in table.rows}
    assert all("Town Hall" in cell for cell in rows["09:10"])
    assert "Museum" in rows["09:58"][0]
    assert rows["09:58"][1:] == ("", "")


def test_a_host_reads_who_comes_when_with_whom() -> None:
    apart = told(sheet_of(SheetKind.HOST, party_content(), site="muzeum"))
    for text in ("Party A", "Party B", "Party C", "09:58–10:18", "Maria Lis", "Ukrainian", "20 people"):
        assert text in apart
    assert ReadPdf.of(pdf_of(sheet_of(SheetKind.HOST, party_content(), site="muzeum"))).pages == 1
    together = told(sheet_of(SheetKind.HOST, party_content(), site="ratusz"))
    assert "Party A" not in together
    assert "60 people" in together
    assert "Going on to" in together


def by_coach(*minutes: int) -> ReleaseContent:
    """The sample with its first legs driven so many minutes each, 20 min apart."""
    content = sample_content()
    day, itinerary = content.visit.days[0], content.itineraries[0]
    legs, at = list(itinerary.legs), itinerary.start
    for index, length in enumerate(minutes):
        part = legs[index].parts[0]
        driven = replace(
            part, kind=PartKind.DRIVE, depart=at, arrive=at + length * 60, duration_s=length * 60
        )
        leg = replace(legs[index], mode=Mode.COACH, depart=at, arrive=at + length * 60, parts=(driven,))
        legs[index] = leg
        at += length * 60 + 20 * 60
    made = replace(itinerary, legs=tuple(legs))
    visit = replace(content.visit, days=(replace(day, mode=Mode.COACH),))
    return replace(content, visit=visit, itineraries=(made,))


def test_a_driver_reads_whether_the_day_keeps_the_rules() -> None:
    kept = told(sheet_of(SheetKind.DRIVER, by_coach(30, 40)))
    assert "keep the rules" in kept
    assert "1 hr 10 min" in kept or "70 min" in kept
    broken = told(sheet_of(SheetKind.DRIVER, by_coach(150, 125)))
    assert "this day breaks the rule" in broken
    assert "(EU) 2024/1258" in broken
    assert "is not known here" in broken
    assert "No way of this day goes by coach." in told(sheet_of(SheetKind.DRIVER))


def test_a_list_has_names_or_room_for_them() -> None:
    roll = Roll(names=(("Żółć & Söhne", "A"), ("Ігор Ґудзик", "")))
    said = spoken(pdf_of(sheet_of(SheetKind.LIST, roll=roll)))
    assert "Żółć & Söhne" in said
    assert "Ігор Ґудзик" in said
    (table,) = [one for one in sheet_of(SheetKind.LIST).pages[0].blocks if one.kind == "table"]
    assert len(table.rows) > 15
    assert not any("".join(row) for row in table.rows)


def test_a_day_on_which_the_clock_goes_back_says_its_times_twice() -> None:
    """25 October 2026: 02:30 comes twice; the sheet has the times of the clock, one hour apart by it."""
    content = sample_content()
    date = dt.date(2026, 10, 25)
    clock = TownClock("Europe/Warsaw")
    moved = clock.instant(date, "01:00") - content.itineraries[0].start
    itinerary = content.itineraries[0]
    calls = tuple(
        replace(call, arrive=call.arrive + moved, start=call.start + moved, leave=call.leave + moved)
        for call in itinerary.calls
    )
    legs = tuple(replace(leg, depart=leg.depart + moved, arrive=leg.arrive + moved) for leg in itinerary.legs)
    made = replace(
        itinerary, start=itinerary.start + moved, finish=itinerary.finish + moved, calls=calls, legs=legs
    )
    visit = replace(content.visit, days=(replace(content.visit.days[0], date=date),))
    said = told(sheet_of(SheetKind.DAY, replace(content, visit=visit, itineraries=(made,))))
    assert "25 October 2026" in said
    rows = [row for row in said.splitlines() if row.startswith(("02:", "01:", "03:"))]
    assert "01:08" in rows
    second = [row for row in rows if row.replace("\u00a0", " ").startswith("02:07 (second)")]
    assert second  # two hours after 01:07 by the sun, one by the clock


def test_another_towns_clock_is_its_own() -> None:
    content = sample_content()
    helsinki = replace(content, network=replace(content.network, timezone="Europe/Helsinki"))
    assert "10:08" in told(sheet_of(SheetKind.DAY, helsinki))


def test_sheets_come_for_each_day_party_and_site() -> None:
    content = party_content()
    items = list(items_of(content, kinds_read_by(Audience.ORGANISER, list(SheetKind)), ["pl"]))
    count = {kind: sum(item.kind is kind for item in items) for kind in SheetKind}
    assert (count[SheetKind.DAY], count[SheetKind.GUIDE], count[SheetKind.GRID]) == (4, 3, 1)
    assert (count[SheetKind.HOST], count[SheetKind.POSTER]) == (5, 5)
    assert count[SheetKind.DRIVER] == 0  # nobody goes by coach
    assert count[SheetKind.LIST] == 1


def test_estimated_things_say_so_on_paper() -> None:
    said = told(sheet_of(SheetKind.DAY, ride_content()))
    assert "estimated" in said
    assert "The map is a sketch" in said
    assert "© OpenStreetMap contributors, https://www.openstreetmap.org/copyright" in said
    assert WarningCode.SKETCH_DATA


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_sheet_speaks_one_language(language: str) -> None:
    said = told(sheet_of(SheetKind.ROAD_BOOK, language=language))
    assert ("Numer alarmowy: 112" in said) is (language == "pl")
    assert ("In an emergency: 112" in said) is (language == "en")
