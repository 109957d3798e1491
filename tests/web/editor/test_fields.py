"""What a stop, a day and a visit ask for, through the editor's forms and to the times on its page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.visits import DayEnd, LegBuffers, PlaceRef, Stop, StopKind
from tests.kit.web.desk import Desk, add, open_desk
from tests.kit.web.pages import PageClient
from tests.kit.web.signing_in import sign_in

if TYPE_CHECKING:
    from flask import Flask

START: dict[str, Any] = {"date": "2026-12-07", "start_site": "dworzec-biblioteka"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app, "pola")
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


def stop_of(desk: Desk, number: int = 0) -> Stop:
    return desk.draft().days[0].stops[number]


def span(page: str) -> tuple[str, str]:
    """When the day begins and ends."""
    found = re.search(r'id="finish">(\d\d:\d\d)–(\d\d:\d\d)<', page)
    assert found is not None
    return found[1], found[2]


def minutes(time: str) -> int:
    hours, rest = time.split(":")
    return int(hours) * 60 + int(rest)


def lasts(page: str) -> int:
    first, last = span(page)
    return minutes(last) - minutes(first)


# Backward from the end.


def test_a_day_that_must_be_over_by_a_time_begins_as_late_as_it_can(desk: Desk) -> None:
    """A break of 90 minutes where the group already is: nobody moves, nobody gathers."""
    desk.change("add_place", kind="break")
    desk.change("stop", stop="b1", dwell_min="90")
    page = desk.edit("day", **START, start_time="08:00", end_by="arrive", end_time="14:32").text
    assert span(page) == ("13:02", "14:32")
    assert re.search(r'id="leave">Leave at 13:02</strong>, <span>to be there at 14:32<', page)
    assert "Start, not before" in page
    assert desk.draft().days[0].end == DayEnd(None, arrive="14:32")


def test_it_never_begins_before_its_start_and_says_how_late_it_is_then(desk: Desk) -> None:
    desk.change("add_place", kind="break")
    desk.change("stop", stop="b1", dwell_min="90")
    page = desk.edit("day", **START, start_time="13:30", end_by="arrive", end_time="14:32").text
    assert span(page) == ("13:30", "15:00")
    assert "28\u00a0min" in html.unescape(page[page.index("row--end") :])


def test_a_latest_end_begins_at_the_start(desk: Desk) -> None:
    desk.change("day", **START, start_time="08:00", end_by="arrive", end_time="14:32")
    page = desk.edit("day", **START, start_time="08:00", end_by="latest", end_time="14:32").text
    assert span(page) == ("08:00", "08:00")
    assert 'id="leave"' not in page
    assert desk.draft().days[0].end == DayEnd(None, latest="14:32")


def test_a_place_to_be_at_is_kept_with_the_way_there(desk: Desk) -> None:
    desk.change("end_mode", mode="coach")
    desk.change("day", **START, start_time="08:00", end_site="rynek", end_by="arrive", end_time="12:00")
    end = desk.draft().days[0].end
    assert end is not None
    assert (end.place, end.arrive, end.latest, end.mode_to) == (PlaceRef("rynek"), "12:00", None, "coach")


# Talks and reserves.


@pytest.mark.dear
def test_a_talk_takes_as_many_times_as_long_as_the_interpreter_says(desk: Desk) -> None:
    desk.change("add_place", kind="break")
    desk.change("stop", stop="b1", dwell_min="20", talk="1")
    assert "interpreted" not in desk.page()
    page = desk.edit("spare", interpreter="1,5").text
    assert lasts(page) == 30
    assert "talks × 1.5" in html.unescape(page)
    told = html.unescape(desk.page("?stop=b1")).replace("\u00a0", " ")
    assert "talk, interpreted: 30 min instead of 20 min" in told
    assert lasts(desk.edit("stop", stop="b1", dwell_min="20", talk="").text) == 20
    assert desk.draft().interpreter == 1.5


def test_a_long_talk_asks_for_a_second_interpreter(desk: Desk) -> None:
    """A talk of 30 min takes 45 min through an interpreter: 5 min more than one works alone."""
    desk.change("add_place", kind="break")
    desk.change("stop", stop="b1", dwell_min="30", talk="1")
    asks = "A talk of 45 min is too long for one interpreter"
    page = desk.edit("spare", interpreter="1.5").text
    assert asks in page.replace("\u00a0", " ")
    assert "Why: AIIC" in page
    page = desk.edit("spare", interpreter="1.5", interpreters="2").text
    assert asks not in page.replace("\u00a0", " ")
    assert desk.draft().interpreters == 2
    desk.change("spare", interpreter="1.5")
    assert desk.draft().interpreters == 2


def test_minutes_are_kept_after_every_way_and_shown(desk: Desk) -> None:
    desk.change("day", **START, start_time="09:00", end_site="dworzec-biblioteka")
    add(desk, "ratusz")
    before = lasts(desk.page())
    page = desk.edit("spare", walk_min="4", bus_min="9", coach_min="11").text
    assert lasts(page) == before + 8
    assert desk.draft().buffers == LegBuffers(4, 9, 11)
    assert page.replace("\u00a0", " ").count("4 min in reserve") == 2
    with_own = desk.edit("stop", stop="s1", dwell_min=stop_of(desk).dwell_min, buffer_min="6").text
    assert lasts(with_own) == before + 14
    assert "10 min in reserve" in with_own.replace("\u00a0", " ")


def test_a_reserve_is_not_told_as_waiting(desk: Desk) -> None:
    add(desk, "ratusz")
    desk.change("stop", stop="s1", dwell_min="20", buffer_min="5")
    assert "Wait " not in desk.page()
    desk.change("stop", stop="s1", dwell_min="20", buffer_min="5", fixed="10:30")
    page = html.unescape(desk.page())
    leaves = re.search(r'id="way-0".*?<time datetime="[^"]*">(\d\d:\d\d)<', page, re.DOTALL)
    walks = re.search(r'tt__minutes-moved">(\d+)', page)
    waits = re.search(r"Wait (\d+) minutes", page)
    assert leaves is not None
    assert walks is not None
    assert waits is not None
    assert "5\u00a0min in reserve" in page
    assert minutes(leaves[1]) + int(walks[1]) + 5 + int(waits[1]) == minutes("10:30")


# What a stop asks for.


def test_a_stop_keeps_everything_that_it_asks_for(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    answer = desk.edit(
        "stop",
        stop="s2",
        dwell_min="40",
        min_dwell_min="25",
        window_from="13:00",
        window_to="15:00",
        window_from_2="10:00",
        window_to_2="11:30",
        buffer_min="5",
        talk=["1", ""],
        after=["s1", ""],
        note_pl="Klucz u portiera",
    )
    assert answer.status_code == 200
    assert stop_of(desk, 1) == Stop(
        id="s2",
        place=PlaceRef("ratusz"),
        dwell_min=40,
        min_dwell_min=25,
        windows=(("10:00", "11:30"), ("13:00", "15:00")),
        buffer_min=5,
        talk=True,
        after=("s1",),
        note={"pl": "Klucz u portiera"},
    )
    page = html.unescape(desk.page("?stop=s2"))
    assert "only after: Regional Museum" in page
    assert 'id="window_from_2-s2" name="window_from_2" type="text" value="13:00"' in page


def test_unticked_and_emptied_fields_are_taken_back(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.change("stop", stop="s2", dwell_min="40", min_dwell_min="25", talk="1", after="s1")
    desk.change("stop", stop="s2", dwell_min="40", min_dwell_min="", talk="", after="")
    now = stop_of(desk, 1)
    assert (now.min_dwell_min, now.talk, now.after) == (None, False, ())


def test_a_shorter_form_leaves_the_rest_alone(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.change("stop", stop="s2", dwell_min="40", min_dwell_min="25", talk="1", after="s1")
    desk.change("lock", stop="s2", locked="1")
    desk.change("stop", stop="s2", dwell_min="20")
    now = stop_of(desk, 1)
    assert (now.dwell_min, now.min_dwell_min, now.talk, now.after) == (20, 20, True, ("s1",))
    assert now.locked


def test_a_stop_is_locked_and_let_go(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    page = desk.edit("lock", stop="s2", locked="1").text
    assert stop_of(desk, 1).locked
    assert "stays at number 2" in page
    assert re.findall(r'id="lock-(s\d)".*?aria-pressed="(\w+)"', page) == [("s2", "true")]
    desk.change("lock", stop="s2", locked="")
    assert not stop_of(desk, 1).locked


@pytest.mark.dear
@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("stop", {"window_from": "10:00"}, "a window needs both times"),
        ("stop", {"window_to_2": "10:00"}, "a window needs both times"),
        ("stop", {"window_from_3": "12:00", "window_to_3": "11:00"}, "must end after it begins"),
        (
            "stop",
            {"window_from": "12:00", "window_to": "14:00", "window_from_2": "11:00", "window_to_2": "12:01"},
            "two windows must not overlap",
        ),
        ("stop", {"min_dwell_min": "-1"}, "Not saved: at least 0"),
        ("stop", {"after": "s2"}, "two stops cannot each come after the other"),
        ("spare", {"interpreter": "0.9"}, "Not saved: at least 1"),
        ("spare", {"interpreter": "3.1"}, "Not saved: at most 3"),
        ("spare", {"walk_min": "241"}, "Not saved: at most 240"),
        (
            "day",
            {**START, "start_time": "09:00", "end_by": "arrive", "end_time": "9"},
            "Not saved: type a time",
        ),
    ],
)
def test_what_does_not_fit_is_said_and_not_saved(
    desk: Desk, action: str, fields: dict[str, Any], said: str
) -> None:
    add(desk, "muzeum", "ratusz")
    desk.change("stop", stop="s2", dwell_min="40", after="s1")
    before = desk.draft()
    answer = desk.edit(action, **{"stop": "s1", "dwell_min": "40", **fields})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert desk.draft() == before


def test_windows_that_touch_are_two(desk: Desk) -> None:
    add(desk, "muzeum")
    desk.change("stop", stop="s1", dwell_min="40", window_from="12:00", window_to="14:00",
              window_from_2="11:00", window_to_2="12:00")  # fmt: skip
    assert stop_of(desk).windows == (("11:00", "12:00"), ("12:00", "14:00"))


def test_what_was_refused_is_shown_where_it_was_typed(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    answer = desk.edit("stop", stop="s1", dwell_min="40", window_from_2="25:00", window_to_2="11:00")
    assert 'id="window_from_2-s1" name="window_from_2" type="text" value="25:00"' in answer.text
    assert re.search(r'id="more-s1" open', answer.text)
    assert not re.search(r'id="more-s2" open', answer.text)


# Meals and breaks.


def test_a_meal_comes_with_the_window_of_a_lunch_that_can_be_changed(desk: Desk) -> None:
    desk.change("add_place", kind="meal", name="Obiad")
    meal = stop_of(desk)
    assert (meal.kind, meal.windows, meal.dwell_min) == (StopKind.MEAL, (("12:00", "14:30"),), 45)
    page = desk.page()
    assert span(page) == ("09:00", "12:45")
    desk.change("stop", stop="m1", dwell_min="45", name="Obiad", window_from="10:00", window_to="11:00")
    assert span(desk.page()) == ("09:00", "10:45")


def test_a_day_that_begins_after_lunch_gets_a_meal_at_any_time(desk: Desk) -> None:
    desk.change("day", **START, start_time="14:30")
    desk.change("add_place", kind="meal")
    assert stop_of(desk).windows == ()


def test_a_meal_gets_a_place_and_loses_it_again(desk: Desk) -> None:
    desk.change("add_place", kind="meal", name="Obiad")
    here: dict[str, Any] = {"stop": "m1", "dwell_min": "45", "name": "Obiad"}
    desk.change("stop", **here, place_site="", place_at="49.97500, 19.82700")
    assert stop_of(desk).place == PlaceRef(at=(19.827, 49.975), name={"pl": "Obiad", "en": "Obiad"})
    desk.change("stop", **here, place_site="rynek", place_at="")
    assert stop_of(desk).place == PlaceRef("rynek")
    desk.change("stop", **here, place_site="", place_at="")
    assert stop_of(desk).place == PlaceRef(name={"pl": "Obiad", "en": "Obiad"})
    desk.change("stop", stop="m1", dwell_min="45", name="", place_site="", place_at="")
    assert stop_of(desk).place is None


def test_a_place_of_ones_own_is_moved_and_never_lost(desk: Desk) -> None:
    desk.change("add_place", kind="place", name="Pomnik", at="49.975, 19.827")
    here: dict[str, Any] = {"stop": "p1", "dwell_min": "15", "name": "Pomnik"}
    desk.change("stop", **here, place_site="", place_at="49.97600, 19.82700")
    place = stop_of(desk).place
    assert place is not None
    assert place.at == (19.827, 49.976)
    refused = desk.edit("stop", **here, place_site="", place_at="")
    assert (refused.status_code, "say where the place is" in refused.text) == (422, True)


# Pages.


@pytest.mark.dear
def test_a_visit_with_all_of_it_is_a_sound_page_in_both_languages(app: Flask, desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.change("add_place", kind="meal", name="Obiad")
    desk.change("add_place", kind="place", name="Pomnik", at="49.975, 19.827")
    desk.change("stop", stop="s2", dwell_min="40", talk="1", after="s1", buffer_min="5")
    desk.change("lock", stop="s1", locked="1")
    desk.change("spare", interpreter="1.5", walk_min="3")
    desk.change("day", **START, start_time="08:00", end_site="rynek", end_by="arrive", end_time="15:00")
    for language in ("pl", "en"):
        browser = PageClient(app)
        sign_in(app, browser.client, "pola")
        page = browser.get(f"/visits/{desk.visit_id}", language)
        assert len(page.ids) == len(set(page.ids))


def test_what_changed_is_told_in_words(desk: Desk) -> None:
    add(desk, "muzeum", "ratusz")
    desk.post("share/publish")
    desk.change(
        "stop", stop="s2", dwell_min="50", after="s1", talk="1", window_from="10:00", window_to="11:30"
    )
    desk.change("spare", interpreter="1.5", walk_min="3", coach_min="10")
    desk.change("day", **START, start_time="09:00", end_by="arrive", end_time="15:00")
    told = html.unescape(desk.page("/share")).replace("\u00a0", " ")
    for line in (
        "Town Hall: After: – → Regional Museum",
        "Town Hall: A talk: no → yes",
        "Town Hall: Window: – → 10:00–11:30",
        "Interpreter: × 1 → × 1.5",
        "Reserve after a leg: – → on foot 3 min, by coach 10 min",
        "End: – → be there at 15:00",
    ):
        assert line in re.sub(r"(Town Hall)[^:<]*", r"\1", told), line


def test_links_for_afterwards_are_few_and_of_https(desk: Desk) -> None:
    visit: dict[str, Any] = {"title_en": "Visit", "group_size": "20", "pace_kmh": "4"}
    said = "Thanks!\nPhotos: https://example.org/p"
    desk.change("visit", **visit, thanks_en=said)
    assert desk.draft().thanks["en"].split() == said.split()
    many = "\n".join(f"https://example.org/{number}" for number in range(9))
    for unfit in (many, "Photos http://example.org"):
        answer = desk.edit("visit", **visit, thanks_en=unfit)
        assert answer.status_code == 422
        assert "at most 8 links, and each begins with https://" in html.unescape(answer.text)
