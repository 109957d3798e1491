"""A site that is not on the map, in the editor: what its ways are assumed to take, and what is said of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Page, PageClient

STADIUM = "Municipal stadium with conference room"


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit whose second stop is nowhere yet."""
    made = open_desk(app)
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    add(made, "teznia", "stadion", "park-miejski")
    return made


def told(page: str) -> str:
    return html.unescape(page).replace("\u00a0", " ")


@pytest.mark.dear
def test_its_ways_keep_a_number_with_a_question_and_the_organiser_says_which(desk: Desk) -> None:
    page = told(desk.page())
    assert page.count("about 10 min?") == 2
    assert "ways here and from here are assumed to take 10 min" in page
    changed = told(desk.edit("spare", assumed_leg_min="25").text)
    assert desk.draft().assumed_leg_min == 25
    assert changed.count("about 25 min?") == 2
    assert "assumed to take 25 min" in changed
    assert told(desk.page("?lang=pl")).count("ok. 25 min?") == 2


@pytest.mark.dear
def test_the_field_shows_what_is_assumed_and_a_form_without_it_keeps_it(desk: Desk) -> None:
    desk.change("spare", assumed_leg_min="7")
    assert 'name="assumed_leg_min" type="number" value="7"' in desk.page("?part=settings")
    desk.change("spare", interpreter="1.5")
    assert (desk.draft().assumed_leg_min, desk.draft().interpreter) == (7, 1.5)


@pytest.mark.dear
@pytest.mark.parametrize("typed", ["0", "121", "2.5", "ten"])
def test_what_is_no_number_of_minutes_is_said_and_not_saved(desk: Desk, typed: str) -> None:
    answer = desk.edit("spare", assumed_leg_min=typed)
    assert answer.status_code == 422
    assert re.search(r'id="fault-assumed-leg" role="alert">Not saved: ', answer.text)
    assert desk.draft().assumed_leg_min == 10


def of_order(reader: PageClient, desk: Desk, language: str = "en") -> Page:
    return reader.get(f"/visits/{desk.visit_id}/proposal?day=1&objective=finish", language)


@pytest.mark.dear
def test_the_proposal_names_it_and_proves_nothing(reader: PageClient, desk: Desk) -> None:
    page = told(of_order(reader, desk).text)
    assert f"Assumed, not known: 10 min for each way to and from {STADIUM}." in page
    assert "Good, not proved: there may be a better one." in page or "No better order was found" in page
    assert "Proved" not in page
    polish = told(of_order(reader, desk, "pl").text)
    assert "Założone, bo nieznane: po 10 min na każdą drogę tam i stamtąd (Stadion Miejski)." in polish


@pytest.mark.dear
def test_a_day_whose_places_are_all_known_assumes_nothing(reader: PageClient, desk: Desk) -> None:
    desk.change("remove", stop="s2")
    assert desk.order() == ["teznia", "park-miejski"]
    page = told(of_order(reader, desk).text)
    assert "Assumed" not in page
    assert "min?" not in told(desk.page())
