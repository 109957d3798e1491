"""Every opening_hours of two real towns: ours is the library's answer, save where the library is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import osmium
import pytest

from planner.domain.hours.day import day_pieces
from planner.domain.hours.holidays import World, on_day
from planner.domain.hours.spans import Almanac, HoursState, parse_hours
from planner.domain.hours.syntax import fallback_groups, is_past_midnight

if TYPE_CHECKING:
    from pathlib import Path

ZONE = "Europe/Vienna"
DAYS = [dt.date(2026, 12, 18) + dt.timedelta(days=later) for later in range(14)]
Told = list[tuple[dt.datetime, dt.datetime, str]]

KNOWN = {
    # the rest of the night before a day that has rules of its own
    "19:00-02:00; Mo off",
    "Tu-Th 12:00-00:00; Fr 12:00-01:00; Sa 18:00-01:00",
    # a comment alone: the library says open
    '08:00-18:00; Sa,Su "On request"',
    # no school calendar: unknown
    "Mo-Fr 09:30-22:00; Sa 09:30-13:30; Su 17:00-21:00; SH off",
    # an open end: unknown
    "Mo-Sa 18:00+; Su 17:00+",
    "Mo-Sa 07:30-18:45+",
    # a blank after a comma between days: the library has the first of them open all day
    "Mo 07:30-10:00; We, Fr 07:30-11:00",
    "Mo, Fr 09:00-12:00; Tu 09:00-11:00, 16:00-18:00; Th 15:00-18:00",
}


@pytest.fixture(scope="module")
def rules(real_dir: Path) -> list[str]:
    found = {
        thing.tags["opening_hours"]
        for name in ("monaco.osm.pbf", "krems.osm.gz")
        for thing in osmium.FileProcessor(str(real_dir / name))
        if "opening_hours" in thing.tags
    }
    return sorted(rule for rule in found if _is_readable(rule))


def _is_readable(rule: str) -> bool:
    try:
        parse_hours(rule, "AT")
    except ValueError:
        return False
    return True


def _joined(pieces: Told) -> Told:
    made: Told = []
    for start, end, state in pieces:
        if state == HoursState.CLOSED:
            continue
        follows = bool(made) and made[-1][1:] == (start, state)
        made.append((made.pop()[0] if follows else start, end, state))
    return made


def _ours(rule: str, day: dt.date) -> Told:
    pieces = day_pieces(rule, day, Almanac("AT"), ZONE)
    return _joined([(one.start, one.end, str(one.state)) for one in pieces])


def _librarys(rule: str, day: dt.date) -> Told:
    midnight = dt.datetime.combine(day, dt.time())
    found = parse_hours(rule, "AT").intervals(midnight, midnight + dt.timedelta(days=1))
    return _joined([(start, end, str(state)) for start, end, state, _ in found])


def test_there_are_enough_of_them(rules: list[str]) -> None:
    assert len(rules) == 161
    assert set(rules) >= KNOWN


def test_we_differ_from_the_library_where_it_is_wrong_and_nowhere_else(rules: list[str]) -> None:
    differ = {rule for rule in rules if any(_ours(rule, day) != _librarys(rule, day) for day in DAYS)}
    assert differ == KNOWN


def test_a_rule_cut_down_to_one_day_is_the_rule_on_that_day(rules: list[str]) -> None:
    for rule in rules:
        if is_past_midnight(rule) or rule in KNOWN:
            continue
        (group,) = fallback_groups(rule)
        for day in DAYS:
            cut = on_day(group, day, World(day, "AT"))
            assert _librarys(cut, day) == _librarys(group, day), (rule, cut)
