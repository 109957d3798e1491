"""The editor of a split draft: whose day is shown beside the days, and a party's day as the split has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import FULL
from tests.kit.web.parties_desk import accepted, orders, pages_of, split_desk

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.desk import Desk
    from tests.kit.web.pages import Page


@pytest.fixture
def desk(app: Flask) -> Desk:
    return split_desk(app)


def editor(desk: Desk, query: str = "", language: str = "en") -> Page:
    return pages_of(desk).get(f"/visits/{desk.visit_id}{query}", language)


def tabs(page: Page) -> list[tuple[str, bool]]:
    links = [link for link in page.all("a") if "party=" in link.attributes["href"]]
    return [(link.text.strip(), link.attributes.get("aria-current") == "page") for link in links]


@pytest.mark.dear
def test_a_day_that_is_not_split_is_of_the_whole_group(desk: Desk) -> None:
    assert tabs(editor(desk)) == []
    assert editor(desk, "?party=A").text == editor(desk).text


def test_a_party_has_the_order_and_the_times_of_the_split(desk: Desk) -> None:
    routes = orders(accepted(desk))
    stops = [stop.id for stop in desk.draft().days[0].stops]
    whole = editor(desk)
    assert tabs(whole) == [("A", False), ("B", False), ("C", False)]
    looks: dict[str, set[str]] = {}
    for name, route in routes.items():
        for language in ("en", "pl") if FULL else ("pl",):
            page = editor(desk, f"?party={name}", language)
            assert (name, True) in tabs(page)
            numbers = [
                row.attributes["data-on-map"] for row in page.all("li") if row.attributes.get("data-at")
            ]
            assert [stops[int(number) - 1] for number in numbers] == route
        assert not [one for one in page.all("form") if "/edit/" in one.attributes.get("action", "")]
        links = [link.attributes["href"] for link in page.all("a")]
        assert any(link.startswith(f"/visits/{desk.visit_id}/parties") for link in links)
        (script,) = [one for one in page.all("script") if one.attributes.get("id") == "map-state"]
        state = json.loads("".join(map(str, script.children)))
        looks[name] = {leg["party"] for leg in state["legs"]}
    assert looks == {"A": {"a"}, "B": {"b"}, "C": {"c"}}


@pytest.mark.dear
def test_a_partys_day_is_drawn_to_scale_in_its_own_order(desk: Desk) -> None:
    """Each stay leads to its row below, by its number in the day; nothing can be taken hold of."""
    stops = [stop.id for stop in accepted(desk).days[0].stops]
    for name, route in orders(desk.draft()).items():
        page = editor(desk, f"?party={name}")
        stays = [one for one in page.all("a") if "strip__stay" in one.attributes.get("class", "")]
        numbers = [int(stay.attributes["href"].removeprefix("#stop-")) for stay in stays]
        assert [stops[number - 1] for number in numbers] == route
        assert {f"stop-{number}" for number in numbers} <= {
            row.attributes.get("id", "") for row in page.all("li")
        }
        assert not any("data-show" in stay.attributes for stay in stays)
        assert not any("data-edge" in one.attributes for one in page.all("rect"))


@pytest.mark.dear
def test_a_party_that_is_not_there_is_the_whole_group(desk: Desk) -> None:
    accepted(desk)
    assert [is_shown for _, is_shown in tabs(editor(desk, "?party=Z"))] == [False] * 3
