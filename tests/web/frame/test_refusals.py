"""What is refused is said in the reader's language; a fault of the program is a 500, and logged."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.edits import stops as edits
from planner.domain.visits import Day, DayStart, PlaceRef
from planner.errors import EditRefusedError, Fault, InvalidInputError, NotThereError, PlannerError, Reason
from planner.outputs.catalogue.problems import problem_text
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_feature
from planner.web.editor.forms.stop import StopForm
from planner.words.refusals import FIELD_WORDS, WORDS, fault_text, refusal_text
from planner.words.translation import Later, force_locale
from tests.kit.translated_app import translated_app
from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

VALUES = {
    **dict.fromkeys(("value", "name", "stop", "action", "site", "town", "position"), "Skawina"),
    **dict.fromkeys(
        (
            "low",
            "high",
            "stops",
            "days",
            "first",
            "last",
            "people",
            "count",
            "num",
            "line",
            "most",
            "minutes",
            "megabytes",
        ),
        5,
    ),
    **dict.fromkeys(("minutes", "megabytes"), 60),
    **dict.fromkeys(("lon", "lat", "west", "east", "south", "north", "ge", "le", "max_length"), 5),
}


@pytest.fixture(scope="module", autouse=True)
def _translated() -> Iterator[None]:
    with translated_app().test_request_context():
        yield


@pytest.fixture
def desk(app: Flask) -> Desk:
    return open_desk(app, "refused")


def in_both(say: Callable[[], str]) -> tuple[str, str]:
    told = []
    for language in ("en", "pl"):
        with force_locale(language):
            told.append(say())
    return told[0], told[1]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_text_in_both_languages(reason: Reason) -> None:
    english, polish = in_both(lambda: refusal_text(PlannerError("unsaid", reason=reason, params=VALUES)))
    assert english
    assert polish
    assert english != polish
    assert "unsaid" not in english + polish
    assert "%(" not in english + polish


@pytest.mark.parametrize("words", FIELD_WORDS.values())
def test_every_fault_of_a_field_has_a_text_in_both_languages(words: Later) -> None:
    english, polish = in_both(lambda: words.fill(**VALUES))
    assert english != polish


def test_no_text_is_there_for_nothing() -> None:
    assert set(WORDS) == set(Reason) - {Reason.MANY_FAULTS}


def test_what_has_words_for_programs_only_is_not_told_in_polish() -> None:
    english, polish = in_both(lambda: refusal_text(PlannerError("only English")))
    assert (english, polish) == ("only English", "")
    assert in_both(lambda: fault_text(Fault("", "odd", "only English"))) == (
        "only English",
        "to tu nie pasuje",
    )


def test_one_fault_is_told_by_itself_and_several_are_counted() -> None:
    fault = Fault("/at", "missing", "x", Reason.PLACE_MISSING)
    alone = InvalidInputError("x", details=(fault,), reason=Reason.MANY_FAULTS, params={"num": 1})
    both = InvalidInputError("x", details=(fault, fault), reason=Reason.MANY_FAULTS, params={"num": 2})
    assert in_both(lambda: refusal_text(alone))[0] == "a place needs a site or a position"
    assert in_both(lambda: refusal_text(both)) == ("2 things are wrong", "nie zgadzają się 2 rzeczy")


def zipped_badly(*_: object) -> None:
    list(zip((1, 2), (1,), strict=True))


@pytest.mark.parametrize("where", [(edits, "change_stop"), (StopForm, "_windows")])
def test_a_fault_of_the_program_in_an_edit_is_a_500_with_a_line_in_the_log(
    desk: Desk,
    where: tuple[object, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Both where the edit is made and where pydantic reads the form."""
    add(desk, "muzeum")
    monkeypatch.setattr(*where, zipped_badly)
    with caplog.at_level(logging.ERROR, "planner.web.frame.errors"):
        answer = desk.edit("stop", stop="s1", dwell_min="30")
    assert answer.status_code == 500
    assert "zip()" not in answer.text
    number = answer.headers["Request-Id"]
    assert number in answer.text, "whoever saw it can say which it was"
    assert [record.message for record in caplog.records] == [
        f"unexpected error in POST /visits/{desk.visit_id}/edit/stop [{number}]"
    ]
    assert caplog.records[0].exc_info is not None
    assert isinstance(caplog.records[0].exc_info[1], ValueError)


def test_a_fault_of_the_program_in_a_rotation_is_a_500(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.parties.form.rename_parties", zipped_badly)
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = desk.post("parties/setup", split="2")
    assert answer.status_code == 500


ENGLISH = re.compile(r"\b(?:the|is|there|no|such|not|must|cannot|outside|this|wrong)\b", re.IGNORECASE)


@pytest.mark.dear
@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("stop", {"stop": "gone", "dwell_min": "20"}),
        ("move", {"stop": "gone", "position": "0"}),
        ("day_mode", {"mode": "rocket"}),
        ("stand_in", {"use": "perhaps"}),
        ("add_place", {"kind": "palace"}),
        ("add_site", {"site": ""}),
        ("day", {"date": "1999-01-01", "start_time": "09:00", "start_site": "muzeum"}),
        ("day", {"date": "2026-12-07", "start_time": "09:00", "start_site": "muzeum", "end_by": "soon"}),
        ("stop_hours", {"stop": "s1", "hours": "never mind"}),
        ("remedy", {"key": "cut:s9:10"}),
        ("order", {"key": "order:s1", "seen": "other"}),
        ("coach", {"height_m": "9", "weight_t": "1", "length_m": "x", "width_m": "nan"}),
        ("to_day", {"stop": "s1", "to_day": "7"}),
        ("explode", {}),
    ],
)
def test_a_polish_page_says_nothing_in_english(desk: Desk, action: str, fields: dict[str, Any]) -> None:
    add(desk, "muzeum")
    answer = desk.edit(action, **fields)
    assert answer.status_code == 422
    said = re.search(r"Nie zapisano:(?:</strong>)?(.*?)</p>", answer.text, re.DOTALL)
    assert said is not None
    assert said[1].strip()
    assert not ENGLISH.search(said[1]), said[1]


def test_polish_pages_tell_of_places_in_polish(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.streets.query.network.Network.covers", lambda *_: False)
    planned = "planner.services.travel.day_memory.DayMemory.get"  # days that other tests planned are known
    monkeypatch.setattr(planned, lambda _memory, _mark, plan: plan())
    add(desk, "muzeum")
    for path in ("", "/share", "/proposal?day=1&objective=finish", "/what-if?day=1"):
        page = desk.page(path)
        told = re.findall(r'notice--fail"><span[^>]*>!</span>(.*?)</p>', page)
        assert told, path
        assert all("leży poza tą siecią" in one for one in told), told
    token = {"base": desk.base()}
    page = desk.client.post(
        f"/visits/{desk.visit_id}/share/publish",
        data={"csrf_token": desk.token, **token},
        follow_redirects=True,
    ).text
    assert "nie zgadzają się 2 rzeczy" in page


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/visits/999999", "nie ma takiej wizyty"),
        ("/sites/nie-ma/edit", "w katalogu nie ma miejsca „nie-ma”"),
        ("/sites/import?file=old", "wyślij plik jeszcze raz"),
        ("/v/abcdefghijkl", "Ten odnośnik nie otwiera żadnej wizyty"),
    ],
)
def test_what_is_not_there_is_told_in_polish(desk: Desk, path: str, said: str) -> None:
    answer = desk.client.get(path)
    assert answer.status_code == NotThereError.status
    assert said in answer.text


def test_an_edit_that_is_refused_carries_what_it_names() -> None:
    with pytest.raises(EditRefusedError) as refused:
        edits.remove_stop(Day(dt.date(2026, 12, 7), DayStart(PlaceRef(), "09:00")), "x")
    assert (refused.value.code, refused.value.params) == ("no_stop", {"stop": "x"})
    assert str(refused.value) == "the day has no stop 'x'"


def test_what_a_file_has_wrong_is_told_in_polish() -> None:
    _, problems = read_feature({"properties": {"name": {"pl": "A"}, "dwell_min": "x"}, "geometry": None})
    english, polish = in_both(lambda: " ".join(map(problem_text, problems)))
    assert english.startswith("this does not fit: Input should be a valid integer")
    assert polish == "to nie pasuje: wpisz liczbę całkowitą"


@pytest.mark.parametrize("room", ["editor", "parties", "visits", "participant", "account", "catalogue"])
def test_no_page_refuses_with_a_bare_value_error(room: str) -> None:
    """It would be taken for a fault of the program: `EditRefusedError` has the words for the reader."""
    for file in (ROOT / "planner" / "web" / room).glob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name != "forms.py":  # a validator of pydantic tells the form so
            assert "raise ValueError" not in text, file.name
        assert "str(error)" not in text, file.name
