"""The timeline of the sample day, worked out on paper, and the pages made from it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from flask import render_template
from markupsafe import Markup

from planner.domain.itinerary import Call, Leg
from planner.domain.visits import LegBuffers, Mode, PlaceRef
from planner.domain.warnings.codes import WarningCode
from planner.outputs.maps.visit import map_stops, visit_map
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.phrases import contact_of
from planner.streets.query.layers import LayerKind
from tests.kit.layers import feature, layers_of
from tests.kit.maps.on_paper import render_svg
from tests.kit.samples import HOST_PHONE, TOWER, at, lunch_stop, sample_content, sample_visit
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.domain.releases import ReleaseContent
    from planner.outputs.timeline.rows import LegRow, StopRow, Timeline

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def app() -> Iterator[Flask]:
    made = translated_app()
    with made.app_context():
        yield made


@pytest.fixture
def english(app: Flask) -> Timeline:
    del app
    return build_timeline(sample_content(), 0, "en")


def stop_in_short(row: StopRow) -> tuple[int, str, str, str, int, str]:
    return row.number, row.times, row.name, plain(row.dwell), row.wait_min, row.slack


def leg_in_short(row: LegRow) -> tuple[str, ...]:
    return tuple(
        map(plain, (row.depart.text, row.mode_name, row.minutes, row.distance, row.gather, row.estimated))
    )


def test_the_rows_come_in_the_order_of_the_day(english: Timeline) -> None:
    kinds = "start leg stop leg stop leg stop leg stop leg stop leg end"
    assert [row.kind for row in english.rows] == kinds.split()


def test_stops_say_when_how_long_and_with_how_much_to_spare(english: Timeline) -> None:
    assert [tuple(map(plain_or_same, stop_in_short(row))) for row in english.stops] == [
        (1, "09:08–09:23", "Market Square", "15 min", 0, "17 min to spare"),
        (2, "09:45–10:35", "Town Hall", "50 min", 17, "17 min to spare"),
        (3, "10:44–10:54", "Former synagogue (exterior)", "10 min", 0, "3 min to spare"),
        (4, "11:07–11:42", "Regional Museum", "35 min", 0, ""),
        (5, "11:52–12:02", "Brine graduation tower", "10 min", 0, ""),
    ]


def plain_or_same(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def test_legs_add_up_with_the_clock_and_say_what_is_not_known(english: Timeline) -> None:
    assert [leg_in_short(row) for row in english.legs] == [
        ("09:00", "On foot", "8 min", "480 m", "", ""),
        ("09:26", "On foot", "2 min", "", "Gather: 3 min", ""),
        ("10:38", "On foot", "about 3–8 min", "380 m", "Gather: 3 min", ""),
        ("10:57", "On foot", "about 7–12 min", "640 m", "Gather: 3 min", ""),
        ("11:45", "On foot", "7 min", "410 m", "Gather: 3 min", "incl. 120 m of unconfirmed path"),
        ("12:05", "On foot", "5 min", "330 m", "Gather: 3 min", ""),
    ]


def test_a_way_is_drawn_as_unconfirmed_only_where_most_of_it_is(app: Flask) -> None:
    del app
    content = sample_content()
    day = content.itineraries[0]
    legs = list(day.legs)
    legs[4] = replace(legs[4], estimated_m=206.0)
    changed = replace(content, itineraries=(replace(day, legs=tuple(legs)),))
    assert not any(row.is_mostly_estimated for row in build_timeline(content, 0, "en").legs)
    assert [row.index for row in build_timeline(changed, 0, "en").legs if row.is_mostly_estimated] == [4]


def test_directions_stand_with_their_leg_and_none_where_nobody_turns(english: Timeline) -> None:
    assert list(map(plain, english.legs[4].directions)) == [
        "Head south along ul. Adama Mickiewicza, 110 m",
        "Turn right onto a park path, 180 m",
        "Turn left onto a path, 120 m",
        "You are there",
    ]
    assert english.legs[1].directions == ()


def test_a_warning_stands_where_it_bites(english: Timeline) -> None:
    found = [
        (row.kind, one.code, one.tone) for row in english.rows if row.kind != "start" for one in row.notices
    ]
    assert found == [
        ("stop", "site_unconfirmed", "note"),
        ("stop", "location_approximate", "note"),
        ("stop", "tight", "warn"),
        ("stop", "over_capacity", "warn"),
        ("leg", "not_step_free", "fail"),
        ("stop", "hours_unknown", "note"),
        ("end", "late", "fail"),
    ]
    assert [one.code for one in english.notices] == ["sketch_data"]
    assert english.rows[-1].kind == "end"
    assert english.summary.warning_count == 4


def test_a_warning_that_a_leg_repeats_is_said_once(app: Flask) -> None:
    del app
    content = sample_content()
    day = content.itineraries[0]
    legs = list(day.legs)
    legs[4] = replace(legs[4], warnings=(warned(WarningCode.NOT_STEP_FREE), warned(WarningCode.LONG_WALK)))
    changed = replace(content, itineraries=(replace(day, legs=tuple(legs)),))
    assert [one.code for one in build_timeline(changed, 0, "en").legs[4].notices] == [
        "not_step_free",
        "long_walk",
    ]


def test_the_polish_day_in_numbers(app: Flask) -> None:
    del app
    made = build_timeline(sample_content(), 0, "pl")
    summary = made.summary
    assert (made.title, made.date, made.town) == ("Skawina się zmienia", "środa, 2 grudnia 2026", "Skawina")
    assert (made.meeting_time.text, made.meeting_time.iso) == ("09:00", "2026-12-02T09:00:00+01:00")
    assert plain(f"{summary.start} {summary.finish} {summary.walking}") == "09:00 12:10 2,2 km"
    assert (summary.stops, summary.people, summary.warnings) == ("5 przystanków", "25 osób", "4 ostrzeżenia")
    assert made.stops[1].wait == "Czekamy 17 minut"
    assert made.stops[0].facts.replace("\u00a0", " ") == "15 min · na zewnątrz · bez schodów"
    assert made.imprint.release == "Wersja 3, opublikowana 24 listopada 2026 o 14:05"
    assert made.imprint.sketch.startswith("Mapa jest szkicem: 18% dróg")


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, "minutę"), (3, "minuty"), (5, "minut"), (22, "minuty")]
)
def test_polish_counts_its_minutes_in_three_forms(app: Flask, minutes: int, expected: str) -> None:
    del app
    content = sample_content()
    day = content.itineraries[0]
    start = day.calls[0].start + minutes * 60
    calls = (replace(day.calls[0], start=start, leave=start + 900), *day.calls[1:])
    made = build_timeline(replace(content, itineraries=(replace(day, calls=calls),)), 0, "pl")
    assert made.stops[0].wait == f"Czekamy {minutes} {expected}"


def with_lunch_last() -> ReleaseContent:
    """The day ends with a meal that has no place; nobody walks to it, and no end is named."""
    content = sample_content()
    visit, planned = content.visit, content.itineraries[0]
    day = replace(visit.days[0], end=None, stops=(*visit.days[0].stops, lunch_stop()))
    meal = Call(5, "lunch", at("12:02:00"), at("12:02:00"), at("12:47:00"), 0, None)
    stays = Leg(Mode.WALK, 0, 0, at("12:02:00"), at("12:02:00"))
    changed = replace(
        planned,
        calls=(*planned.calls, meal),
        legs=(*planned.legs[:5], stays),
        finish=at("12:47:00"),
        warnings=(),
    )
    return replace(content, visit=replace(visit, days=(day,)), itineraries=(changed,))


def test_a_meal_without_a_place_is_a_stop_without_a_way(app: Flask) -> None:
    del app
    made = build_timeline(with_lunch_last(), 0, "pl")
    assert [row.kind for row in made.rows[-3:]] == ["stop", "stop", "end"]
    assert (made.stops[-1].name, made.stops[-1].number) == ("Posiłek", 6)
    assert made.rows[-1].kind == "end"
    assert (made.rows[-1].name, made.rows[-1].time.text) == ("", "12:47")
    assert made.summary.warnings == ""


def test_a_second_day_meets_where_it_begins_and_links_to_the_first(app: Flask) -> None:
    del app
    content = sample_content()
    first = content.visit.days[0]
    days = (first, replace(first, date=first.date + dt.timedelta(days=1)))
    visit = replace(content.visit, days=days)
    two_days = replace(content, visit=visit, itineraries=content.itineraries * 2)
    made = build_timeline(two_days, 1, "en")
    assert made.meeting_point == "Station and library"
    assert [(one.number, one.label, one.is_shown) for one in made.days] == [
        (1, "Wed 2 Dec", False),
        (2, "Thu 3 Dec", True),
    ]
    for missing in (2, -1):
        with pytest.raises(IndexError):
            build_timeline(two_days, missing, "en")


@pytest.mark.parametrize(
    ("text", "name", "phone", "dial"),
    [
        ("Anna Żak, +48 123 456 789", "Anna Żak", "+48 123 456 789", "+48123456789"),
        ("tel. 12 277-01-00 (Jan Lis)", "tel. (Jan Lis)", "12 277-01-00", "122770100"),
        ("Anna Żak", "Anna Żak", "", ""),
        ("", "", "", ""),
    ],
)
def test_the_coordinator_can_be_dialled(text: str, name: str, phone: str, dial: str) -> None:
    found = contact_of(text)
    assert (found.name, found.phone, found.dial) == (name, phone, dial)


class Page(HTMLParser):
    """What a page is made of: its elements with an id, its links, and whatever a policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.refused: list[str] = []
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []
        self.language = found.get("lang") or "" if tag == "html" else self.language
        self.refused += [name for name in found if name == "style" or name.startswith("on")]
        if tag in ("style", "iframe") or (tag == "script" and not {"nonce", "src"} & set(found)):
            self.refused.append(tag)


def rendered(app: Flask, template: str, content: ReleaseContent, language: str) -> str:
    with app.test_request_context(f"/?lang={language}"):
        return render_template(
            template,
            timeline=build_timeline(content, 0, language),
            map_html=Markup('<div id="map_1"></div>'),
            map_script=Markup("void 0;"),
            map_libraries=["vendor/leaflet/leaflet.js"],
            map_svg=Markup("<svg></svg>"),
            nonce="n0nce",
            print_url="print",
            files_url="files",
            page_url="..",
        )


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_phone_page_links_its_stops_its_map_its_print_and_its_source(app: Flask, language: str) -> None:
    page = Page(rendered(app, "participant/page.html", sample_content(), language))
    assert page.language == language
    assert page.refused == []
    assert [one for one in page.ids if one.startswith("stop-")] == [f"stop-{n}" for n in range(1, 6)]
    assert len(page.ids) == len(set(page.ids))
    other = "pl" if language == "en" else "en"
    to_there = [link for link in page.links if link.startswith(("geo:", "maps:"))]
    assert len(to_there) == 2 * 5
    assert [link for link in page.links if link not in to_there] == [
        "#timetable",
        f"?lang={other}",
        "tel:+48123456789",
        "files",
        "print",
        "print",
        "https://www.openstreetmap.org/copyright",
        *(f"/{owed}?lang={language}" for owed in ("accessibility", "privacy", "contact")),
        "#timetable",
        "#map",
    ]


def evil_content() -> ReleaseContent:
    """The sample with markup in every field that somebody types."""
    content = sample_content()
    words = {"en": EVIL}
    sites = {
        key: replace(site, name=words, summary=words, description=words, address=EVIL)
        for key, site in content.sites.items()
    }
    visit = content.visit
    stops = tuple(replace(stop, note=words) for stop in visit.days[0].stops)
    start = replace(visit.days[0].start, place=PlaceRef("dworzec-biblioteka", name=words))
    day = replace(visit.days[0], stops=stops, start=start)
    planned = content.itineraries[0]
    comment = warned(WarningCode.BY_APPOINTMENT, stop=0, params={"comment": EVIL})
    return replace(
        content,
        sites=sites,
        visit=replace(visit, title=words, meeting_point=words, coordinator=EVIL, days=(day,)),
        itineraries=(replace(planned, warnings=(*planned.warnings, comment)),),
        network=replace(content.network, name=EVIL, credit=EVIL, data_date=EVIL),
    )


def test_markup_in_any_field_stays_text(app: Flask) -> None:
    text = rendered(app, "participant/page.html", evil_content(), "en")
    assert EVIL not in text
    assert text.count("&lt;script&gt;") > 15


def test_the_host_is_never_shown_to_participants(app: Flask) -> None:
    text = rendered(app, "participant/page.html", sample_content(), "pl")
    assert HOST_PHONE not in text
    assert "host@example.org" not in text


@pytest.mark.parametrize("status", [400, 404, 405, 422, 429, 500, 503])
def test_an_error_page_says_what_to_do_in_polish(app: Flask, status: int) -> None:
    with app.test_request_context("/?lang=pl"):
        text = render_template("shared/error.html", language="pl", status=status, message=EVIL)
    assert f"Błąd {status}" in text
    assert EVIL not in text
    assert Page(text).language == "pl"


def test_what_is_kept_in_reserve_is_not_called_waiting(app: Flask) -> None:
    """Five minutes kept before the talk of 17 min after coming, and two minutes after every walk."""
    visit = sample_visit()
    day = visit.days[0]
    stops = tuple(replace(stop, buffer_min=5 if stop.id == "s2" else 0) for stop in day.stops)
    kept = replace(visit, days=(replace(day, stops=stops),), buffers=LegBuffers(walk_min=2))
    content = replace(sample_content(), visit=kept)
    del app
    told = [plain(build_timeline(content, 0, language).stops[1].wait) for language in ("en", "pl")]
    assert told == ["7 min in reserve, then: wait 10 minutes", "7 min zapasu, potem: czekamy 10 minut"]


def test_a_meal_without_a_place_is_told_and_drawn_where_the_group_is(app: Flask) -> None:
    del app
    content = with_lunch_last()
    for language, words in (("en", "here: Brine graduation tower"), ("pl", "tutaj: Tężnia solankowa")):
        timeline = build_timeline(content, 0, language)
        *others, lunch = timeline.stops
        assert lunch.here == words
        assert words in lunch.facts
        assert not any(row.here for row in others)
        *sites, meal = map_stops(content, timeline)
        assert (meal.number, meal.at, meal.here, meal.lines) == (6, TOWER, True, (words,))
        assert not any(stop.here for stop in sites)


def test_a_way_to_a_site_that_is_not_on_the_map_has_a_number_with_a_question(app: Flask) -> None:
    del app
    content = sample_content()
    day = content.itineraries[0]
    start = at("10:38:00")
    guess = Leg(Mode.WALK, None, 600, start, start + 600, assumed=True)
    legs = (*day.legs[:2], guess, *day.legs[3:])
    changed = replace(content, itineraries=(replace(day, legs=legs),))
    told = [plain(build_timeline(changed, 0, language).legs[2].minutes) for language in ("en", "pl")]
    assert told == ["about 10 min?", "ok. 10 min?"]


def test_a_meal_without_a_place_is_a_light_square_on_the_map_of_the_paper(app: Flask) -> None:
    del app
    content = with_lunch_last()
    street = feature(LayerKind.PATH, [TOWER, (19.83, 49.98)])
    drawn = visit_map(content, build_timeline(content, 0, "en"), layers_of([street]))
    assert drawn is not None
    paper = render_svg(drawn, 180, 120)
    discs = re.findall(
        r'<(circle|rect) [^>]*fill="(#\w+)" stroke="#\w+" stroke-width="0.5" data-stop="(\w+)"', paper
    )
    assert [kind for kind, _, _ in discs].count("rect") == 1
    assert {fill for kind, fill, _ in discs if kind == "circle"} == {"#111111"}
    assert {fill for kind, fill, _ in discs if kind == "rect"} == {"#ffffff"}
    assert len(discs) == 6
