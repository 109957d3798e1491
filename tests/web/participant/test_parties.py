"""What participants see of a delegation that splits, and what a release and its changelog keep of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from planner.services.visits.publish import publish
from planner.store import visits as store
from planner.store.models import ReleaseRow
from tests.kit.web.pages import PageClient
from tests.kit.web.parties_desk import (
    accepted,
    orders,
    pages_of,
    split_desk,
)
from tests.kit.web.releases import Links, released_visit
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.visits import Visit
    from tests.kit.web.desk import Desk
    from tests.kit.web.pages import Page


@pytest.fixture
def desk(app: Flask) -> Desk:
    return split_desk(app)


@pytest.fixture(scope="module")
def split(app: Flask) -> Visit:
    """An accepted rotation; tests only read it."""
    return accepted(split_desk(app))


@pytest.fixture(scope="module")
def links(app: Flask, split: Visit) -> Links:
    """It, published."""
    return released_visit(app, split)


def choices(page: Page) -> list[tuple[str, bool]]:
    """The parties to choose from, and whether each is shown."""
    (nav,) = [node for node in page.all("nav") if node.attributes.get("aria-label") in {"Parties", "Grupy"}]
    return [
        (node.text.strip(), node.attributes.get("aria-current") == "page")
        for node in nav.walk()
        if node.tag == "a"
    ]


def numbers(page: Page) -> list[str]:
    """The numbers of the stops in the order of the page."""
    return [
        node.text.split()[-1]
        for node in page.nodes
        if node.tag == "span" and re.fullmatch(r"disc( disc--(warn|fail))?", node.attributes.get("class", ""))
    ]


@pytest.mark.dear
def test_a_participant_chooses_a_party(app: Flask, links: Links, split: Visit) -> None:
    pages = PageClient(app)
    everyone = pages.get(links.pages[0], "en")
    assert choices(everyone) == [("All", True), ("A", False), ("B", False), ("C", False)]
    assert "In parties" in everyone.text
    assert numbers(everyone) == ["1", "5"]
    index = {stop.id: str(number) for number, stop in enumerate(split.days[0].stops, 1)}
    for name, stops in orders(split).items():
        page = pages.get(f"{links.pages[0]}?party={name}", "en")
        assert [one for one, is_shown in choices(page) if is_shown] == [name]
        assert numbers(page) == [index[stop] for stop in stops]
        assert "20 people" in page.text


@pytest.mark.dear
def test_the_choice_stays_on_the_pages_own_links(app: Flask, links: Links) -> None:
    page = PageClient(app).get(f"{links.pages[0]}?party=B", "en")
    ways = [node.attributes.get("href", "") for node in page.all("a")]
    assert f"{links.pages[1]}?party=B&lang=en" in ways
    assert "?party=B&lang=pl" in ways


@pytest.mark.dear
def test_the_choice_is_kept_over_a_day_on_which_all_stay_together(app: Flask, split: Visit) -> None:
    second = replace(split.days[0], date=split.days[0].date + timedelta(days=1), party_routes=())
    links = released_visit(app, replace(split, days=(*split.days, second)))
    page = PageClient(app).get(f"{links.pages[0]}?party=B&day=2", "en")
    assert numbers(page) == ["1", "2", "3", "4", "5"]
    assert "In parties" not in page.text
    (days,) = [node for node in page.all("nav") if node.attributes.get("aria-label") == "Days"]
    first = next(node.attributes["href"] for node in days.walk() if node.tag == "a")
    assert first == "?party=B&day=1&lang=en"


@pytest.mark.dear
def test_a_party_that_is_not_there_is_all(app: Flask, links: Links) -> None:
    pages = PageClient(app)
    assert choices(pages.get(f"{links.pages[0]}?party=Z%22%3E", "en"))[0] == ("All", True)


@pytest.mark.dear
@pytest.mark.parametrize("party", ["", "B", *(pytest.param(one, marks=pytest.mark.slow) for one in "AC")])
@pytest.mark.parametrize("language", ["pl", pytest.param("en", marks=pytest.mark.slow)])
def test_every_page_of_every_party_is_as_pages_must_be(
    app: Flask, links: Links, party: str, language: str
) -> None:
    pages = PageClient(app)
    for path in links.pages:
        page = pages.get(f"{path}?party={party}" if party else path, language)
        assert len(page.html.encode()) < 250 * 1024


@pytest.mark.dear
def test_pages_of_parties_differ_and_each_is_sent_once(app: Flask, links: Links) -> None:
    client = app.test_client()
    tags = {}
    for party in ("", "A", "B", "C"):
        path = f"{links.pages[0]}?lang=en&party={party}"
        first = client.get(path)
        tags[party] = first.headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tags[party]}).status_code == 304
    assert len(set(tags.values())) == 4


def test_a_release_from_before_there_were_parties_still_opens(app: Flask, sample: Links) -> None:
    with services_of(app).database.writing() as session:
        for row in session.query(ReleaseRow).all():
            row.content = {key: value for key, value in row.content.items() if key != "parties"}
    page = PageClient(app).get(sample.pages[0], "en")
    assert not [node for node in page.all("nav") if node.attributes.get("aria-label") == "Parties"]


def test_a_stale_rotation_is_published_as_one_group(app: Flask, split: Visit) -> None:
    day = split.days[0]
    stale = replace(split, days=(replace(day, party_routes=day.party_routes[:2]),))
    links = released_visit(app, stale)
    page = PageClient(app).get(links.pages[0], "en")
    assert numbers(page) == ["1", "2", "3", "4", "5"]


@pytest.mark.dear
def test_the_changelog_tells_of_parties_and_their_ways(desk: Desk) -> None:
    with services_of(desk.app).database.writing() as session:
        row = store.visit_row(session, desk.visit_id)
        assert row is not None
        context = services_of(desk.app)
        publish(session, context.keeper.town(), row, store.draft(session, row), context.now())
    accepted(desk)
    text = pages_of(desk).get(f"/visits/{desk.visit_id}/share", "en").text
    assert "Parties: – → A (20), B (20), C (20)" in text
    assert re.search(r"Ways of the parties: – → A: [^;]+ → [^;]+; B: ", text)
