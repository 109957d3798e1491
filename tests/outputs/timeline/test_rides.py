"""A leg by bus and one by an estimated train on the timeline, worked out by hand, and their pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import render_template

from planner.domain.itinerary import PartKind, Totals
from planner.domain.rides import Choice
from planner.domain.visits import Mode
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.steps import RideStep, WaitStep, WalkStep
from planner.words.rides import choice_text
from tests.kit.ride_samples import BUS, TRAIN, bus_leg, ride_content
from tests.kit.samples import sample_content
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.domain.itinerary import Leg
    from planner.domain.rides import Ride
    from planner.outputs.timeline.rows import LegRow


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    made = translated_app()
    with made.app_context():
        yield made


def bus_row(language: str = "en") -> LegRow:
    return build_timeline(ride_content(), 0, language).legs[0]


def ride_of(row: LegRow) -> RideStep:
    (found,) = [step for step in row.steps if isinstance(step, RideStep)]
    return found


def row_of(leg: Leg) -> LegRow:
    content = ride_content()
    day = content.itineraries[0]
    changed = replace(content, itineraries=(replace(day, legs=(leg, *day.legs[1:])),))
    return build_timeline(changed, 0, "en").legs[0]


def with_ride(ride: Ride) -> Leg:
    leg = bus_leg()
    parts = tuple(replace(part, ride=ride) if part.ride else part for part in leg.parts)
    return replace(leg, parts=parts)


def test_a_leg_by_bus_is_told_step_by_step() -> None:
    row = bus_row()
    assert (row.mode, row.mode_name, plain(row.minutes)) == ("bus", "By bus", "8 min")
    walk, wait, ride, last = row.steps
    assert isinstance(walk, WalkStep)
    assert isinstance(wait, WaitStep)
    assert isinstance(last, WalkStep)
    assert (walk.time.text, plain(walk.text)) == ("09:00", "Walk 90 m, 2 min")
    assert list(map(plain, walk.lines)) == ["Head south-east along ul. Kolejowa, 90 m", "You are there"]
    assert (wait.time.text, wait.text) == ("09:02", "Wait 1 minute")
    assert (last.time.text, plain(last.text), last.lines) == ("09:06", "Walk 80 m, 2 min", ())
    assert isinstance(ride, RideStep)
    assert (ride.line, ride.name, ride.towards) == ("253", "bus 253", "towards Wola Radziszowska")
    assert (ride.board.time.text, ride.board.place, ride.board.about) == (
        "09:03",
        "Skawina Dworzec, stand 02",
        "",
    )
    assert (ride.alight.time.text, ride.alight.place) == ("09:06", "Skawina Rynek")
    assert plain(ride.stay) == "3 min, 3 stops"
    assert [(one.time, one.name) for one in ride.passed] == [
        ("09:04", "Skawina Kolejowa"),
        ("09:05", "Skawina Sokół"),
    ]
    assert (ride.service, ride.asks) == ("", "")


def test_the_next_two_departures_and_the_last_back() -> None:
    ride = ride_of(bus_row())
    assert ride.later == "then 09:33, 10:03"
    assert ride.last_back == "last back 21:19 from Skawina Rynek"
    polish = ride_of(bus_row("pl"))
    assert polish.later == "potem 09:33, 10:03"
    assert polish.last_back == "ostatni powrót 21:19 z przystanku Skawina Rynek"
    assert polish.board.place == "Skawina Dworzec, stanowisko 02"
    bare = ride_of(row_of(with_ride(replace(BUS, following=(), last_back=None))))
    assert (bare.later, bare.last_back) == ("", "")


def test_an_estimated_train_says_so_with_every_minute() -> None:
    row = build_timeline(ride_content(), 0, "en").legs[-1]
    ride = ride_of(row)
    assert row.mode_name == "By train"
    assert (ride.line, ride.name, ride.towards) == ("", "train", "")
    assert (ride.board.about, ride.board.time.text, ride.board.platform) == ("about", "12:07", "platform 1")
    assert ride.alight.about == "about"
    assert plain(ride.service) == "estimated: about every 60 min"
    assert ride.asks == "On request: wave to get on, press the button to get off."
    assert [one.code for one in row.notices] == []
    assert plain(ride_of(build_timeline(ride_content(), 0, "pl").legs[-1]).service) == (
        "szacunkowo: mniej więcej co 60 min"
    )


def test_a_headway_with_a_timetable_is_about_but_not_estimated() -> None:
    ride = ride_of(row_of(with_ride(replace(BUS, headway_s=600, following=()))))
    assert plain(ride.service) == "about every 10 min"
    assert ride.board.about == "about"


def test_a_group_too_large_for_the_bus_is_warned() -> None:
    (found,) = bus_row().alerts
    assert found.code == "group_too_big_for_bus"
    assert found.text == "Line 253 has room for about 20: ask the carrier, or split the group."


IN_ENGLISH = (
    "Take bus 253 towards Wola Radziszowska from Skawina Dworzec (stand 02) at 09:03, 3 stops, "
    "get off at Skawina Rynek at 09:06"
)
IN_POLISH = (
    "Jedź autobusem 253 w kierunku: Wola Radziszowska, z przystanku Skawina Dworzec (stanowisko 02) o 09:03, "
    "3 przystanki, wysiądź na przystanku Skawina Rynek o 09:06"
)
ABOUT = (
    "Take train from Skawina Zachodnia (platform 1) at about 12:07, 1 stop, get off at Skawina at about 12:09"
)


def test_directions_say_the_ride_in_one_sentence() -> None:
    walk, ride, last = bus_row().parts
    assert plain(walk.title) == "On foot to the stop Skawina Dworzec: 90 m"
    assert (ride.title, ride.lines) == ("Bus 253", (IN_ENGLISH,))
    assert ride.after == "The stop before: Skawina Sokół 09:05"
    assert plain(last.title) == "On foot from the stop: 80 m"
    assert bus_row("pl").parts[1].lines == (IN_POLISH,)
    assert build_timeline(ride_content(), 0, "en").legs[-1].parts[1].lines == (ABOUT,)


def test_changing_vehicles_names_them_both_and_the_walk_between() -> None:
    leg = bus_leg()
    walk, wait, ride, last = leg.parts
    second = replace(ride, ride=replace(TRAIN, is_estimated=False, headway_s=None))
    row = row_of(replace(leg, parts=(walk, wait, ride, last, wait, second, last)))
    assert row.mode_name == "By bus, by train"
    assert [step.kind for step in row.steps] == ["walk", "wait", "ride", "walk", "wait", "ride", "walk"]
    assert plain(row.parts[2].title) == "On foot to the stop Skawina Zachodnia: 80 m"
    assert row.in_parts == (
        "bus 253 09:03 Skawina Dworzec – 09:06 Skawina Rynek; train 12:07 Skawina Zachodnia – 12:09 Skawina"
    )


def test_a_leg_by_bus_that_is_better_walked_says_so() -> None:
    leg = bus_leg()
    row = row_of(
        replace(leg, parts=tuple(one for one in leg.parts if one.kind is PartKind.WALK)[:1], choice=None)
    )
    assert (row.mode, row.mode_name, row.in_parts, row.steps) == (
        "walk",
        "On foot",
        "No slower than by bus",
        (),
    )


CHOICES = [
    (Choice(Mode.BUS, 840, Mode.WALK, 360), "The bus saves 14 min, next in 6 min"),
    (Choice(Mode.BUS, 59, Mode.WALK, 360), "By bus: nothing is quicker, next in 6 min"),
    (Choice(Mode.BUS, None, None, 0), "By bus: nothing is quicker, next in 0 min"),
    (Choice(Mode.COACH, 300, Mode.BUS), "The coach saves 5 min"),
    (Choice(Mode.WALK, 120, Mode.BUS), "On foot: no bus is quicker"),
    (Choice(Mode.WALK), "On foot: no bus is quicker"),
    (None, ""),
]


@pytest.mark.parametrize(("choice", "expected"), CHOICES)
def test_the_quickest_way_says_why(choice: Choice | None, expected: str) -> None:
    assert plain(choice_text(choice, "en")) == expected


def test_the_choice_stands_with_its_leg() -> None:
    assert plain(bus_row().choice) == "The bus saves 14 min, next in 3 min"
    assert plain(bus_row("pl").choice) == "Autobus oszczędza 14 min, najbliższy za 3 min"


def test_walking_and_riding_are_summed_apart() -> None:
    summary = build_timeline(ride_content(), 0, "en").summary
    assert (plain(summary.walking), plain(summary.riding)) == ("1.8 km", "460 m by public transport")
    content = ride_content()
    day = content.itineraries[0]
    legs = (day.legs[0], *sample_content().itineraries[0].legs[1:])
    only_bus = replace(day, legs=legs, totals=Totals(ride_m=310))
    made = build_timeline(replace(content, itineraries=(only_bus,)), 0, "en").summary
    assert plain(made.riding) == "310 m by bus"
    assert build_timeline(sample_content(), 0, "en").summary.riding == ""


def test_only_the_timetables_that_were_ridden_by_are_credited() -> None:
    assert build_timeline(ride_content(), 0, "en").imprint.services == (
        "ZTP Kraków, valid 25 March 2026 – 31 December 2026. Indicative times: check before the visit.",
        "Lines without a timetable are estimated from OpenStreetMap: check before the visit.",
    )
    assert build_timeline(sample_content(), 0, "en").imprint.services == ()


def page(app: Flask, template: str, language: str, **more: str) -> str:
    timeline = build_timeline(ride_content(), 0, language)
    with app.test_request_context(f"/?lang={language}"):
        return plain(
            " ".join(
                render_template(
                    template,
                    timeline=timeline,
                    nonce="n",
                    print_url="p",
                    map_lines=[],
                    row=timeline.legs[0],
                    **more,
                ).split()
            )
        )


def test_the_phone_page_shows_line_direction_stop_and_minute(app: Flask) -> None:
    html = page(app, "shared/_leg.html", "en")
    assert (
        '<span class="unseen">bus 253</span><span class="badge badge--bus" aria-hidden="true">253</span>'
        in html
    )
    for text in ("towards Wola Radziszowska", "Skawina Dworzec</span>, stand 02", "then 09:33, 10:03",
                 'Get off: <span class="halt-name">Skawina Rynek',
                 "last back 21:19 from Skawina Rynek"):  # fmt: skip
        assert text in html
    assert "The bus saves" not in html
    assert "<summary><span>3 min, 3 stops</span></summary>" in html
    assert html.count("Skawina Kolejowa") == 1
    assert html.count('<li class="row') == 4
    assert html.index("09:00") < html.index("Wait 1 minute") < html.index("09:03<") < html.index("09:06<")


def test_only_the_editor_says_why_the_quickest_was_chosen(app: Flask) -> None:
    html = page(app, "shared/_leg.html", "en", choose="buttons")
    assert "The bus saves 14 min, next in 3 min" in html


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_paper_of_a_party_has_the_ride_in_its_table(app: Flask, language: str) -> None:
    table = page(app, "parties/_print_table.html", language)
    assert '<td class="times__time time"><strong>09:03</strong>–09:06</td>' in table
    assert '<span class="badge badge--bus">253</span>' in table
    stand = "stand" if language == "en" else "stanowisko"
    assert f"<strong>Skawina Dworzec, {stand} 02</strong> → <strong>Skawina Rynek</strong>, 3 min" in table
    about = "about" if language == "en" else "około"
    assert f"{about}</span><strong>12:07</strong>–12:09" in table
    assert "Skawina Kolejowa" not in table
