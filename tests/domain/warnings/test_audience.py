"""Who reads what: every code of a warning by audience, and what is left out of a release."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.warnings.audience import (
    FACTS,
    RISKS,
    TASKS,
    Audience,
    is_read_by,
    itinerary_for,
    release_for,
)
from planner.domain.warnings.codes import Late, NoCoach, NoService, NoWay, WarningCode
from tests.kit.samples import HOST_PHONE, sample_content
from tests.kit.warned import warned

P, G, DESK = Audience
READERS = {
    "closed": {G, DESK},
    "late": {G, DESK},
    "tight": {G, DESK},
    "hours_unknown": {G, DESK},
    "by_appointment": {G, DESK},
    "no_way": {P, G, DESK},
    "long_walk": {P, G, DESK},
    "far_from_streets": {P, G, DESK},
    "location_approximate": {P, G, DESK},
    "not_placed": {P, G, DESK},
    "site_unconfirmed": {G, DESK},
    "step_free_unknown": {P, G, DESK},
    "not_step_free": {P, G, DESK},
    "over_capacity": {G, DESK},
    "precedence": {DESK},
    "off_main_network": {G, DESK},
    "sketch_data": {P, G, DESK},
    "coach_unchecked": {G, DESK},
    "long_kerb_walk": {P, G, DESK},
    "no_service": {G, DESK},
    "service_estimated": {P, G, DESK},
    "timetable_outdated": {G, DESK},
    "group_too_big_for_bus": {G, DESK},
    "clock_change": {DESK},
    "on_request": {P, G, DESK},
    "no_food_near": {P, G, DESK},
    "hiking_path": {P, G, DESK},
    "steep_way": {P, G, DESK},
    "long_climb": {P, G, DESK},
    "ferry": {P, G, DESK},
    "coach_stop": {G, DESK},
    "coach_turns": {G, DESK},
    "gate_wait": {P, G, DESK},
    "entry_at": {P, G, DESK},
    "way_hours_unread": {G, DESK},
    "on_carriageway": {G, DESK},
    "driving_time": {G, DESK},
    "interpreter_alone": {DESK},
}


def test_every_code_has_its_readers() -> None:
    assert READERS.keys() == {code.value for code in WarningCode}
    assert sorted([*FACTS, *RISKS, *TASKS]) == sorted(WarningCode), "a code stands nowhere, or twice"


@pytest.mark.parametrize("code", list(WarningCode))
def test_a_warning_is_for_its_readers(code: WarningCode) -> None:
    assert {one for one in Audience if is_read_by(warned(code), one)} == READERS[code.value]


def test_how_a_plan_is_written_is_no_risk_of_the_day() -> None:
    spelling = Late(limit="00:30", next_day="00:30+1")
    carrier = NoService(lines="S1, S2")
    for warning in (spelling, carrier):
        assert {one for one in Audience if is_read_by(warning, one)} == {DESK}


def test_what_to_do_about_a_coach_is_told_to_the_organiser() -> None:
    day = sample_content().itineraries[0]
    shut = replace(day, warnings=(NoWay(leg=1, coach=NoCoach.NO_KERB_NEAR),))
    told = {one: itinerary_for(shut, one).warnings for one in Audience}
    assert told == {P: (NoWay(leg=1),), G: (NoWay(leg=1),), DESK: shut.warnings}


def test_participants_see_no_host_no_note_for_guides_and_no_slack() -> None:
    content = sample_content()
    noted = {key: replace(site, notes={"en": "Ring twice"}) for key, site in content.sites.items()}
    content = replace(content, sites=noted)
    assert HOST_PHONE in str(content)
    assert HOST_PHONE in str(release_for(content, G))
    assert "Ring twice" in str(release_for(content, G))
    for_them = release_for(content, P)
    assert HOST_PHONE not in str(for_them)
    assert "Ring twice" not in str(for_them)
    assert {call.slack_s for call in for_them.itineraries[0].calls} == {None}
    assert release_for(content, DESK) is content
