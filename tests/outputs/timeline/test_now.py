"""The cards of the first screen: of the sample day worked out on paper, and of days of other shapes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.now import now_cards
from planner.outputs.timeline.rows import DayLink
from tests.kit.samples import sample_content
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.timeline.now import NowCard


@pytest.fixture(autouse=True)
def _app_context() -> Iterator[None]:
    with translated_app().app_context():
        yield


def cards(language: str = "en") -> tuple[NowCard, ...]:
    return now_cards(build_timeline(sample_content(), 0, language))


def in_short(card: NowCard) -> tuple[str, ...]:
    begins = card.begins.text if card.begins else ""
    return tuple(map(plain, (begins, card.label, card.title, card.until, *card.lines)))


def test_the_day_in_cards() -> None:
    shown = [in_short(card) for card in cards()]
    meet = "Station, main entrance on ul. Sikorskiego"
    onward = "Then 8 min on foot to Market Square: leave at 09:00"
    assert shown[:4] == [
        ("", "We meet", meet, "Wednesday 2 December 2026 at 09:00", "ul. Sikorskiego 18"),
        ("09:00", "Now", meet, "until 09:00", onward),
        ("09:00", "On the way to", "Market Square", "there at 09:08", "On foot 8 min, 480 m"),
        ("09:08", "Now", "Market Square", "until 09:23", "Then 2 min on foot to Town Hall: leave at 09:26"),
    ]
    waits = ("Begins at 09:45", "Then about 3–8 min on foot to Former synagogue (exterior): leave at 10:38")
    assert shown[5] == ("09:28", "Now", "Town Hall", "until 10:35", *waits)
    assert shown[-1] == ("12:10", "The day is over", "Thank you for coming!", "")


def test_a_card_ends_when_the_next_begins() -> None:
    for before, after in pairwise(cards()):
        assert before.ends is not None
        assert before.ends == after.begins


def test_every_card_but_the_last_counts_and_leads_into_the_list() -> None:
    made = cards("pl")
    assert all("{left}" in card.counts for card in made[:-1])
    assert [card.stop for card in made if card.kind == "stop"] == [None, 1, 2, 3, 4, 5]
    assert [card.anchor for card in made if card.kind == "leg"] == [f"way-{leg}" for leg in range(6)]
    assert made[2].label == "W drodze; cel:"


def test_in_the_evening_the_next_day_is_told() -> None:
    timeline = build_timeline(sample_content(), 0, "en")
    days = (DayLink(1, "Wed 2 Dec", is_shown=True), DayLink(2, "Thu 3 Dec", is_shown=False))
    assert now_cards(replace(timeline, days=days))[-1].lines == ("Next day: Thu 3 Dec",)
