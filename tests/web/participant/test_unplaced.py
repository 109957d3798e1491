"""A site that is not on the map and a meal without a place, on every page that a link opens."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind, Visit
from tests.kit.web.releases import Links, released_visit

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Page, PageClient

STOPS = (
    Stop("s1", place=PlaceRef(site="stadion"), dwell_min=30),
    Stop("s2", place=PlaceRef(site="park-energii"), dwell_min=20),
    Stop("m1", StopKind.MEAL, dwell_min=45),
)
PAGES = pytest.mark.parametrize("number", range(4), ids=("visit", "its paper", "guide", "its paper"))


@pytest.fixture(scope="module")
def links(app: Flask) -> Links:
    """A day to a stadium that nobody has found yet, with lunch in a park."""
    start = DayStart(PlaceRef(site="rynek"), "10:00")
    day = Day(dt.date(2026, 12, 7), start, stops=STOPS)
    return released_visit(app, Visit({"pl": "Stadion", "en": "Stadium"}, (day,), group_size=20))


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.text)


@pytest.mark.dear
@PAGES
def test_a_way_to_a_place_not_on_the_map_keeps_a_number_with_a_question(
    pages: PageClient, links: Links, number: int
) -> None:
    english, polish = (words(pages.get(links.pages[number], language)) for language in ("en", "pl"))
    assert english.count("about 10 min?") >= 2
    assert "Not on the map yet: ways here and from here are assumed to take 10 min." in english
    assert polish.count("ok. 10 min?") >= 2
    assert "at least 0 m on foot" in english
    assert "Nie ma jeszcze na mapie: na drogę tutaj i stąd założono 10 min." in polish


@pytest.mark.dear
@PAGES
def test_a_meal_without_a_place_is_told_where_it_happens_and_that_no_food_is_near(
    pages: PageClient, links: Links, number: int
) -> None:
    page = words(pages.get(links.pages[number], "en"))
    assert "here: Skawina Meadows and Park Energii" in page
    assert "No place to eat is known within 400 m." in page


@pytest.mark.parametrize("number", [1, 3], ids=("visit", "guide"))
def test_the_paper_says_which_ways_are_only_assumed(pages: PageClient, links: Links, number: int) -> None:
    paper = words(pages.get(links.pages[number], "en"))
    assert "Not on the map yet: ways here and from here are assumed to take 10 min." in paper
    assert paper.count("On foot about 10 min?") == 2


@pytest.mark.parametrize("number", [0, 2], ids=("visit", "guide"))
def test_the_map_in_words_says_which_ways_are_not_drawn(pages: PageClient, links: Links, number: int) -> None:
    page = words(pages.get(links.pages[number], "en"))
    assert re.search(r"1\. [^.]+ is not on the map: no way is drawn there or from there\.", page)
