"""Driving times and breaks of a coach's driver, each case worked by hand. Minutes from midnight."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.itinerary import PartKind
from planner.domain.schedule.driving import Drive, drives_of, driving_day
from planner.domain.warnings.codes import Breach
from tests.kit.samples import sample_itinerary

MINUTE = 60


def day(*spans: tuple[int, int], boarding: int = 0) -> list[Drive]:
    """Drives from so many minutes to so many, of each some minutes boarding."""
    return [Drive(start * MINUTE, end * MINUTE, (end - start - boarding) * MINUTE) for start, end in spans]


@pytest.mark.parametrize(
    ("spans", "longest_min", "is_broken"),
    [
        # 4 h 30 min without a pause is just allowed, a minute more is not
        ([(0, 270)], 270, False),
        ([(0, 271)], 271, True),
        # 3 h, 44 min, 2 h: the pause is a minute short, so 5 h in one go
        ([(0, 180), (224, 344)], 300, True),
        # 3 h, 45 min, 2 h: a whole break
        ([(0, 180), (225, 345)], 180, False),
        # 2 h, 15 min, 2 h, 30 min, 2 h: whole with the second part, then 2 h
        ([(0, 120), (135, 255), (285, 405)], 240, False),
        # the parts the other way round, as occasional services may since 2024
        ([(0, 120), (150, 270), (285, 405)], 240, False),
        # 20 and 25 min are 45
        ([(0, 120), (140, 260), (285, 405)], 240, False),
        # 20 and 24 min are 44: 6 h in one go
        ([(0, 120), (140, 260), (284, 404)], 360, True),
        # 14 min are no part: 14 + 40 do not make a break
        ([(0, 120), (134, 254), (294, 414)], 360, True),
        # three parts of 15 min: no two of them make 45
        ([(0, 100), (115, 215), (230, 330), (345, 445)], 400, True),
        # of two first parts the longer counts: 15, 20, 25
        ([(0, 80), (95, 175), (195, 275), (300, 400)], 240, False),
        # the break comes after 4 h 31 min of driving: too late
        ([(0, 150), (165, 286), (331, 400)], 271, True),
    ],
)
def test_the_break_after_four_and_a_half_hours(
    spans: list[tuple[int, int]], longest_min: int, *, is_broken: bool
) -> None:
    judged = driving_day(day(*spans))
    assert judged.longest_s == longest_min * MINUTE
    assert (Breach.NO_BREAK in judged.breaches) is is_broken


def test_getting_in_and_out_is_no_driving_and_no_break() -> None:
    judged = driving_day(day((0, 140), (150, 290), boarding=10))
    assert (judged.driving_s, judged.longest_s) == (260 * MINUTE, 260 * MINUTE)
    assert judged.rests == ()
    assert judged.breaches == ()


@pytest.mark.parametrize(
    ("hours_min", "breaches"),
    [
        ((180, 180, 180), ()),
        ((180, 180, 181), (Breach.LONG_DAY,)),
        ((200, 200, 200), (Breach.LONG_DAY,)),
        ((200, 200, 201), (Breach.TOO_LONG_DAY,)),
    ],
)
def test_a_day_has_nine_hours_and_ten_twice_a_week(
    hours_min: tuple[int, ...], breaches: tuple[Breach, ...]
) -> None:
    spans, at = [], 0
    for minutes in hours_min:
        spans.append((at, at + minutes))
        at += minutes + 45
    assert driving_day(day(*spans)).breaches == breaches


def test_nobody_who_does_not_drive_breaks_anything() -> None:
    assert driving_day(()).breaches == ()


def test_the_drives_of_a_day_are_its_parts_by_coach() -> None:
    itinerary = sample_itinerary()
    leg = itinerary.legs[0]
    part = replace(leg.parts[0], kind=PartKind.DRIVE, boarding_s=120)
    changed = replace(itinerary, legs=(replace(leg, parts=(part,)), *itinerary.legs[1:]))
    assert drives_of(changed) == (Drive(part.depart, part.arrive, part.arrive - part.depart - 120),)
    assert drives_of(itinerary) == ()
