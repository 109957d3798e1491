"""A rotation keeps what hosts have confirmed; else it says who is asked again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.services.hosts.arranging import arrangements
from tests.kit.web.parties_desk import hidden, page_of, pages_of, send, split_desk, three
from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.desk import Desk

ROOMS = {"room-s3": "25", "room-s4": "25"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit of 60 of whose stops the museum, the second, has confirmed its time for all."""
    made = split_desk(app)
    made.post("hosts/note", host="muzeum", act="confirmed")
    return made


def confirmed(desk: Desk) -> str:
    """When the museum expects everybody."""
    with services_of(desk.app).database.session() as session:
        known = arrangements(session, desk.visit_id)["muzeum"].known
    assert known is not None
    return services_of(desk.app).town.clock.face(known.stays[0].start)


def test_a_first_split_keeps_all_together_where_a_host_has_confirmed(desk: Desk) -> None:
    send(desk, "setup", split=3)
    assert [stop.id for stop in desk.draft().days[0].stops if stop.meets] == ["s1", "s2", "m1"]


@pytest.mark.dear
def test_a_confirmed_time_survives_a_rotation(desk: Desk) -> None:
    time = confirmed(desk)
    desk.post("parties/setup", day=1, then="save", together=["s1", "s2", "m1"], **three(), **ROOMS)
    page = page_of(desk, "/proposal?day=1")
    assert f"Kept as the hosts have confirmed: Regional Museum: {time}." in page.text
    assert "To be asked again" not in page.text
    assert hidden(page, "kept") == f"s2={time}"
    desk.post("parties/accept", day=1, **{name: hidden(page, name) for name in ("routes", "cuts", "kept")})
    assert next(stop for stop in desk.draft().days[0].stops if stop.id == "s2").fixed == time
    assert "Tell the host" not in desk.page("/hosts?lang=en")


def test_who_has_to_be_asked_again_is_named_with_both_times(desk: Desk) -> None:
    time = confirmed(desk)
    desk.post(
        "parties/setup", day=1, then="save", together=["s1", "m1"], **three(), **ROOMS, **{"room-s2": "25"}
    )
    page = page_of(desk, "/proposal?day=1&again=1")
    told = next(node.text for node in page.all("div") if node.attributes.get("id") == "again")
    assert "Regional Museum: A " in told or "Regional Museum: B " in told or "Regional Museum: C " in told
    assert f"instead of {time}–" in told
    assert "Kept as the hosts" not in page.text
    assert hidden(page, "kept") == ""
    desk.post("parties/accept", day=1, **{name: hidden(page, name) for name in ("routes", "cuts", "kept")})
    assert not next(stop for stop in desk.draft().days[0].stops if stop.id == "s2").fixed
    assert "Tell the host" in desk.page("/hosts?lang=en")


@pytest.mark.dear
def test_who_is_asked_again_for_when_it_rains_is_named_loudly(app: Flask) -> None:
    """When it rains the museum's stop is at the palace, where all are confirmed at one time."""
    desk = split_desk(app)
    desk.change("rain", stop="s2", rain_site="sokol")
    desk.post("parties/setup", day=1, then="save", together=["s1", "m1"], **three(), **ROOMS)
    loud = "It moves what hosts have confirmed for when it rains. To be asked again: "
    assert loud not in page_of(desk, "/proposal?day=1").text
    desk.post("hosts/note", host="sokol!", act="confirmed")
    page = page_of(desk, "/proposal?day=1")
    [(name, now, before)] = re.findall(rf"{re.escape(loud)}([^:]+): (.+?) instead of ([\d:–]+)\.", page.text)
    assert name == "Sokół Palace cultural centre"
    assert {"A", "B", "C"} & set(now.split()), "each party at its own time"
    assert not [node for node in page.all("div") if node.attributes.get("id") == "again"]
    desk.post("parties/accept", day=1, **{name: hidden(page, name) for name in ("routes", "cuts", "kept")})
    told = pages_of(desk).get(f"/visits/{desk.visit_id}/hosts", "en").text
    assert f"was: Mon 7 Dec {before}, 60 people; now: Mon 7 Dec {now}, 60 people" in told


def test_times_that_are_none_are_refused_with_the_rotation(desk: Desk) -> None:
    send(desk, "setup", split=3)
    before = desk.base()
    send(desk, "accept", routes="[]", cuts="", kept="s2=noon")
    assert desk.base() == before
