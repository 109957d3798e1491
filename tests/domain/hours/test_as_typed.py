"""Rules that were accepted and then never known, nights that are cut, open ends, what people type."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.domain.clock import TownClock
from planner.domain.hours.day import check_hours, day_pieces
from planner.domain.hours.entries import entries_of
from planner.domain.hours.rewriting import date_parts, open_ended, with_dates
from planner.domain.hours.spans import Almanac, HoursState, spans_of
from planner.domain.hours.spelling import as_plain
from planner.errors import EditRefusedError

ZONE = "Europe/Warsaw"


def told(rule: str, day: str) -> str:
    """A day as text, "10:00-12:00 open"; closed stretches left out."""
    check_hours(rule, "PL")
    pieces = day_pieces(rule, dt.date.fromisoformat(day), Almanac("PL", at=(19.8, 50.0)), ZONE)
    made: list[list[str]] = []
    for piece in pieces:
        if piece.state is HoursState.CLOSED:
            continue
        opens, closes = f"{piece.start:%H:%M}", f"{piece.end:%H:%M}"
        if made and made[-1][1:] == [opens, str(piece.state)]:
            opens = made.pop()[0]
        made.append([opens, closes, str(piece.state)])
    return ", ".join(f"{opens}-{closes} {state}" for opens, closes, state in made)


SUMMER = "Mar Su[-1]-Oct Su[-1] 10:00-18:00; Oct Su[-1]-Mar Su[-1] 10:00-15:00"
FAIR = "Nov Sa[-1]-Dec 24 16:00-01:00"


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        (SUMMER, "2026-12-07", "10:00-15:00 open"),
        (SUMMER, "2026-07-07", "10:00-18:00 open"),
        (SUMMER, "2027-03-27", "10:00-15:00 open"),
        (SUMMER, "2027-03-29", "10:00-18:00 open"),
        (FAIR, "2026-12-05", "00:00-01:00 open, 16:00-00:00 open"),
        (FAIR, "2026-11-27", ""),
        (FAIR, "2026-11-28", "16:00-00:00 open"),
        (FAIR, "2026-12-25", "00:00-01:00 open"),
        (FAIR, "2027-02-10", ""),
        ("Dec 1-Dec Su[2] 10:00-12:00", "2026-12-13", "10:00-12:00 open"),
        ("Dec 1-Dec Su[2] 10:00-12:00", "2026-12-14", ""),
        ("Oct Su[-1] -1 day-Dec 24 10:00-11:00", "2026-10-24", "10:00-11:00 open"),
        ("2026 Mar Su[-1]-2026 Oct Su[-1] 10:00-18:00", "2026-07-07", "10:00-18:00 open"),
        ("2026 Mar Su[-1]-2026 Oct Su[-1] 10:00-18:00", "2027-07-07", ""),
        ("Mar-Oct Su[-1] 10:00-12:00", "2026-06-28", "10:00-12:00 open"),
        ("Mar-Oct Su[-1] 10:00-12:00", "2026-06-21", ""),
        ("Su[-1] 10:00-12:00", "2026-11-29", "10:00-12:00 open"),
    ],
)
def test_dates_by_weekday_of_a_month(rule: str, day: str, expected: str) -> None:
    assert told(rule, day) == expected


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Mo-Fr 10:00-12:00; Dec 24, PH off", "2026-12-07", "10:00-12:00 open"),
        ("Mo-Fr 10:00-12:00; Dec 24, PH off", "2026-12-24", ""),
        ("Mo-Fr 10:00-12:00; Dec 24,PH off", "2026-11-11", ""),
        ("Mo-Fr 10:00-12:00; PH, Dec 24, 31 off", "2026-12-31", ""),
        ("Mo-Fr 10:00-12:00; PH, Dec 24, 31 off", "2026-12-25", ""),
        ("Mo-Fr 10:00-12:00; Dec 24-26, PH, Su off", "2026-12-28", "10:00-12:00 open"),
        ("Mo-Fr 10:00-02:00; Dec 24, PH off", "2026-12-24", "00:00-02:00 open"),
        ("Mo-Fr 10:00-12:00; easter, Dec 24, PH off", "2026-12-24", ""),
        ("Dec 24, PH 11:00-12:00", "2026-12-24", "11:00-12:00 open"),
        ("Dec 24, PH 11:00-12:00", "2026-12-25", "11:00-12:00 open"),
        ("Mar,Dec Mo-We 10:00-12:00", "2027-03-24", "10:00-12:00 open"),
        ("Mar,Dec Mo-We 10:00-12:00", "2027-03-25", ""),
        ("Dec 15-Jan 15 Sa,Su 10:00-12:00", "2026-12-20", "10:00-12:00 open"),
        ("Dec 15-Jan 15 Sa,Su 10:00-12:00", "2027-03-28", ""),
        ("Mar 20-Apr 5,Dec 20-31 Mo-Fr 10:00-12:00", "2027-03-26", "10:00-12:00 open"),
        ("Mar 20-Apr 5,Dec 20-31 Mo-Fr 10:00-12:00", "2027-03-27", ""),
        ("Dec 20-31 Sa,Su,PH 10:00-12:00", "2027-01-06", ""),
        ("Mo, We 10:00-12:00", "2026-12-07", "10:00-12:00 open"),
        ("Mo, We, PH 10:00-12:00", "2026-12-08", ""),
    ],
)
def test_holidays_in_a_list_of_dates(rule: str, day: str, expected: str) -> None:
    assert told(rule, day) == expected


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Su 20:00-02:00; Mo 00:00-02:00 off", "2026-12-07", ""),
        ("Su 20:00-02:00; Mo 00:00-02:00 closed", "2026-12-07", ""),
        ("Fr 20:00-02:00; Sa 00:00-01:00 off", "2026-12-05", "01:00-02:00 open"),
        ("Fr 20:00-02:00; Sa 01:00-03:00 off", "2026-12-05", "00:00-01:00 open"),
        ("20:00-02:00; Sa 00:00-01:00 off", "2026-12-05", "01:00-02:00 open, 20:00-00:00 open"),
        ("Fr 20:00-02:00; Fr 23:00-01:00 off", "2026-12-05", "01:00-02:00 open"),
        ("Fr 20:00-02:00; Sa 00:00-01:00 off", "2026-12-12", "01:00-02:00 open"),
        ("Fr 20:00-02:00; Su 00:00-01:00 off", "2026-12-05", "00:00-02:00 open"),
        ("20:00-02:00; PH off", "2026-11-11", "00:00-02:00 open"),
    ],
)
def test_off_after_midnight_cuts_the_night_before(rule: str, day: str, expected: str) -> None:
    assert told(rule, day) == expected


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Mo-Sa 10:00-16:00+", "2026-12-05", "10:00-16:00 open, 16:00-00:00 unknown"),
        ("Mo-Sa 10:00-16:00+", "2026-12-06", ""),
        ("10:00-16:00+; Su off", "2026-12-06", ""),
        ("10:00-16:00+; Dec 24, PH off", "2026-12-25", ""),
        ("Mo-Fr 10:00-16:00+; Sa 10:00-12:00", "2026-12-05", "10:00-12:00 open"),
        (
            "Mo-Fr 10:00-12:00,14:00-16:00+",
            "2026-12-04",
            "10:00-12:00 open, 14:00-16:00 open, 16:00-00:00 unknown",
        ),
        ('Mo-Sa 10:00-16:00+ "till the last guest"', "2026-12-05", "10:00-16:00 open, 16:00-00:00 unknown"),
        ("Sa 22:00-02:00+", "2026-12-06", "00:00-02:00 open, 02:00-10:00 unknown"),
        ("Fr 18:00-22:00+", "2026-12-05", "00:00-06:00 unknown"),
        ("Fr 17:00+", "2026-12-05", "00:00-03:00 unknown"),
        ("Fr 16:59+", "2026-12-05", ""),
        ("Fr 12:00-14:00,22:00+; Sa 05:00-07:00", "2026-12-05", "00:00-05:00 unknown, 05:00-07:00 open"),
        ("18:00+", "2026-12-05", "00:00-04:00 unknown, 18:00-00:00 unknown"),
        ("12:00-14:00,16:00+", "2026-12-05", "12:00-14:00 open, 16:00-00:00 unknown"),
    ],
)
def test_after_an_open_end_nothing_is_known(rule: str, day: str, expected: str) -> None:
    assert told(rule, day) == expected


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Sa 10:00-16:00/01:30", "2026-12-05", "10:00 16:00 10:00 11:30 13:00 14:30"),
        ("Sa 10:00-16:00/90", "2026-12-05", "10:00 16:00 10:00 11:30 13:00 14:30"),
        ("Mo-Fr 10:00-12:00/30; Sa 10:00-12:00", "2026-12-05", "10:00 12:00"),
        ('Fr 10:00-12:00/60 "z przewodnikiem"; PH off', "2026-12-04", "10:00 12:00 10:00 11:00"),
        ("Fr 10:00-12:00/60,14:00-16:00", "2026-12-04", "10:00 12:00 10:00 11:00, 14:00 16:00"),
        ("Sa 10:00-12:00/60, PH off", "2026-12-05", "10:00 12:00 10:00 11:00"),
        ("Sa 10:00-16:00/90; Sa 11:00-12:00 off", "2026-12-05", "10:00 11:00 10:00, 12:00 16:00 13:00 14:30"),
        ("Sa 22:00-02:00/120; Su 10:00-11:00", "2026-12-05", "22:00 02:00 22:00 00:00, 10:00 11:00"),
        ("Sa 21:00-01:00/05:00; Su off", "2026-12-05", "21:00 01:00 21:00"),
    ],
)
def test_entries_at_intervals(rule: str, day: str, expected: str) -> None:
    clock = TownClock(ZONE)
    spans = spans_of(check_hours(rule, "PL"), dt.date.fromisoformat(day), clock, Almanac("PL"))
    shown = [(span.start, span.end or 0, *span.entries) for span in spans]
    assert {span.state for span in spans} == {HoursState.OPEN}
    assert ", ".join(" ".join(map(clock.face, times)) for times in shown) == expected


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Mo - Fr 9:00-15:00", "Mo-Fr 09:00-15:00"),
        ("Mo-Fr: 9:00-15:00", "Mo-Fr 09:00-15:00"),
        ("Mo–Fr: 9.00–15.00", "Mo-Fr 09:00-15:00"),
        ("Mo-Fr 9—15", "Mo-Fr 09:00-15:00"),
        ("pn-pt 9-15", "Mo-Fr 09:00-15:00"),
        ("Pn. - Pt.: 9.00 - 15.30", "Mo-Fr 09:00-15:30"),
        ("pon-pt 9:00 do 15:00", "Mo-Fr 09:00-15:00"),
        ("9:00 do 15:00", "09:00-15:00"),
        ("od 9 do 15", "09:00-15:00"),
        ("pn-pt 8-16, sob 9-13", "Mo-Fr 08:00-16:00; Sa 09:00-13:00"),
        ("pn-pt 8-16; sb 9-13; nd nieczynne", "Mo-Fr 08:00-16:00; Sa 09:00-13:00; Su off"),
        ("wt, czw 10-14", "Tu,Th 10:00-14:00"),
        ("śr i pt 10-14", "We,Fr 10:00-14:00"),
        ("poniedziałek-piątek 8.00-16.00", "Mo-Fr 08:00-16:00"),
        ("Monday to Friday 9:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9:00 to 17:00", "Mo-Fr 09:00-17:00"),
        ("codziennie 10-18", "Mo-Su 10:00-18:00"),
        ("ph off", "PH off"),
        ("Mo-Fr 10:00-12:00; ph off", "Mo-Fr 10:00-12:00; PH off"),
        ("Mo-Fr 10:00-12:00, święta zamknięte", "Mo-Fr 10:00-12:00, PH off"),
        ('pn-pt 9-15 "od pn do pt"', 'Mo-Fr 09:00-15:00 "od pn do pt"'),
    ],
)
def test_what_people_type_is_read(typed: str, plain: str) -> None:
    assert as_plain(typed).replace("; PH", ", PH") == plain.replace("; PH", ", PH")
    assert as_plain(as_plain(typed)) == as_plain(typed)
    check_hours(typed, "PL")


@pytest.mark.parametrize(
    "typed", ["kiedyś", "Mo 25-26", "1.05-30.09", "ask Anna", "9-15-17", "Xx 9:00-10:00"]
)
def test_what_is_no_hours_stays_and_is_refused(typed: str) -> None:
    assert as_plain(typed) == typed
    with pytest.raises(EditRefusedError):
        check_hours(typed, "PL")


def test_the_pieces() -> None:
    assert with_dates("Mar Su[-1]-Oct Su[-1] 10:00-12:00", 2027) == "Mar 28-Oct 31 10:00-12:00"
    assert with_dates("Mar-Oct Su[-1] 10:00-12:00", 2027) == "Mar-Oct Su[-1] 10:00-12:00"
    assert date_parts("Dec 24,25,PH") == ["Dec 24", "Dec 25", "PH"]
    assert date_parts("Mo,We,PH") == ["Mo,We,PH"]
    assert open_ended("10:00-12:00,14:00-16:00+") == "14:00-24:00"
    assert entries_of("10:00-11:00/30") == (600, 630, 660)
