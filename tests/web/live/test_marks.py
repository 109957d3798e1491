"""Marks after the day: by the phone's script, and by a plain form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.services.live.marks import MOST_TEXT, polite
from planner.store.models import MarkRow
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import services_of
from tests.web.live.conftest import at

if TYPE_CHECKING:
    from tests.web.live.conftest import LiveDay


def kept(live: LiveDay) -> dict[str, list[tuple[int, str]]]:
    """The marks of the newest visit, by stop."""
    found: dict[str, list[tuple[int, str]]] = {}
    with services_of(live.app).database.session() as session:
        newest = max((row.visit_id for row in session.query(MarkRow)), default=0)
        for row in session.query(MarkRow).filter_by(visit_id=newest):
            found.setdefault(row.stop, []).append((row.mark, row.text))
    return found


@pytest.mark.dear
def test_marks_are_given_once_a_phone_and_seen_by_organisers_alone(live: LiveDay) -> None:
    client = live.app.test_client()
    path = f"/v/{live.links.participant}/marks"
    mark = {"stop": "museum", "mark": 4, "text": "Lovely", "phone": "a word"}
    assert client.post(path, json=mark).get_json() == {"new": True}
    assert client.post(path, json=mark).get_json() == {"new": False}
    for wrong in ({"mark": 6}, {"mark": "4"}, {"stop": "x"}, {"phone": ""}):
        assert client.post(path, json={**mark, **wrong}).status_code == 422
    for page in (live.panel(), client.get(f"/v/{live.links.participant}").text, str(live.told())):
        assert "Lovely" not in page


@pytest.mark.dear
def test_without_scripts_a_form_is_there_when_the_day_is_over(live: LiveDay) -> None:
    path = f"/v/{live.links.participant}/marks?lang=en&day=1"
    pages = PageClient(live.app)
    link = f"/v/{live.links.participant}/marks?day=1&amp;lang=en"
    assert link in live.app.test_client().get(f"/v/{live.links.participant}?lang=en").text
    assert "Marks are given when the day is over." in pages.get(path, "en").text
    live.clock[0] = at("15:00")
    page = live.app.test_client().get(path).text
    word = re.search(r'name="word" value="([^"]+)"', page)
    assert word
    form = {
        "word": word[1],
        "day": 1,
        "mark-0": 5,
        "text-0": f"{'so good ' * 50}",
        "text-1": "No mark",
        "mark-2": 2,
    }
    answers = [live.app.test_client().post(path, data=form) for _ in range(2)]
    told = [live.app.test_client().get(answer.headers["Location"]).text for answer in answers]
    assert "2 marks were taken." in told[0]
    assert "its end was left out" in told[0]
    assert "nothing was counted twice" in told[1]
    marks = kept(live)
    assert [mark for mark, _ in marks["museum"]] == [5]
    assert marks["museum"][0][1].endswith("so good…")
    assert marks["park"] == [(2, "")]
    assert "hall" not in marks
    assert live.app.test_client().post(path, data={**form, "mark-0": 9}).status_code == 422


def test_who_opens_the_form_anew_cannot_outvote_the_group(live: LiveDay) -> None:
    live.clock[0] = at("15:00")
    path = f"/v/{live.links.participant}/marks"
    for number in range(22):
        live.app.test_client().post(path, data={"word": f"word {number}", "day": 1, "mark-0": 1})
    assert len(kept(live)["museum"]) == 20


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ("  short ", "short"),
        ("x" * 300, "x" * 300),
        ("x" * 301, "x" * 299 + "…"),
        ("word " * 61, "word " * 58 + "word…"),
    ],
)
def test_a_long_text_is_cut_between_words(typed: str, stays: str) -> None:
    assert polite(typed) == stays
    assert len(stays) <= MOST_TEXT
