"""What phones are told of the way to where a guide calls to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planner.outputs.live.walk import thinned
from tests.web.live.conftest import at

if TYPE_CHECKING:
    from tests.web.live.conftest import LiveDay, Office

NEAR: dict[str, Any] = {"lon": 19.8275, "lat": 49.9752}
"""In the middle of Skawina."""


@pytest.mark.dear
def test_the_way_is_told_until_the_call_is_taken_back(live: LiveDay) -> None:
    live.clock[0] = at("09:35")
    live.press("arrived", "museum")
    live.press("meet", key="first-call", until="12:15", **NEAR)
    answer = live.ask()
    walk = answer.get_json()["meet"]["walk"]
    assert walk["text"].startswith(f"{walk['minutes']}\u00a0min on foot (")
    assert walk["text"].endswith(") from Regional Museum")
    assert walk["minutes"] == -(-walk["metres"] * 60 // 4000)  # the visit's 4 km/h, begun minutes whole
    assert walk["line"] == [[round(lon, 5), round(lat, 5)] for lon, lat in walk["line"]]
    assert walk["line"][-1] == [NEAR["lon"], NEAR["lat"]]
    assert live.told(lang="pl")["meet"]["walk"]["text"].endswith(") od: Muzeum Regionalne")
    assert live.ask(answer.headers["ETag"]).status_code == 304
    live.press("undo", other="first-call")
    assert live.told()["meet"] is None


@pytest.mark.dear
def test_a_call_off_the_streets_is_shown_as_ever(live: LiveDay) -> None:
    live.press("meet", text="In the fields", until="12:15", lon=19.5, lat=49.5)
    live.press("note", text="Without a point nobody is led anywhere")
    meet = live.told()["meet"]
    assert (meet["label"], meet["at"], meet["walk"]) == ("Meet at 12:15", [19.5, 49.5], None)
    live.press("meet", text="At the gate", until="12:20")
    assert live.told()["meet"]["walk"] is None


def test_each_party_is_led_from_where_it_is(office: Office) -> None:
    office.guide("A", "arrived", "m1")
    assert office.press(kind="meet", party="", text="At the bus", until="12:30", **NEAR) == 303
    told = {party: office.told(party)["meet"]["walk"] for party in ("A", "B", "")}
    assert told["A"]["text"].endswith("from Obiad")
    assert told["B"]["text"].endswith("from Railway station and main public library")
    assert told[""] is None  # all parties at once: each comes from somewhere else


def test_a_line_is_thinned_to_its_bends() -> None:
    bend = [(20.0, 50.0), (20.0, 50.0012345), (20.00001, 50.002), (20.0, 50.003), (20.002, 50.003)]
    assert thinned(bend) == [(20.0, 50.0), (20.0, 50.003), (20.002, 50.003)]
