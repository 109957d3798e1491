"""Opening hours in four states, their spans, and how a stay fits into them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.hours.spans import (
    HoursState,
    Span,
    earliest_fit,
    is_public_holiday,
    parse_hours,
    spans_of,
    within,
)

CLOCK = TownClock("Europe/Warsaw")
WEDNESDAY = dt.date(2026, 12, 2)
INDEPENDENCE = dt.date(2026, 11, 11)  # a Wednesday
SPRING = dt.date(2026, 3, 29)
AUTUMN = dt.date(2026, 10, 25)

OPEN, APPOINTMENT, UNKNOWN = HoursState.OPEN, HoursState.APPOINTMENT, HoursState.UNKNOWN
Told = list[tuple[str, str | None, HoursState]]


def told(rule: str, day: dt.date, clock: TownClock = CLOCK, country: str = "PL") -> Told:
    return [
        (
            f"{clock.local(span.start):%d %H:%M}",
            None if span.end is None else f"{clock.local(span.end):%d %H:%M}",
            span.state,
        )
        for span in spans_of(rule, day, clock, country)
    ]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Tu-Th 07:30-15:30", WEDNESDAY, [("02 07:30", "02 15:30", OPEN), ("03 07:30", "03 15:30", OPEN)]),
        ("Mo 07:30-15:30", WEDNESDAY, []),
        ("off", WEDNESDAY, []),
        ("", WEDNESDAY, [("02 00:00", None, UNKNOWN)]),
        ("  ", WEDNESDAY, [("02 00:00", None, UNKNOWN)]),
        ("24/7", WEDNESDAY, [("02 00:00", None, OPEN)]),
        ("We 09:00-12:00 unknown", WEDNESDAY, [("02 09:00", "02 12:00", UNKNOWN)]),
        ('"by appointment"', WEDNESDAY, [("02 00:00", None, APPOINTMENT)]),
        ('"po umówieniu"', WEDNESDAY, [("02 00:00", None, APPOINTMENT)]),
        ('"only in season"', WEDNESDAY, [("02 00:00", None, UNKNOWN)]),
        ('We 09:00-12:00; "only in season"', WEDNESDAY, [("02 00:00", None, UNKNOWN)]),
        ('We 09:00-12:00 "by appointment"', WEDNESDAY, [("02 09:00", "02 12:00", APPOINTMENT)]),
        ('We 09:00-12:00 "free entry"', WEDNESDAY, [("02 09:00", "02 12:00", OPEN)]),
        (
            'We 09:00-12:00, We 12:00-14:00 "by appointment"',
            WEDNESDAY,
            [("02 09:00", "02 12:00", OPEN), ("02 12:00", "02 14:00", APPOINTMENT)],
        ),
        (
            'Mo-Fr 09:00-12:00 || "by appointment"',
            dt.date(2026, 11, 15),
            [
                ("15 00:00", "16 09:00", APPOINTMENT),
                ("16 09:00", "16 12:00", OPEN),
                ("16 12:00", "17 09:00", APPOINTMENT),
            ],
        ),
        (
            'Mo-Fr 09:00-12:00 || We 14:00-15:00 || "by appointment"',
            WEDNESDAY,
            [
                ("02 00:00", "02 09:00", APPOINTMENT),
                ("02 09:00", "02 12:00", OPEN),
                ("02 12:00", "02 14:00", APPOINTMENT),
                ("02 14:00", "02 15:00", OPEN),
                ("02 15:00", "03 09:00", APPOINTMENT),
                ("03 09:00", "03 12:00", OPEN),
                ("03 12:00", "04 09:00", APPOINTMENT),
            ],
        ),
        (
            "We 09:00-12:00,13:00-16:00",
            WEDNESDAY,
            [("02 09:00", "02 12:00", OPEN), ("02 13:00", "02 16:00", OPEN)],
        ),
        (
            "22:00-02:00",
            WEDNESDAY,
            [("02 00:00", "02 02:00", OPEN), ("02 22:00", "03 02:00", OPEN), ("03 22:00", "04 02:00", OPEN)],
        ),
        ("Th 20:00-24:00", WEDNESDAY, [("03 20:00", "04 00:00", OPEN)]),
        ("We 00:00-24:00; Th 00:00-05:00", WEDNESDAY, [("02 00:00", "03 05:00", OPEN)]),
        ("Mo-Su 09:00-16:00; PH off", INDEPENDENCE, [("12 09:00", "12 16:00", OPEN)]),
        ("PH 10:00-12:00", INDEPENDENCE, [("11 10:00", "11 12:00", OPEN)]),
        ("Su 02:15-02:45", SPRING, [("29 03:15", "29 03:45", OPEN)]),
        ("Su 02:30-03:00", SPRING, []),
        ("Su 01:00-04:00", SPRING, [("29 01:00", "29 04:00", OPEN)]),
    ],
)
def test_spans(rule: str, day: dt.date, expected: Told) -> None:
    assert told(rule, day) == expected


def test_an_hour_less_and_an_hour_more_on_the_days_of_the_clock_change() -> None:
    lengths = [
        span.end - span.start
        for day in (SPRING, AUTUMN)
        for span in spans_of("Su 01:00-04:00", day, CLOCK, "PL")
        if span.end is not None
    ]
    assert lengths == [2 * 3600, 4 * 3600]


def test_hours_are_local_to_the_zone() -> None:
    rule, helsinki = "We 09:00-12:00", TownClock("Europe/Helsinki")
    assert told(rule, WEDNESDAY, helsinki, "FI") == told(rule, WEDNESDAY)
    in_warsaw, in_helsinki = (spans_of(rule, WEDNESDAY, clock, "PL")[0].start for clock in (CLOCK, helsinki))
    assert in_warsaw - in_helsinki == 3600


@pytest.mark.parametrize(
    ("day", "country", "expected"),
    [
        (INDEPENDENCE, "PL", True),
        (INDEPENDENCE, "FI", False),
        (WEDNESDAY, "PL", False),
        (dt.date(2026, 6, 4), "PL", True),  # Corpus Christi
        (dt.date(2026, 12, 6), "FI", True),
        (INDEPENDENCE, "XX", False),
    ],
)
def test_public_holidays(day: dt.date, country: str, *, expected: bool) -> None:
    assert is_public_holiday(day, country) is expected


@pytest.mark.parametrize("rule", ["Mo-Fr 9 to 5", "Mo-Fr 09:00-", "25:00-26:99", "Xx 09:00-10:00", "(("])
def test_what_is_no_rule_is_refused_with_its_text(rule: str) -> None:
    with pytest.raises(ValueError, match="opening_hours") as caught:
        parse_hours(rule, "PL")
    assert repr(rule) in str(caught.value)


MORNING, AFTERNOON = Span(120, 240, OPEN), Span(360, 600, OPEN)


@pytest.mark.parametrize(
    ("ready", "dwell", "expected"),
    [
        (0, 120, (120, MORNING)),
        (120, 120, (120, MORNING)),
        (121, 120, (360, AFTERNOON)),
        (121, 60, (180, MORNING)),
        (0, 180, (360, AFTERNOON)),
        (361, 180, (420, AFTERNOON)),
        (421, 180, None),
        (0, 241, None),
        (600, 1, None),
    ],
)
def test_earliest_fit_lies_in_one_interval(ready: int, dwell: int, expected: tuple[int, Span] | None) -> None:
    assert earliest_fit((MORNING, AFTERNOON), ready, dwell) == expected


def test_a_span_without_end_takes_any_stay() -> None:
    assert earliest_fit((Span(100, None, UNKNOWN),), 50, 10**6) == (120, Span(100, None, UNKNOWN))


def test_windows_cut_the_spans_and_keep_their_state() -> None:
    hours = (MORNING, Span(300, None, APPOINTMENT, "call"))
    assert within(hours, ()) == hours
    assert within(hours, [(400, 450), (150, 380)]) == (
        Span(150, 240, OPEN),
        Span(300, 380, APPOINTMENT, "call"),
        Span(400, 450, APPOINTMENT, "call"),
    )
    assert within(hours, [(240, 300)]) == ()


SPANS = st.lists(st.integers(0, 400), min_size=2, max_size=12, unique=True).map(
    lambda ends: tuple(
        Span(start, end, OPEN) for start, end in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)
    )
)


@given(spans=SPANS, ready=st.integers(0, 450), dwell=st.integers(0, 120))
def test_earliest_fit_agrees_with_trying_every_minute(
    spans: tuple[Span, ...], ready: int, dwell: int
) -> None:
    tried = [
        start
        for start in range(0, 540, 60)
        if start >= ready and any(span.start <= start and start + dwell <= (span.end or 0) for span in spans)
    ]
    found = earliest_fit(spans, ready, dwell)
    assert (found[0] if found else None) == (tried[0] if tried else None)


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("Tu-Fr 20:00-02:00; Sa 10:00-12:00", 5, ["05 00:00-05 02:00", "05 10:00-05 12:00"]),
        ("20:00-02:00; Sa off", 5, ["05 00:00-05 02:00", "06 20:00-07 02:00"]),
        ("20:00-02:00; PH off", 27, ["27 20:00-28 02:00", "28 20:00-29 02:00"]),
        ("Fr 20:00-26:00; Sa 01:00-10:00 off", 5, ["05 00:00-05 01:00"]),
        ("Dec Sa 20:00-02:00, Sa 22:00-03:00", 6, ["06 00:00-06 03:00"]),
        ("Jul, Dec 10:00-12:00", 5, ["05 10:00-05 12:00", "06 10:00-06 12:00"]),
        ("Fr, Sa 10:00-12:00", 5, ["05 10:00-05 12:00"]),
        ("Apr-Sep 08:00-20:00; Oct-Mar: 08:00-16:00", 5, ["05 08:00-05 16:00", "06 08:00-06 16:00"]),
        ("Dec 05-Dec 06 08:00-16:00", 6, ["06 08:00-06 16:00"]),
        ("week 49 Sa-Su 08:00-16:00", 6, ["06 08:00-06 16:00"]),
        ("Sa[1] 08:00-16:00", 5, ["05 08:00-05 16:00"]),
        ("Sa[2] 08:00-16:00", 5, []),
        ("Sa 08:00-16:00;", 5, ["05 08:00-05 16:00"]),
    ],
)
def test_nights_and_seasons(rule: str, day: int, expected: list[str]) -> None:
    """Days of December 2026; the 5th is a Saturday, the 25th and 26th are public holidays."""
    found = told(rule, dt.date(2026, 12, day))
    assert [f"{start}-{end}" for start, end, _ in found] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('We "only in season"', UNKNOWN),
        ('We "po umówieniu"', APPOINTMENT),
        ('We "sopimuksesta"', APPOINTMENT),
        ('We 09:00-12:00 "no appointment needed"', OPEN),
        ('We 09:00-12:00 "call us"; Th "call us"', OPEN),
        ('We open "ring the bell"', OPEN),
        ('24/7 "on request"', APPOINTMENT),
        ("We 09:00+", UNKNOWN),
        ("We 09:00-12:00+", OPEN),
        ('We unknown "by appointment"', APPOINTMENT),
    ],
)
def test_what_a_comment_makes_of_a_rule(rule: str, expected: HoursState) -> None:
    assert told(rule, WEDNESDAY)[0][2] == expected
