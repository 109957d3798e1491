"""Two organisers on one visit, on pages of the same state: what goes together does, all else is asked."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from planner.services.visits.history import history
from planner.store import visits as store
from planner.web.frame.context import services
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.signing_in import csrf_of, sign_in, user_of

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse


@pytest.fixture
def both(app: Flask) -> tuple[Desk, Desk]:
    """Anna, whose visit it is, and Ola, who may change it; each has the page of the same state open."""
    anna = open_desk(app, "anna", title="We dwie")
    add(anna, "muzeum", "ratusz")
    anna.post("share/people", whom=user_of(app, "ola").id, may="edit")
    ola = Desk(app, app.test_client(), anna.visit_id, "")
    sign_in(app, ola.client, "ola")
    ola.token = csrf_of(ola.client)
    return anna, ola


def pressed(desk: Desk, answer: TestResponse, button: str, number: int = 0) -> TestResponse:
    """Press one of the buttons that decide, with all that its form carries."""
    form = re.search(r'<form class="clashes".*?</form>', answer.text, re.DOTALL)
    assert form is not None
    action = re.search(r'action="([^"]+)"', form[0])
    assert action is not None
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0])
    keys = re.findall(rf'name="{button}" value="([^"]+)">', form[0])
    keys = [key for key in keys if (button, key) not in hidden]
    fields: dict[str, list[str]] = {}
    newest = [("base", str(desk.base())), ("csrf_token", desk.token)]  # as the editor's script sends it
    for name, value in [*newest, *(one for one in hidden if one[0] != "csrf_token"), (button, keys[number])]:
        fields.setdefault(name, []).append(html.unescape(value))
    return desk.client.post(html.unescape(action[1]), data=fields, headers={"X-Editor": "column"})


def test_different_things_go_together_and_history_tells_who(app: Flask, both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("dwell", base=base, stop="s1", dwell_min=50)
    ola.change("stop_hours", base=base, stop="s2", hours="Mo-Fr 09:00-15:00")
    ola.change("add_site", base=base, site="rynek")
    anna.change("visit", base=base, title_pl="We dwie", group_size=31, pace_kmh=4)
    stops = anna.draft().days[0].stops
    assert [stop.dwell_min for stop in stops[:2]] == [50, stops[1].dwell_min]
    assert stops[1].hours == "Mo-Fr 09:00-15:00"
    assert anna.order() == ["muzeum", "ratusz", "rynek"]
    assert anna.draft().group_size == 31
    with app.app_context(), services().database.session() as session:
        row = store.visit_row(session, anna.visit_id)
        assert row is not None
        edits = history(session, row).edits[:4]
    assert [(edit.author, [change.field for change in edit.changes]) for edit in edits] == [
        ("anna", ["group_size"]),
        ("ola", [""]),
        ("ola", ["hours"]),
        ("anna", ["dwell_min"]),
    ]


@pytest.mark.dear
def test_who_saves_second_is_told_what_came_in(both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("stop", base=base, stop="s1", dwell_min=50, fixed="10:30")
    answer = ola.edit("lock", base=base, stop="s2", locked="1").text
    told = " ".join(re.findall(r'id="came-in".*?</div>', answer, re.DOTALL)[0].split())
    assert "anna zmienił(a) tymczasem tę wizytę; zachowano obie zmiany:" in told
    assert "10:30" in told
    assert "50" in told
    assert "ratusz" not in told.lower(), "what Ola did herself is no news to her"
    assert anna.draft().days[0].stops[1].locked
    assert 'id="came-in"' not in ola.edit("lock", stop="s2", locked="").text, "it is said once"
    assert 'id="came-in"' not in anna.edit("dwell", base=anna.base(), stop="s1", dwell_min=45).text
    ola.change("dwell", base=base, stop="s2", dwell_min=20)  # a plain form, on the state that she began with
    assert "anna zmienił(a) tymczasem" in ola.page()
    anna.edit("lock", base=anna.base(), stop="s1", locked="1")
    again = anna.edit("dwell", base=anna.base() - 1, stop="s2", dwell_min=25).text
    assert 'id="came-in"' not in again, "her own other window is nobody else"


@pytest.mark.dear
def test_what_was_decided_against_is_not_told_as_kept(both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("stop", base=base, stop="s1", dwell_min=50, note_pl="Klucz")
    asked = ola.edit("stop", base=base, stop="s1", dwell_min=25)
    assert 'id="came-in"' not in asked.text
    told = re.findall(r'id="came-in".*?</div>', pressed(ola, asked, "mine").text, re.DOTALL)[0]
    assert "Klucz" in told
    assert "50" not in told


@pytest.mark.dear
@pytest.mark.parametrize(("button", "minutes"), [("theirs", 50), ("mine", 25)])
def test_the_same_thing_is_decided_with_one_click_and_the_rest_is_kept(
    both: tuple[Desk, Desk], button: str, minutes: int
) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("dwell", base=base, stop="s1", dwell_min=50)
    asked = ola.edit("stop", base=base, stop="s1", dwell_min=25, note_pl="Klucz")
    assert asked.status_code == 409
    assert anna.draft().days[0].stops[0].note == {}, "nothing is stored before it is decided"
    answer = pressed(ola, asked, button)
    assert answer.status_code == 200
    stop = anna.draft().days[0].stops[0]
    assert (stop.dwell_min, stop.note) == (minutes, {"pl": "Klucz"})


@pytest.mark.dear
def test_each_of_several_things_is_decided_by_itself(both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("stop", base=base, stop="s1", dwell_min=50, note_pl="Od Anny")
    asked = ola.edit("stop", base=base, stop="s1", dwell_min=25, note_pl="Od Oli")
    once = pressed(ola, asked, "mine")
    assert once.status_code == 409
    assert once.text.count('name="mine"') < asked.text.count('name="mine"') + 1
    assert pressed(ola, once, "theirs").status_code == 200
    stop = anna.draft().days[0].stops[0]
    assert (stop.dwell_min, stop.note) == (25, {"pl": "Od Anny"})


@pytest.mark.dear
def test_what_was_decided_is_asked_again_when_a_third_edit_came_between(both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("dwell", base=base, stop="s1", dwell_min=50)
    asked = ola.edit("stop", base=base, stop="s1", dwell_min=25)
    anna.change("dwell", stop="s1", dwell_min=55)
    again = pressed(ola, asked, "mine")
    assert again.status_code == 409
    assert "55" in again.text
    assert anna.draft().days[0].stops[0].dwell_min == 55
    assert pressed(ola, again, "mine").status_code == 200
    assert anna.draft().days[0].stops[0].dwell_min == 25


def test_what_was_worked_out_for_the_day_as_it_was_is_refused(both: tuple[Desk, Desk]) -> None:
    anna, ola = both
    base = anna.base()
    anna.change("dwell", base=base, stop="s1", dwell_min=50)
    assert ola.edit("remedy", base=base, key="start:10:00").status_code == 409
