"""What is said of doors: closed all day, opening later, closing before the visit is done; tight, unsure."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.clock import TownClock
from planner.domain.hours.spans import HoursState, Span, earliest_fit, spans_of
from planner.domain.schedule.doors import closed, misfit, span_warnings, tight
from planner.domain.warnings.codes import Warning, WarningCode
from tests.kit.warned import told_of, warned

CLOCK = TownClock("Europe/Warsaw")
WEDNESDAY = dt.date(2026, 12, 2)
AUTUMN = dt.date(2026, 10, 25)
OPEN = HoursState.OPEN


def at(time: str, day: dt.date = WEDNESDAY) -> int:
    return CLOCK.instant(day, time)


def said(
    rule: str, time: str, dwell_min: int, day: dt.date = WEDNESDAY
) -> tuple[int | None, dict[str, str | int]]:
    warning = closed(spans_of(rule, day, CLOCK, "PL"), at(time, day), dwell_min * 60, CLOCK)
    assert (warning.code, warning.stop, warning.leg) == (WarningCode.CLOSED, None, None)
    return warning.by_s, told_of(warning)


def closes(at: str, closes: str, left: int, dwell: int, **more: str) -> dict[str, str | int]:
    return {"kind": "closes", "at": at, "closes": closes, "left_min": left, "dwell_min": dwell, **more}


def opens(at: str, opens: str, wait: int, dwell: int) -> dict[str, str | int]:
    return {"kind": "opens", "at": at, "opens": opens, "in_min": wait, "dwell_min": dwell}


MUSEUM = "We 09:00-11:00,13:00-16:00"


@pytest.mark.parametrize(
    ("rule", "time", "dwell", "by_min", "params"),
    [
        (MUSEUM, "10:52", 35, 27, closes("10:52", "11:00", 8, 35)),
        (MUSEUM, "15:52", 35, 27, closes("15:52", "16:00", 8, 35)),
        (MUSEUM, "08:48", 35, 12, opens("08:48", "09:00", 12, 35)),
        (MUSEUM, "11:00", 35, 120, opens("11:00", "13:00", 120, 35)),
        (MUSEUM, "11:30", 35, 90, opens("11:30", "13:00", 90, 35)),
        (MUSEUM, "16:00", 35, 35, closes("16:00", "16:00", 0, 35)),
        (MUSEUM, "16:20", 35, 55, closes("16:20", "16:00", 0, 35)),
        (MUSEUM, "08:00", 200, 20, closes("08:00", "16:00", 180, 200, opens="13:00")),
        (MUSEUM, "08:00", 150, 300, opens("08:00", "13:00", 300, 150)),
        ("Mo 09:00-11:00", "10:00", 35, None, {"kind": "none"}),
        ("off", "10:00", 35, None, {"kind": "none"}),
        ("Th 00:00-11:00", "23:50", 35, None, {"kind": "none"}),
        ("We 20:00-24:00", "23:50", 35, 25, closes("23:50", "00:00", 10, 35)),
        ("Tu 20:00-02:00", "01:50", 35, 25, closes("01:50", "02:00", 10, 35)),
        ("Tu 20:00-02:00", "03:00", 35, 95, closes("03:00", "02:00", 0, 35)),
        ("10:00-16:00/01:30", "10:20", 60, 70, {**opens("10:20", "11:30", 70, 60), "entry": "11:30"}),
        ("10:00-16:00/01:30", "14:40", 60, 10, closes("14:40", "16:00", 0, 60, last_entry="14:30")),
        ("10:00-16:00/01:30", "09:00", 60, 60, opens("09:00", "10:00", 60, 60)),
    ],
)  # fmt: skip
def test_three_ways_to_be_closed(
    rule: str, time: str, dwell: int, by_min: int | None, params: dict[str, str | int]
) -> None:
    by_s, told = said(rule, time, dwell)
    assert told == params
    assert by_s == (None if by_min is None else by_min * 60)


def test_minutes_are_whole_ones_as_a_stay_is_held() -> None:
    """Who is ready 40 seconds after 10:52 could begin at 10:53: seven minutes are left until eleven."""
    spans = spans_of(MUSEUM, WEDNESDAY, CLOCK, "PL")
    assert told_of(closed(spans, at("10:52") + 40, 35 * 60, CLOCK))["left_min"] == 7
    assert told_of(closed(spans, at("08:48") + 40, 35 * 60, CLOCK))["in_min"] == 11


def test_minutes_run_on_while_the_clock_goes_back() -> None:
    """On 25 October 2026 the hour from 2:00 comes twice, so from 1:30 to 3:00 it is 150 minutes."""
    by_s, params = said("Su 03:00-05:00", "01:30", 30, AUTUMN)
    assert (by_s, params["in_min"], params["opens"]) == (150 * 60, 150, "03:00")
    by_s, params = said("Su 01:00-03:00", "01:30", 180, AUTUMN)
    assert (by_s, params["left_min"], params["closes"]) == (30 * 60, 150, "03:00")


def test_a_window_that_the_doors_would_have_allowed_is_what_was_missed() -> None:
    hours = spans_of(MUSEUM, WEDNESDAY, CLOCK, "PL")
    window = (at("08:00"), at("09:20"))
    assert misfit(hours, [window], at("09:00"), 35 * 60, CLOCK) == warned(
        WarningCode.LATE, by_s=15 * 60, params={"limit": "09:20", "kind": "window"}
    )
    after = misfit(hours, [window], at("15:52"), 35 * 60, CLOCK)
    assert (after.code, told_of(after)["kind"]) == (WarningCode.CLOSED, "closes")
    between = misfit(hours, [(at("11:00"), at("13:00"))], at("09:00"), 35 * 60, CLOCK)
    assert (between.code, told_of(between)) == (WarningCode.CLOSED, opens("11:00", "13:00", 120, 35))
    assert told_of(misfit(hours, [], at("16:20"), 35 * 60, CLOCK)) == closes("16:20", "16:00", 0, 35)


@pytest.mark.parametrize(("margin", "by_s"), [(0, 0), (299, 299), (300, None), (None, None)])
def test_tight_is_less_than_five_minutes(margin: int | None, by_s: int | None) -> None:
    span = Span(at("09:00"), at("11:00"), OPEN)
    expected = () if by_s is None else (warned(WarningCode.TIGHT, by_s=by_s, params={"limit": "11:00"}),)
    assert tight(margin, span, CLOCK) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, None, OPEN, "free entry"), ()),
        (Span(0, None, HoursState.UNKNOWN), (warned(WarningCode.HOURS_UNKNOWN),)),
        (
            Span(0, None, HoursState.UNKNOWN, "only in season"),
            (warned(WarningCode.HOURS_UNKNOWN, params={"comment": "only in season"}),),
        ),
        (
            Span(0, None, HoursState.UNKNOWN, doubt="school_holidays"),
            (warned(WarningCode.HOURS_UNKNOWN, params={"doubt": "school_holidays"}),),
        ),
        (
            Span(0, None, HoursState.APPOINTMENT, "by appointment"),
            (warned(WarningCode.BY_APPOINTMENT, params={"comment": "by appointment"}),),
        ),
    ],
)
def test_how_sure_the_doors_are(span: Span, expected: tuple[Warning, ...]) -> None:
    assert span_warnings(span) == expected


ENDS = st.lists(st.integers(0, 95), max_size=6, unique=True).map(sorted)


@given(ends=ENDS, start=st.integers(0, 95 * 15), dwell=st.integers(1, 300))
def test_the_kind_agrees_with_trying_every_minute(ends: list[int], start: int, dwell: int) -> None:
    midnight = at("00:00")
    spans = tuple(
        Span(midnight + 900 * a, midnight + 900 * b, OPEN)
        for a, b in zip(ends[::2], ends[1::2], strict=False)
    )
    begin = midnight + 60 * start
    if any(span.holds(begin, dwell * 60) for span in spans):
        return
    told = closed(spans, begin, dwell * 60, CLOCK)
    is_open_now = any(span.start <= begin < (span.end or 0) for span in spans)
    later = earliest_fit(spans, begin, dwell * 60)
    assert told_of(told)["kind"] == (
        "none" if not spans else "closes" if is_open_now or later is None else "opens"
    )
    if told_of(told)["kind"] == "opens":
        assert later is not None
        assert told.by_s == later[0] - begin
    if is_open_now:
        assert told_of(told)["left_min"] == sum(
            any(span.start <= begin + 60 * minute < (span.end or 0) for span in spans)
            for minute in range(next(m for m in range(1500) if not _is_open(spans, begin + 60 * m)))
        )


def _is_open(spans: tuple[Span, ...], moment: int) -> bool:
    return any(span.start <= moment < (span.end or 0) for span in spans)
