from __future__ import annotations

import datetime as dt

import pytest

from planner.words.formats import dates_text


@pytest.mark.parametrize(
    ("days", "english", "polish"),
    [
        ([(2026, 12, 7)], "Monday 7 December 2026", "poniedziałek, 7 grudnia 2026"),
        ([(2026, 12, 7), (2026, 12, 8)], "7–8 December 2026", "7–8 grudnia 2026"),
        ([(2026, 12, 7), (2026, 12, 8), (2026, 12, 11)], "7–11 December 2026", "7–11 grudnia 2026"),
        (
            [(2026, 11, 30), (2026, 12, 1)],
            "30 November 2026 – 1 December 2026",
            "30 listopada 2026 – 1 grudnia 2026",
        ),
        (
            [(2026, 12, 31), (2027, 1, 1)],
            "31 December 2026 – 1 January 2027",
            "31 grudnia 2026 – 1 stycznia 2027",
        ),
    ],
)
def test_the_dates_of_a_visit_in_one_line(
    days: list[tuple[int, int, int]], english: str, polish: str
) -> None:
    dates = [dt.date(*day) for day in days]
    assert (dates_text(dates, "en"), dates_text(dates, "pl")) == (english, polish)
