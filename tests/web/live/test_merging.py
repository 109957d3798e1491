"""A party without a guide goes on with another: what its guide, its people, the desk and the others see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.live.conftest import at

if TYPE_CHECKING:
    from tests.web.live.conftest import Office


def begins(office: Office, party: str) -> dict[str, str]:
    """When a party's stops begin, as its people are told; those that are left out are not in it."""
    rows = office.told(party)["rows"]
    return {
        row["id"]: row["start"]["text"]
        for row in rows
        if row["id"] != "day-end" and row["state"] != "skipped"
    }


def offered(office: Office, party: str, other: str) -> tuple[str, str]:
    """Where a guide is offered to meet another party: the stop that is sent, and what is said of it."""
    page = (
        office.app.test_client()
        .get(f"/g/{office.tokens['guide', party]}/live?lang=en")
        .get_data(as_text=True)
    )
    form = next(one for one in page.split("<form") if f'name="other" value="{other}"' in one)
    stop = re.search(r'name="stop" value="([^"]+)"', form)
    told = re.search(r'panel-live__aside">([^<]+)<', form)
    assert stop
    assert told
    return stop[1], told[1]


@pytest.mark.dear
def test_a_party_has_the_others_stops_and_times_from_where_they_meet(office: Office) -> None:
    office.clock[0] = at("10:10")
    office.guide("A", "left", "s1", said=at("10:05"))
    office.guide("B", "left", "s1", said=at("10:15"))
    stop, told = offered(office, "A", "B")
    assert re.fullmatch(r"They meet at \d\d:\d\d: [\w ]+\.", told)
    assert office.guide("A", "merge", stop, other="B") == 200
    document = office.told("A")
    assert document["aside"] == ["Party A goes on with party B."]
    assert document["said"][0].startswith("Party A goes on with party B. They meet at")
    assert not any(text.startswith("Meet party B") for text in document["said"])
    assert document["meet"]["label"] == f"Meet party B at {told[13:18]}"
    assert document["meet"]["at"]
    assert document["with"] == {"party": "B", "text": "List and map of party B"}
    assert document["order"][-1] == "day-end"
    mine, theirs = begins(office, "A"), begins(office, "B")
    ahead = [name for name in mine if name.startswith("stop") and mine[name] > told[13:18]]
    assert ahead
    assert {name: mine[name] for name in ahead} == {name: theirs[name] for name in ahead}
    for others in ("", "B"):
        assert office.told(others)["aside"] == [f"Party A goes on with party B. {told}"]
    assert office.told("C")["aside"] == []


@pytest.mark.dear
def test_the_desk_shows_it_the_other_guide_is_told_and_undo_restores(office: Office) -> None:
    before = [office.told(party) for party in "ABC"]
    assert office.guide("A", "merge", key="the-merge-itself", other="B") == 200
    office.clock[0] = at("09:01")
    page = office.page()
    assert "Goes on with party B" in page
    assert "Party A joins you." in page
    assert page.count("They meet at 09:00: Railway station") == 2
    assert office.guide("B", "heads", "*start", people=40, phase="before") == 200
    assert "missing" not in office.page()
    office.guide("B", "note", text="All to the left")
    assert [note["text"] for note in office.told("A")["notes"]] == ["All to the left"]
    assert office.press(kind="undo", party="A", other="the-merge-itself") == 303
    after = [office.told(party) for party in "ABC"]
    for was, now in zip(before, after, strict=True):
        assert {**now, "version": 0, "notes": 0, "said": 0} == {**was, "version": 0, "notes": 0, "said": 0}


@pytest.mark.dear
def test_who_are_too_many_for_a_room_together_is_told_to_the_guide(office: Office) -> None:
    office.guide("A", "merge", other="B")
    assert "Market Square: Room for 25, the group has 40." in office.page()
    assert "Town Hall: Room" not in office.page()  # there all meet anyway
