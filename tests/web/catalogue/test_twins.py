"""Rows of a file that may be there already are asked about, and nothing is doubled unseen."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import FileStorage

from planner.domain.geo import distance_m, offset
from planner.domain.sites import Location, Quality, Site
from planner.services.catalogue.care.twins import SAME_NAME_M, SAME_PLACE_M, Twin, twins_of
from planner.services.catalogue.importing import ImportPlan, PlannedRow, RowKind
from planner.services.catalogue.reading.file import ReadFile, ReadRow
from planner.services.catalogue.text import fold
from planner.store.catalogue import StoredSite
from tests.kit.web.own_catalogue import all_of, fields, own_catalogue, post, signed, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.kit.web.pages import Page, PageClient

MIDDLE = (19.82, 49.97)
LINES = """name_pl,lat,lon,quality,address,capacity
Muzeum regionalne,{lat},{lon},exact,ul. Nowa 5,33
Tuż obok muzeum,{lat},{lon},exact,,
Gdzie indziej,49.9601,19.8001,exact,,
"""


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    with own_catalogue(tmp_path_factory.mktemp("twins") / "data") as app:
        yield _signed(app)


def _signed(app: Flask) -> PageClient:
    return signed(app, "anna")


def preview(desk: PageClient) -> Page:
    at = stored(desk, "muzeum").site.location.at
    assert at is not None
    data = LINES.format(lat=at[1] + 0.0001, lon=at[0]).encode()  # 11 m north of the museum
    token = fields(desk.get("/sites/import"))["csrf_token"]
    sent = {"csrf_token": token, "file": FileStorage(io.BytesIO(data), "sites.csv")}
    return post(desk, "/sites/import", sent, status=302)


@pytest.mark.dear
def test_what_may_be_there_is_asked_about_and_each_answer_counts(desk: PageClient) -> None:
    page, before = preview(desk), dict(all_of(desk))
    asked = {node.attributes["name"] for node in page.all("input") if node.attributes.get("type") == "radio"}
    assert asked == {"twin-2", "twin-3"}
    sent = {name: fields(page)[name] for name in ("csrf_token", "file")}
    again = post(desk, "/sites/import/confirm", sent)
    assert "Najpierw wybierz" in again.text
    assert dict(all_of(desk)) == before

    post(desk, "/sites/import/confirm", {**sent, "twin-2": "take", "twin-3": "keep"})
    now = dict(all_of(desk))
    assert len(now) == len(before) + 1
    museum = now["muzeum"]
    assert (museum.address, museum.capacity) == ("ul. Nowa 5", 33)
    kept = replace(museum, address="", capacity=None, location=Location(), name={})
    assert kept == replace(before["muzeum"], address="", capacity=None, location=Location(), name={})
    assert {one for one in before if now[one] != before[one]} == {"muzeum"}


@pytest.mark.dear
def test_two_that_are_two_come_in(desk: PageClient) -> None:
    page, before = preview(desk), len(all_of(desk))
    sent = {name: fields(page)[name] for name in ("csrf_token", "file")}
    post(desk, "/sites/import/confirm", {**sent, "twin-2": "both", "twin-3": "both"})
    assert len(all_of(desk)) == before + 3


def test_twins_are_those_that_a_plain_look_finds() -> None:
    """Some hundred sites in a square of 600 m, against every pair looked at."""
    dice = random.Random(22)  # noqa: S311 - a sample

    def made(key: str) -> Site:
        at = offset(MIDDLE, dice.uniform(0, 600), dice.uniform(0, 600)) if dice.random() < 0.9 else None
        quality = dice.choice([Quality.EXACT, Quality.NEAR, Quality.AREA]) if at else Quality.NONE
        return Site(key, {"pl": f"Miejsce {dice.randrange(60)}"}, Location(at, quality, 30.0 if at else None))

    there = {f"s{n}": StoredSite(made(f"s{n}"), 1, archived=n % 10 == 0) for n in range(120)}
    rows = tuple(
        PlannedRow(ReadRow(n, "", made(f"new{n}")), RowKind.NEW if n % 5 else RowKind.UNCHANGED)
        for n in range(120)
    )
    found = twins_of(ImportPlan(ReadFile("csv", "utf-8", ()), rows, 0), there)
    for planned in rows:
        site = planned.row.site
        assert site is not None
        close = {
            one.site.id
            for one in there.values()
            if not one.archived and planned.kind is RowKind.NEW and may_be_one(site, one.site)
        }
        twin: Twin | None = found.get(planned.row.number)
        assert (twin is None) == (not close)
        assert twin is None or twin.site.id in close
    assert 20 < len(found) < 96


def may_be_one(a: Site, b: Site) -> bool:
    here, there = a.location.at, b.location.at
    apart = None if here is None or there is None else distance_m(here, there)
    if fold(a.name["pl"]) == fold(b.name["pl"]) and (apart is None or apart <= SAME_NAME_M):
        return True
    sure = {Quality.EXACT, Quality.NEAR}
    are_sure = a.location.quality in sure and b.location.quality in sure
    return are_sure and apart is not None and apart <= SAME_PLACE_M
