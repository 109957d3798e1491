"""The day and the revision that a request asks for, also where it asks for nonsense."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from planner.domain.visits import Day, DayStart, PlaceRef, Visit
from planner.web.frame import asked

DAYS = tuple(Day(dt.date(2026, 11, number), DayStart(PlaceRef(), "09:00")) for number in (2, 3, 4))
VISIT = Visit(title={}, days=DAYS)
APP = Flask("asked")


@pytest.mark.parametrize(
    ("day", "number", "nearest", "is_there"),
    [
        (None, 1, 0, True),
        ("2", 2, 1, True),
        ("3", 3, 2, True),
        ("4", 4, 2, False),
        ("0", 0, 0, False),
        ("-5", -5, 0, False),
        ("two", 1, 0, True),
        ("", 1, 0, True),
    ],
)
def test_a_day_of_an_address(day: str | None, number: int, nearest: int, *, is_there: bool) -> None:
    with APP.test_request_context("/", query_string={} if day is None else {"day": day}):
        assert asked.day_number() == number
        assert asked.nearest_day(VISIT) == nearest
        if is_there:
            assert asked.needed_day(VISIT) == nearest
        else:
            with pytest.raises(NotFound):
                asked.needed_day(VISIT)


def test_the_usual_day_stands_in_where_none_is_asked_for() -> None:
    with APP.test_request_context("/"):
        assert asked.nearest_day(VISIT, 3) == 2
    with APP.test_request_context("/?day=x"):
        assert asked.nearest_day(VISIT, 9) == 2


@pytest.mark.parametrize(("sent", "base", "day"), [({}, 0, 0), ({"base": "7", "day": "2"}, 7, 2)])
def test_what_a_form_was_made_on(sent: dict[str, str], base: int, day: int) -> None:
    with APP.test_request_context("/?base=5&day=9", method="POST", data=sent):
        assert (asked.base(), asked.edited_day()) == (base, day)
