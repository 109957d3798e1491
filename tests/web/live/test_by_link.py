"""The day behind a secret link: guides press, participants are told, and nobody else can do anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.kit.web.pages import PageClient
from tests.web.live.conftest import at

if TYPE_CHECKING:
    from tests.web.live.conftest import LiveDay


def titles(document: dict[str, object]) -> dict[str, tuple[str, str]]:
    """The stops of an answer: when they begin, and what was planned."""
    rows = document["rows"]
    assert isinstance(rows, list)
    return {row["id"]: (row["start"]["text"], row["was"]) for row in rows if row["id"].startswith("stop")}


@pytest.mark.dear
def test_nothing_said_is_nothing_told_and_a_second_question_costs_nothing(live: LiveDay) -> None:
    first = live.ask()
    document = first.get_json()
    assert (document["cards"], document["rows"], document["late"], document["changes"]) == ([], [], "", [])
    again = live.ask(first.headers["ETag"])
    assert again.status_code == 304
    assert again.get_data() == b""
    assert again.headers["Visit-Time"] == str(at("09:00"))
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.dear
def test_a_press_reaches_every_phone(live: LiveDay) -> None:
    tag = live.ask().headers["ETag"]
    live.clock[0] = at("09:53")
    assert live.press("left", "*start").get_json() == {"rehearsal": False, "repeated": False}
    answer = live.ask(tag)
    assert answer.status_code == 200
    document = answer.get_json()
    assert titles(document)["stop-1"] == ("09:58", "planned 09:28")
    assert titles(document)["stop-2"] == ("10:37", "planned 10:30")
    assert document["late"] == "30\u00a0min late"
    assert document["changes"][0] == "Regional Museum at 09:58 instead of 09:28"
    assert document["cards"][2]["until"] == "there at 09:58"
    assert document["said"] == ["30\u00a0min late", "Regional Museum at 09:58 instead of 09:28"]
    polish = live.told(lang="pl")
    assert polish["version"] == document["version"]


@pytest.mark.dear
def test_what_is_sent_twice_counts_once(live: LiveDay) -> None:
    for is_repeated in (False, True):
        answer = live.press("shift", "museum", minutes=5, key="the-same-key")
        assert answer.get_json()["repeated"] is is_repeated
    assert (
        live.panel().count("+5\u00a0min: Regional Museum") == 2
    )  # in the log, and on the button that undoes it


def test_a_guide_without_a_signal_sends_later_in_any_order(live: LiveDay) -> None:
    live.clock[0] = at("11:00")
    live.press("arrived", "hall", said=at("10:33") - 60, offset=60)
    live.press("left", "museum", said=at("10:20"))
    live.press("left", "*start", said=at("09:30"))
    late = titles(live.told())
    assert late["stop-2"] == ("10:33", "planned 10:30")
    live.press("arrived", "park", said=at("15:00"))
    assert live.told()["cards"][-1]["begins"].startswith("2026-11-30T11:")


def test_undo_takes_back_what_the_same_hand_has_said(live: LiveDay) -> None:
    before = live.told()
    live.press("skip", "park", key="first-guide-skips", hand="one")
    assert live.told()["changes"] == ["City Park is left out", "End at 11:09 instead of 11:40"]
    live.press("undo", other="first-guide-skips", hand="two")
    assert live.told()["changes"]
    live.press("undo", other="first-guide-skips", hand="one")
    after = live.told()
    assert {**after, "version": ""} == {**before, "version": ""}


def test_notes_and_meetings_are_told_and_private_ones_are_not(live: LiveDay) -> None:
    live.press("note", text="Umbrellas, please <b>")
    live.press("private", text="The host is called Ewa")
    live.press("meet", text="At the fountain", until="12:15", lon=19.82, lat=49.97)
    document = live.told()
    assert [note["text"] for note in document["notes"]] == ["Umbrellas, please <b>"]
    assert document["meet"]["label"] == "Meet at 12:15"
    assert document["meet"]["at"] == [19.82, 49.97]
    assert document["said"] == ["Meet at 12:15: At the fountain", "Umbrellas, please <b>"]
    assert document["cards"] == []
    assert "Ewa" not in str(document)
    page = live.panel()
    assert "The host is called Ewa" in page
    assert "Umbrellas, please &lt;b&gt;" in page


def test_heads_are_counted_and_who_is_missing_is_told_to_the_guide_alone(live: LiveDay) -> None:
    live.press("heads", "*start", people=20)
    live.press("heads", "museum", people=18, phase="after")
    page = live.panel()
    assert "Regional Museum, at the end: 18" in page
    assert "2 people are missing" in page
    assert "18" not in str(live.told()["aside"])


def test_remedies_are_offered_with_what_they_bring(live: LiveDay) -> None:
    live.clock[0] = at("10:10")
    live.press("left", "*start")
    page = live.panel()
    assert "10\u00a0min shorter at City Park" in page
    assert "Skip City Park" in page
    assert "Skip Town Hall" not in page


def test_whoever_leads_is_asked_once_and_another_guide_only_finds_it(live: LiveDay) -> None:
    live.clock[0] = at("10:10")
    live.press("left", "*start", hand="first")
    live.press("lead", hand="second")

    def asked(hand: str) -> bool:
        page = live.panel(hand=hand)
        assert "Skip City Park" in page
        return "Go on as it is" in page

    assert (asked("first"), asked("second")) == (False, True)
    assert "Another guide leads now." in live.panel(hand="first")
    assert "Another guide leads now." not in live.panel(hand="second")
    form = live.panel(hand="second").split('name="kind" value="keep"')[1].split("</form>")[0]
    late = re.search(r'name="minutes" value="(\d+)"', form)
    assert late
    live.press("keep", minutes=int(late[1]), hand="second")
    assert not asked("second")
    assert f"Goes on as it is, {late[1]}\u00a0min late" in live.panel(hand="second")


def test_before_the_day_one_rehearses_and_nobody_is_told(live: LiveDay) -> None:
    live.clock[0] -= 4 * 86_400
    tag = live.ask(day="1").headers["ETag"]
    assert live.press("left", "*start").get_json()["rehearsal"] is True
    live.press("arrived", "museum")
    page = live.panel()
    assert "Rehearsal." in page
    assert "At Regional Museum" in page
    told = re.findall(r"(\d\d:\d\d)</span> <span>(Left|Arrived)", page)
    assert told == [("09:27", "Arrived"), ("09:23", "Left")]
    assert live.ask(tag, day="1").status_code == 304
    live.app.test_client().post(f"/g/{live.links.guide}/rehearsal/end?day=1")
    assert "At Railway station" in live.panel()
    live.clock[0] = at("09:00")
    assert "Rehearsal." not in live.panel()


@pytest.mark.dear
@pytest.mark.parametrize(
    "body",
    [
        {"kind": "dance"},
        {"kind": "arrived", "stop": "nowhere"},
        {"kind": "arrived"},
        {"kind": "note", "text": " "},
        {"kind": "note", "text": "x" * 301},
        {"kind": "shift", "stop": "museum", "minutes": 1000},
        {"kind": "meet", "text": "There", "until": "soon"},
        {"kind": "merge", "other": "B"},
        {"kind": "left", "stop": "museum", "day": 2},
        {"kind": "left", "stop": "museum", "party": "Nobody"},
        [],
    ],
)
def test_what_fits_nothing_is_refused_with_words(live: LiveDay, body: object) -> None:
    answer = live.app.test_client().post(
        f"/g/{live.links.guide}/events?lang=en", json=body, headers={"Idempotency-Key": "12345678"}
    )
    assert answer.status_code == 422
    assert answer.get_json()["error"]["text"].startswith("This does not fit the day any more")


def test_who_has_a_participants_link_can_change_nothing(live: LiveDay) -> None:
    client = live.app.test_client()
    body = {"kind": "shift", "stop": "museum", "minutes": 5}
    for path in (f"/v/{live.links.participant}/events", f"/g/{live.links.participant}/events"):
        assert client.post(path, json=body).status_code == 404
    live.headers = {"Origin": "https://elsewhere.example"}
    assert live.press("shift", "museum", minutes=5).status_code == 403
    assert live.told()["changes"] == []


@pytest.mark.dear
def test_a_link_cannot_press_without_end(live: LiveDay) -> None:
    answers = [live.press("private", text="again").status_code for _ in range(31)]
    assert answers == [*[200] * 30, 429]


def test_the_page_without_scripts_presses_by_forms(live: LiveDay) -> None:
    client = live.app.test_client()
    path = f"/g/{live.links.guide}"
    answer = client.post(f"{path}/events?lang=en", data={"kind": "left", "stop": "*start", "day": "1"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{path}/live?day=1")
    live.clock[0] = at("09:01")
    assert "On the way to Regional Museum" in live.panel()
    PageClient(live.app).get(f"{path}/live?lang=pl")


def test_a_link_that_was_withdrawn_hears_nothing(live: LiveDay) -> None:
    other = live.app.test_client().get("/v/nothing-of-the-kind/live.json")
    assert other.status_code == 404


def test_a_guide_is_told_where_the_day_is_on_time_again(live: LiveDay) -> None:
    assert "On time again" not in live.panel()
    live.clock[0] = at("09:33")
    live.press("left", "*start")
    assert titles(live.told())["stop-1"] == ("09:38", "planned 09:28")
    assert "On time again at: Town Hall" in live.panel()
