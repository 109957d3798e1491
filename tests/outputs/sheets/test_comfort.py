"""Toilets, water and seats on sheets, and the warning for those who need a rest: to guides alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.attendees.counts import AttendeeKind, Attendees, Count
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.source import LaidOn
from tests.kit.comfortable import comfortable_content
from tests.kit.paper.made import sheet_of, texts_of
from tests.kit.samples import sample_content
from tests.kit.translated_app import plain

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

LONGEST = "longest way without a seat: 640 m, Former synagogue (exterior) → Regional Museum"
WHY = "Why: Inclusive Mobility (UK Department for Transport, 2021), section 3.4."


def told(kind: SheetKind, content: ReleaseContent, *needs: AttendeeKind) -> str:
    laid = LaidOn(Attendees(tuple(Count("", need, "", 1) for need in needs)))
    return plain("\n".join(texts_of(sheet_of(kind, content, laid=laid))))


def test_a_guide_reads_the_longest_way_and_what_nobody_knows() -> None:
    guide = told(SheetKind.ROAD_BOOK, comfortable_content())
    assert f"{LONGEST}; not known: drinking water" in guide
    assert "no seat for 380 m" in guide
    assert "toilet 120 m" in guide
    participant = told(SheetKind.DAY, comfortable_content())
    assert "toilet 120 m" in participant
    assert "no toilet within 500 m" in participant
    assert "seat" not in participant
    plain_guide = told(SheetKind.ROAD_BOOK, sample_content())
    assert "not known: toilets, drinking water, seats" in plain_guide


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        # of 310, 380, 640, 90 and 120 m
        ([AttendeeKind.SLOW], "rest after 100 m: 4 ways have no seat for longer, at most 640 m"),
        ([AttendeeKind.WHEELCHAIR], "rest after 150 m: 3 ways have no seat for longer, at most 640 m"),
        ([AttendeeKind.WHEELCHAIR, AttendeeKind.SLOW], "rest after 100 m: 4 ways"),
    ],
)
def test_who_needs_a_rest_is_thought_of(needs: list[AttendeeKind], said: str) -> None:
    guide = told(SheetKind.ROAD_BOOK, comfortable_content(), *needs)
    assert said in guide
    assert WHY in guide
    assert "rest after" not in told(SheetKind.DAY, comfortable_content(), *needs)


def test_nobody_is_warned_of_what_is_no_trouble() -> None:
    assert "rest after" not in told(SheetKind.ROAD_BOOK, comfortable_content(), AttendeeKind.HEARING_LOOP)
    content = comfortable_content()
    [itinerary] = content.itineraries
    legs = tuple(replace(leg, unseated_m=100.0) for leg in itinerary.legs)
    short = replace(content, itineraries=(replace(itinerary, legs=legs),))
    assert "rest after" not in told(SheetKind.ROAD_BOOK, short, AttendeeKind.SLOW)


def test_where_no_seats_are_known_that_is_said() -> None:
    guide = told(SheetKind.ROAD_BOOK, sample_content(), AttendeeKind.SLOW)
    assert "rest after 100 m, and the map knows of no seats" in guide
