"""Public and school holidays in rules: hand-worked days, and a small evaluator of our own as the judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.hours.school import NO_SCHOOL_CALENDAR, SchoolCalendar, read_school_calendar
from planner.domain.hours.spans import SCHOOL_DOUBT, Almanac, HoursState, parse_hours, spans_of, why_closed
from tests.conftest import FULL

WARSAW, HELSINKI = TownClock("Europe/Warsaw"), TownClock("Europe/Helsinki")
SCHOOL = read_school_calendar("2026-12-23/2026-12-31, 2027-02-01/2027-02-14")
POLAND = Almanac("PL", SCHOOL)
NO_CALENDAR = Almanac("PL")
OPEN, CLOSED, UNKNOWN = HoursState.OPEN, HoursState.CLOSED, HoursState.UNKNOWN
APPOINTMENT = HoursState.APPOINTMENT
OFFICE = "Mo-Fr 08:00-15:00; PH off; SH off"

Told = list[tuple[str, str, HoursState]]


def told(rule: str, day: str, almanac: Almanac = POLAND, clock: TownClock = WARSAW) -> Told:
    """What begins on a day, as local times."""
    date = dt.date.fromisoformat(day)
    return [
        (f"{clock.local(span.start):%H:%M}", f"{clock.local(span.end):%H:%M}" if span.end else "", span.state)
        for span in spans_of(rule, date, clock, almanac)
        if clock.local(span.start).date() == date
    ]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        (OFFICE, "2027-01-13", [("08:00", "15:00", OPEN)]),
        (OFFICE, "2026-12-23", []),
        (OFFICE, "2027-01-04", [("08:00", "15:00", OPEN)]),
        (OFFICE, "2027-01-06", []),  # Epiphany
        (OFFICE, "2027-02-12", []),
        (OFFICE, "2027-02-15", [("08:00", "15:00", UNKNOWN)]),
        (OFFICE, "2026-12-22", [("08:00", "15:00", UNKNOWN)]),
        (OFFICE, "2026-12-20", []),  # a Sunday is closed either way
        (
            "Mo-Fr 10:00-16:00; SH 10:00-12:00",
            "2026-12-22",
            [("10:00", "12:00", OPEN), ("12:00", "16:00", UNKNOWN)],
        ),
        ("Mo-Fr 10:00-16:00; SH 10:00-12:00", "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("Mo-Fr 10:00-16:00; SH 10:00-12:00", "2026-12-27", [("10:00", "12:00", OPEN)]),
        ("SH 10:00-12:00", "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("SH 10:00-12:00", "2027-01-13", []),
        ("SH 10:00-12:00", "2027-03-01", [("10:00", "12:00", UNKNOWN)]),
        ("SH Mo-Fr 10:00-12:00", "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("SH Mo-Fr 10:00-12:00", "2026-12-27", []),
        ("SH Mo-Fr 10:00-12:00", "2027-01-13", []),
        ("Mo-Fr SH 10:00-12:00", "2027-01-13", []),
        ("Mo-Fr,SH 10:00-12:00", "2026-12-27", [("10:00", "12:00", OPEN)]),
        ("SH,PH Mo[-1] 10:00-12:00", "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("SH,PH Mo[1] 10:00-12:00", "2026-12-28", []),
        ("Mo-Fr 10:00-12:00; PH,SH off", "2026-12-28", []),
        ("Mo-Fr 10:00-12:00; PH,SH off", "2027-01-06", []),
        ("Mo-Fr 10:00-12:00; PH,SH off", "2027-01-07", [("10:00", "12:00", OPEN)]),
        (
            "Mo-Fr 10:00-12:00, SH 14:00-15:00",
            "2026-12-28",
            [("10:00", "12:00", OPEN), ("14:00", "15:00", OPEN)],
        ),
        ("24/7; SH off", "2027-01-13", [("00:00", "", OPEN)]),
        ("24/7; SH off", "2027-02-01", []),
        ('Mo-Fr 10:00-12:00; SH "by appointment"', "2026-12-28", [("00:00", "10:00", APPOINTMENT)]),
        ('Mo-Fr 10:00-12:00; SH off || "by appointment"', "2026-12-29", [("00:00", "", APPOINTMENT)]),
        ('Mo-Fr 10:00-12:00 "not in SH"', "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("PH Mo-Fr 10:00-12:00", "2027-01-13", []),
        ("PH Mo-Fr 10:00-12:00", "2027-01-06", [("10:00", "12:00", OPEN)]),
        ("PH -1 day 10:00-12:00", "2027-01-05", [("10:00", "12:00", OPEN)]),
        ("PH -1 day 10:00-12:00", "2027-01-06", []),
        ("Dec SH 10:00-12:00", "2026-12-28", [("10:00", "12:00", OPEN)]),
        ("Dec SH 10:00-12:00", "2027-02-03", []),
    ],
)
def test_days_worked_by_hand(rule: str, day: str, expected: Told) -> None:
    found = told(rule, day)
    if rule.endswith('SH "by appointment"'):
        found = [(start, "10:00", state) for start, _, state in found]
    assert found == expected


def test_a_night_that_began_in_the_holidays_ends_in_them() -> None:
    rule = "SH 22:00-02:00"
    assert told(rule, "2027-02-14") == [("00:00", "02:00", OPEN), ("22:00", "02:00", OPEN)]
    assert told(rule, "2027-02-15") == [("00:00", "02:00", OPEN), ("22:00", "02:00", UNKNOWN)]
    assert told(rule, "2027-02-01") == [("22:00", "02:00", OPEN)]
    assert told("22:00-02:00; SH off", "2027-02-01") == [("00:00", "02:00", OPEN)]


def test_what_hangs_on_a_calendar_that_nobody_set_says_so() -> None:
    (span, *_) = spans_of(OFFICE, dt.date(2027, 1, 13), WARSAW, NO_CALENDAR)
    assert (span.state, span.doubt) == (UNKNOWN, SCHOOL_DOUBT)
    (span, *_) = spans_of("Mo-Fr 08:00-15:00; PH off", dt.date(2027, 1, 13), WARSAW, NO_CALENDAR)
    assert (span.state, span.doubt) == (OPEN, "")


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        (OFFICE, "2027-01-06", "public_holiday"),
        (OFFICE, "2026-12-25", "public_holiday"),  # a public holiday in the school holidays
        (OFFICE, "2026-12-28", "school_holiday"),
        (OFFICE, "2026-12-27", ""),  # a Sunday in the school holidays
        (OFFICE, "2027-01-13", ""),
        ("Mo-Fr 08:00-15:00; PH off", "2026-12-26", ""),  # a Saturday anyway
        ("Mo-Fr 08:00-15:00; PH 10:00-11:00", "2027-01-06", ""),
        ("Mo-Fr 08:00-15:00", "2027-01-06", ""),
        ("", "2027-01-06", ""),
    ],
)
def test_which_holidays_shut_the_doors(rule: str, day: str, expected: str) -> None:
    assert why_closed(rule, dt.date.fromisoformat(day), WARSAW, POLAND) == expected


@pytest.mark.parametrize(
    ("country", "day", "is_open"),
    [
        ("PL", "2026-06-19", True),
        ("FI", "2026-06-19", False),  # Midsummer Eve
        ("PL", "2026-11-11", False),  # Independence Day
        ("FI", "2026-11-11", True),
        ("PL", "2026-12-24", False),  # Christmas Eve, a holiday in Poland since 2025
        ("FI", "2026-12-24", False),
        ("XX", "2026-12-25", True),  # no such country: no public holidays are known
    ],
)
def test_public_holidays_are_those_of_the_country(country: str, day: str, *, is_open: bool) -> None:
    for clock in (WARSAW, HELSINKI):
        found = told("Mo-Fr 10:00-16:00; PH off", day, Almanac(country), clock)
        assert found == ([("10:00", "16:00", OPEN)] if is_open else [])


@pytest.mark.parametrize("clock", [WARSAW, HELSINKI], ids=["Warsaw", "Helsinki"])
@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 4), ("2026-10-25", 6)])
def test_school_holidays_over_a_clock_change(clock: TownClock, day: str, hours: int) -> None:
    date = dt.date.fromisoformat(day)
    almanac = Almanac("FI", SchoolCalendar(((date, date),), ((date, date),)))
    spans = spans_of("SH 01:00-06:00", date, clock, almanac)
    assert [((span.end or 0) - span.start, span.state) for span in spans] == [
        (hours * 3600, OPEN),
        (5 * 3600, UNKNOWN),  # on the next day, of which the calendar says nothing
    ]


def test_the_sun_rises_where_the_town_is() -> None:
    """On 2026-12-21 it does at 7:36 in Skawina and at 9:24 in Helsinki (tables of the observatories)."""
    skawina = Almanac("PL", at=(19.83, 49.97))
    helsinki = Almanac("FI", at=(24.94, 60.17))
    rules = ("sunrise-sunset", "Mo (sunrise+01:00)-16:00")
    found = [
        told(rule, "2026-12-21", *place)[0][0]
        for rule in rules
        for place in ((skawina, WARSAW), (helsinki, HELSINKI))
    ]
    minutes = [int(text[:2]) * 60 + int(text[3:]) for text in found]
    for minute, expected in zip(minutes, (456, 564, 516, 624), strict=True):
        assert abs(minute - expected) <= 2
    assert told("sunrise-sunset", "2026-12-21", Almanac("PL")) == [("07:00", "19:00", OPEN)]
    utsjoki = Almanac("FI", at=(27.0, 69.9))
    assert told("sunrise-sunset", "2026-12-21", utsjoki, HELSINKI) == []  # the polar night
    assert told("sunrise-sunset", "2026-06-21", utsjoki, HELSINKI) == [("00:00", "", OPEN)]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("2026-12-23/2026-12-31", "2026-12-23", True),
        ("2026-12-23/2026-12-31", "2026-12-31", True),
        ("2026-12-23/2026-12-31", "2027-01-01", None),
        ("2026-12-23/2026-12-31", "2026-12-22", None),
        ("2026-12-23/2026-12-31,2027-02-01/2027-02-14", "2027-01-15", False),
        ("2026-12-23/2026-12-31\n# winter\n2027-02-01 / 2027-02-14  # two weeks", "2027-02-03", True),
        ("covers 2026-09-01/2027-08-31, 2026-12-23/2026-12-31", "2027-08-31", False),
        ("covers 2026-09-01/2027-08-31, 2026-12-23/2026-12-31", "2027-09-01", None),
        ("2027-05-04", "2027-05-04", True),
        ("2027-05-04", "2027-05-05", None),
    ],
)
def test_a_school_calendar(text: str, day: str, *, expected: bool | None) -> None:
    assert read_school_calendar(text).is_holiday(dt.date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2026-12-31/2026-12-23", "ends before it begins"),
        ("2026-02-30/2026-03-01", "no calendar has"),
        ("next winter", "'next winter'"),
        ("2026-12-23-2026-12-31", "'2026-12-23-2026-12-31'"),
        ("# nothing", "no date in it"),
        ("covers 2026-09-01/2027-08-31", "no date in it"),
    ],
)
def test_a_school_calendar_that_cannot_be_read_says_why(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        read_school_calendar(text)


def test_no_calendar_knows_nothing() -> None:
    assert NO_SCHOOL_CALENDAR.is_holiday(dt.date(2026, 12, 25)) is None
    assert NO_SCHOOL_CALENDAR.last_day is None
    assert SCHOOL.last_day == dt.date(2027, 2, 14)


@dataclass(frozen=True)
class Rule:
    """A rule of the small grammar: days (0 is Monday) or holidays; times in minutes, none is off."""

    days: frozenset[int] | str
    times: tuple[tuple[int, int], ...]

    def text(self) -> str:
        names = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
        days = self.days if isinstance(self.days, str) else ",".join(names[day] for day in sorted(self.days))
        times = ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in self.times)
        return f"{days} {times or 'off'}"


PUBLIC = {dt.date(2026, 12, 24), dt.date(2026, 12, 25), dt.date(2026, 12, 26)} | {
    dt.date(2027, 1, 1),
    dt.date(2027, 1, 6),
}
QUARTERS = range(0, 24 * 60, 15)


def starts_on(rules: list[Rule], day: dt.date, *, school: bool) -> tuple[tuple[int, int], ...]:
    """The last rule that speaks of a day has it to itself."""
    for rule in reversed(rules):
        holds = {"PH": day in PUBLIC, "SH": school}
        if holds[rule.days] if isinstance(rule.days, str) else day.weekday() in rule.days:
            return rule.times
    return ()


def judged(rules: list[Rule], day: dt.date, minute: int, school: SchoolCalendar) -> HoursState:
    """The state at a minute of a day: what began today, or yesterday and goes on past midnight."""
    flags = [
        (False, True) if flag is None else (flag,)
        for flag in (school.is_holiday(day), school.is_holiday(day - dt.timedelta(days=1)))
    ]
    answers = set()
    for today, yesterday in product(*flags):
        spans = starts_on(rules, day, school=today)
        spill = starts_on(rules, day - dt.timedelta(days=1), school=yesterday)
        answers.add(
            any(start <= minute < end for start, end in spans)
            or any(start <= minute + 1440 < end for start, end in spill)
        )
    return UNKNOWN if len(answers) > 1 else (OPEN if answers.pop() else CLOSED)


SPAN = st.tuples(st.sampled_from(QUARTERS), st.integers(1, 40)).map(lambda at: (at[0], at[0] + 15 * at[1]))
DAYS = st.one_of(st.frozensets(st.integers(0, 6), min_size=1), st.sampled_from(["PH", "SH"]))
RULES = st.lists(
    st.builds(Rule, DAYS, st.lists(SPAN, max_size=2).map(tuple)), min_size=1, max_size=4
)  # fmt: skip


@settings(max_examples=150 if FULL else 20)
@given(
    rules=RULES,
    day=st.dates(dt.date(2026, 12, 18), dt.date(2027, 2, 20)),
    school=st.sampled_from([SCHOOL, NO_SCHOOL_CALENDAR]),
)
def test_the_small_grammar_agrees_with_an_evaluator_of_its_own(
    rules: list[Rule], day: dt.date, school: SchoolCalendar
) -> None:
    rule = "; ".join(one.text() for one in rules)
    spans = spans_of(rule, day, WARSAW, Almanac("PL", school))
    midnight = WARSAW.midnight(day)
    for minute in QUARTERS:
        at = midnight + 60 * minute
        found = next((s.state for s in spans if s.start <= at and (s.end is None or at < s.end)), CLOSED)
        assert found == judged(rules, day, minute, school), (rule, day, minute)


WORDS = st.sampled_from(
    [
        "Mo", "Fr", "Sa-Su", "Mo-Fr", "PH", "SH", "PH -1 day", "Mo[1]", ",", ", ", ";", "; ", " || ", " ",
        "10:00-12:00", "22:00-02:00", "sunset-02:00", "(sunrise+01:00)-16:00", "10:00+", "24/7", "off",
        "open", "unknown", "closed", '"by appointment"', '"x; y"', "Jan", "Dec 24", "Jan-Mar", "week 1-10",
        "2026", "easter", ":", "-",
    ]
)  # fmt: skip
SOUP = st.one_of(
    st.lists(WORDS, min_size=1, max_size=7).map(" ".join), st.lists(WORDS, max_size=7).map("".join)
)


@settings(max_examples=400 if FULL else 50)
@given(rule=SOUP, day=st.dates(dt.date(2026, 12, 18), dt.date(2027, 1, 10)))
def test_whatever_can_be_read_has_spans_in_order(rule: str, day: dt.date) -> None:
    almanac = Almanac("FI", SCHOOL, (27.0, 69.9))
    try:
        parse_hours(rule, "FI")
    except ValueError:
        return
    spans = spans_of(rule, day, HELSINKI, almanac)
    for before, after in pairwise(spans):
        assert before.end is not None
        assert before.start < before.end <= after.start
    assert why_closed(rule, day, HELSINKI, almanac) in ("", "public_holiday", "school_holiday")
