"""The rain version on paper: what differs stands on the sheet of the day, all of it in the road book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.hosts.arrangement import SiteStay
from planner.domain.itinerary import PartKind
from planner.domain.visits import Mode, PlaceRef
from planner.domain.warnings.codes import OnCarriageway
from planner.outputs.sheets.blocks import Table, Title
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import items_of
from planner.services.paper.telling import Telling
from tests.kit.paper.made import of_many_stops, pdf_of, sheet_of, texts_of
from tests.kit.paper.readers import ReadPdf
from tests.kit.rain_sample import apart_in_rain, rain_sample, with_rain
from tests.kit.samples import HOST_PHONE, at, sample_content
from tests.kit.translated_app import plain

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.sheets.blocks import Sheet

ELSEWHERE = "5. Sokół Palace (instead of: Brine graduation tower)"


def tables(sheet: Sheet) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for page in sheet.pages for block in page.blocks if isinstance(block, Table)]


def told(sheet: Sheet) -> str:
    return plain("\n".join(texts_of(sheet)))


def test_the_sheet_of_the_day_has_a_table_of_what_differs_and_no_more() -> None:
    sheet = sheet_of(SheetKind.DAY, with_rain(*rain_sample()))
    [rows] = tables(sheet)
    there = ["11:54–12:04", f"{ELSEWHERE}\nul. Mickiewicza", "On foot 9 min, 600 m"]
    assert [plain(cell) for cell in rows[0]] == there
    assert [plain(cell) for cell in rows[1]] == ["12:09", "Sokół Palace", "On foot 2 min"]
    assert "09:00–12:09 · the guide says whether this is in force" in told(sheet)
    assert "If it rains" not in told(sheet_of(SheetKind.DAY))


@pytest.mark.dear
def test_a_full_sheet_says_it_in_fewer_words_and_keeps_its_two_sides(map_of_town: dict[str, Any]) -> None:
    for stops, said in ((12, "Sokół Palace (instead of:"), (24, "If it rains")):
        full = of_many_stops(stops)
        [day], [plan] = full.visit.days, full.itineraries
        last = replace(day.stops[-1], place=PlaceRef("sokol"))
        moved = tuple(replace(call, start=call.start + 60, leave=call.leave + 60) for call in plan.calls)
        wet = replace(
            full,
            visit=replace(full.visit, days=(replace(day, stops=(*day.stops[:-1], last)),)),
            itineraries=(replace(plan, calls=moved),),
        )
        for kind in (SheetKind.DAY, SheetKind.FOLDED):
            sheet = sheet_of(kind, with_rain(full, wet), **map_of_town)
            assert said in told(sheet), kind
            assert stops > 12 or ReadPdf.of(pdf_of(sheet)).pages == 2, kind


def test_the_road_book_has_the_whole_day_its_hosts_and_the_ways_that_differ() -> None:
    dry, wet = rain_sample()
    other = replace(
        wet.itineraries[0].legs[4].parts[0], instructions=dry.itineraries[0].legs[0].parts[0].instructions
    )
    legs = list(wet.itineraries[0].legs)
    legs[4] = replace(legs[4], parts=(other,))
    wet = replace(wet, itineraries=(replace(wet.itineraries[0], legs=tuple(legs)),))
    sheet = sheet_of(SheetKind.ROAD_BOOK, with_rain(dry, wet))
    page = next(page for page in sheet.pages if "If it rains" in str(page.blocks[0]))
    assert ELSEWHERE in str(page)
    assert "The whole day when it rains" in str(page)
    assert HOST_PHONE in str(page), "a guide in the rain calls the same host"
    assert "Kazimierza Wielkiego" not in str(page), "ways that stay as they are stand once"


def test_hosts_read_what_rain_means_for_them() -> None:
    content = with_rain(*rain_sample())
    for site, said in (
        ("teznia", "the group does not come: it goes to Sokół Palace"),
        ("muzeum", "the same"),
    ):
        assert said in told(sheet_of(SheetKind.HOST, content, site=site))
    assert "If it rains" not in told(sheet_of(SheetKind.HOST, sample_content()))


def test_the_host_of_a_place_for_rain_has_a_sheet_of_the_rain_version() -> None:
    content = with_rain(*rain_sample())
    items = [item.site for item in items_of(content, (SheetKind.HOST,), ("en",))]
    assert items.index("sokol") == items.index("teznia") + 1
    posters = [item.site for item in items_of(content, (SheetKind.POSTER,), ("en",))]
    assert posters == items
    assert "sokol" not in [item.site for item in items_of(sample_content(), (SheetKind.POSTER,), ("en",))]
    said = told(sheet_of(SheetKind.HOST, content, site="sokol"))
    only = "The group comes at this time only if it rains; the guide tells you on the day."
    assert said.startswith("Sokół Palace")
    for text in ("Only if it rains", only, "11:54–12:04", "Coming from\nRegional Museum"):
        assert text in said, text
    assert "Only if it rains" not in told(sheet_of(SheetKind.HOST, content, site="muzeum"))
    assert "Tylko w razie deszczu" in told(sheet_of(SheetKind.HOST, content, "pl", site="sokol"))


def test_the_road_book_says_what_the_host_of_a_place_for_rain_was_told() -> None:
    content = with_rain(*rain_sample())
    date = content.visit.days[0].date
    stays = (SiteStay("", at("11:50:00"), at("12:00:00"), is_rain=True),)
    known = {("sokol", date): Telling("sokol", date, 1, stays, "call", "anna", at("07:00:00"))}
    said = told(sheet_of(SheetKind.ROAD_BOOK, content, told=known))
    assert "11:50–12:00 (only if it rains)" in said
    assert "Now: 11:54–12:04 (only if it rains)" in said


def test_a_driver_reads_other_drives_and_none_where_they_stay() -> None:
    """By coach to the last stop when it rains, on foot without rain."""
    dry, wet = rain_sample()
    assert "Drives if it rains" not in told(sheet_of(SheetKind.DRIVER, with_rain(dry, wet)))
    [plan] = wet.itineraries
    ridden = replace(
        plan.legs[4], mode=Mode.COACH, parts=(replace(plan.legs[4].parts[0], kind=PartKind.DRIVE),)
    )
    driven = replace(wet, itineraries=(replace(plan, legs=(*plan.legs[:4], ridden, plan.legs[5])),))
    assert "Drives if it rains" in told(sheet_of(SheetKind.DRIVER, with_rain(dry, driven)))


def test_who_leads_reads_what_holds_in_fog_and_which_ways_are_dark() -> None:
    content = sample_content()
    [plan] = content.itineraries
    road = replace(plan.legs[3], warnings=(OnCarriageway(metres=240, column_m=18),))
    legs = (*plan.legs[:3], road, *plan.legs[4:])
    bare = replace(content, itineraries=(replace(plan, legs=legs),))
    said = "In fog a group may not walk on the carriageway: wait, or take another way to: 4 Regional Museum."
    for kind in (SheetKind.GUIDE, SheetKind.ROAD_BOOK):
        assert said in told(sheet_of(kind, bare))
        assert "In fog a group" not in told(sheet_of(kind, content))
    assert "In fog" not in told(sheet_of(SheetKind.DAY, bare)), "participants do not lead"


def test_the_day_on_one_page_has_the_table_and_stays_one_page() -> None:
    content = with_rain(*rain_sample())
    sheet = sheet_of(SheetKind.GRID, content)
    whole, differs = tables(sheet)
    assert plain(whole[4][1]) == "5. Brine graduation tower"
    assert plain(differs[0][1]).startswith(ELSEWHERE)
    assert [row[0] for row in differs] == ["11:54–12:04", "12:09"]
    assert "If it rains" not in told(sheet_of(SheetKind.GRID))


@pytest.mark.dear
@pytest.mark.parametrize("stops", [5, 14])
def test_the_day_on_one_page_is_one_page_of_pdf(stops: int) -> None:
    full = with_rain(*rain_sample()) if stops == 5 else of_many_stops(stops)
    if stops > 5:
        [day] = full.visit.days
        last = replace(day.stops[-1], place=PlaceRef("sokol"))
        wet = replace(full, visit=replace(full.visit, days=(replace(day, stops=(*day.stops[:-1], last)),)))
        full = with_rain(full, wet)
    sheet = sheet_of(SheetKind.GRID, full)
    assert "If it rains" in told(sheet)
    assert ReadPdf.of(pdf_of(sheet)).pages == 1


def test_parties_read_on_the_one_page_what_differs_for_each() -> None:
    lines = told(sheet_of(SheetKind.GRID, apart_in_rain())).splitlines()
    lunch = "5. Regional Museum (instead of: Sokół Palace)"
    assert [line for line in lines if "rains" in line] == [
        f"If it rains: 11:35–12:20 {lunch} · Party A, Party B",
        f"If it rains: 11:40–12:25 {lunch} · Party C",
    ]


@pytest.mark.parametrize(
    ("site", "said"),
    [
        ("teznia", ["If it rains: 11:54–12:04 at Sokół Palace, ul. Mickiewicza"]),
        ("muzeum", []),
    ],
)
def test_a_poster_says_where_the_group_is_in_the_rain(site: str, said: list[str]) -> None:
    lines = told(sheet_of(SheetKind.POSTER, with_rain(*rain_sample()), site=site)).splitlines()
    assert [line for line in lines if "rains" in line] == said


def poster_lines(content: ReleaseContent, site: str) -> list[str]:
    """The lines below the name on a poster."""
    title = sheet_of(SheetKind.POSTER, content, site=site).pages[0].blocks[0]
    assert isinstance(title, Title)
    return [plain(line.text) for line in title.lines]


def test_the_poster_of_a_place_for_rain_has_its_time_only_if_it_rains() -> None:
    """Not a time without rain: nobody is to stand at the door on a dry day."""
    content = with_rain(*rain_sample())
    address, _, *dated = poster_lines(content, "sokol")[:4]
    assert (address, dated) == (
        "ul. Mickiewicza",
        ["Wednesday 2 December 2026", "Only if it rains: 11:54–12:04"],
    )
    polish = told(sheet_of(SheetKind.POSTER, content, "pl", site="sokol"))
    assert polish.startswith("Pałacyk „Sokół”")
    assert "Tylko w razie deszczu: 11:54–12:04" in polish


def test_the_poster_of_a_site_visited_with_and_without_rain_has_both_times() -> None:
    """Lunch of the parties is at the museum when it rains; without rain each is there before."""
    assert poster_lines(apart_in_rain(), "muzeum")[2:4] == [
        "Wednesday 2 December 2026, 09:58–10:18, 10:30–10:50, 11:01–11:21",
        "Only if it rains: 11:35–12:20, 11:40–12:25",
    ]


def test_a_poster_says_the_other_time_of_a_group_that_comes_all_the_same() -> None:
    dry, wet = rain_sample()
    [plan] = wet.itineraries
    calls = (*plan.calls[:3], replace(plan.calls[3], start=plan.calls[3].start + 300), plan.calls[4])
    later = replace(wet, itineraries=(replace(plan, calls=calls),))
    text = told(sheet_of(SheetKind.POSTER, with_rain(dry, later), site="muzeum"))
    [line] = [line for line in text.splitlines() if "rains" in line]
    assert line.startswith("If it rains: 11:")
    assert " at " not in line
