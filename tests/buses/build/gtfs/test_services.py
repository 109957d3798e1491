"""When services run: hand-made calendars, and any calendar against a plain reading of the specification."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.buses.build.gtfs.files import open_feed
from planner.buses.build.gtfs.services import ServiceDays, read_services
from planner.buses.build.gtfs.tables import Dropped
from planner.errors import SourceFileError
from tests.kit.buses.feeds import WEEK, Row, folder, stop, week

FIRST = date(2026, 3, 2)
Rules = list[tuple[str, date, date]]


def services(path: Path, rules: list[Row] | None, exceptions: list[Row] | None) -> ServiceDays:
    tables: dict[str, list[Row]] = {"stops": [stop("A", 0)]}
    tables |= {} if rules is None else {"calendar": rules}
    tables |= {} if exceptions is None else {"calendar_dates": exceptions}
    return read_services(open_feed(folder(path, tables)), Dropped())


def exception(service: str, day: str, kind: str) -> Row:
    return {"service_id": service, "date": day, "exception_type": kind}


def days(found: ServiceDays, service: str) -> list[date]:
    row = found.days[found.rows[service]].tolist()
    return [found.first + timedelta(days=at) for at, runs in enumerate(row) if runs]


def test_a_week_with_exceptions(tmp_path: Path) -> None:
    rules = [week("wk", last="20260308"), week("su", "0000001", last="20260308")]
    exceptions = [
        exception("wk", "20260304", "2"),
        exception("su", "20260304", "1"),
        exception("su", "20260303", "2"),
    ]
    found = services(tmp_path, rules, exceptions)
    assert days(found, "wk") == [date(2026, 3, day) for day in (2, 3, 5, 6)]
    assert days(found, "su") == [date(2026, 3, day) for day in (4, 8)]
    assert (found.first, found.last) == (date(2026, 3, 2), date(2026, 3, 8))


def test_no_calendar(tmp_path: Path) -> None:
    found = services(tmp_path, None, [exception("x", "20260307", "1"), exception("x", "20260301", "1")])
    assert days(found, "x") == [date(2026, 3, 1), date(2026, 3, 7)]


def test_a_calendar_of_zeros(tmp_path: Path) -> None:
    """Its dates say nothing; what runs stands in the exceptions."""
    rules = [week("x", "0000000", "20200101", "20301231")]
    found = services(tmp_path, rules, [exception("x", "20260307", "1"), exception("x", "20260309", "2")])
    assert days(found, "x") == [date(2026, 3, 7)]
    assert (found.first, found.last) == (date(2026, 3, 7), date(2026, 3, 7))


def test_an_empty_calendar_dates(tmp_path: Path) -> None:
    found = services(tmp_path, [week("x", "1000000")], [])
    assert len(days(found, "x")) == 4


def test_a_calendar_without_end_is_cut_after_ten_years(tmp_path: Path) -> None:
    found = services(tmp_path, [week("x", "1111111", "20260302", "20991231")], None)
    assert found.days.shape == (1, 3660)


def test_all_days_taken_away(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="no service runs on any day"):
        services(tmp_path, [week("x", last="20260302")], [exception("x", "20260302", "2")])


SOME_DAYS = st.integers(0, 20).map(lambda days_: FIRST + timedelta(days=days_))
RULES = st.lists(
    st.tuples(st.text("01", min_size=7, max_size=7), SOME_DAYS, SOME_DAYS), min_size=1, max_size=3
)
EXCEPTIONS = st.dictionaries(st.tuples(st.integers(0, 4), SOME_DAYS), st.sampled_from("12"), max_size=12)


def runs(rules: Rules, exceptions: dict[tuple[int, date], str]) -> set[tuple[int, date]]:
    """The specification read plainly, day by day and service by service."""
    found = set()
    for day in (FIRST + timedelta(days=at) for at in range(30)):
        for service in range(5):
            said = exceptions.get((service, day))
            if said == "1":
                found.add((service, day))
            elif said is None and service < len(rules):
                flags, first, last = rules[service]
                if first <= day <= last and flags[day.weekday()] == "1":
                    found.add((service, day))
    return found


@given(RULES, EXCEPTIONS)
@settings(deadline=None)
def test_any_calendar_is_what_the_specification_says(
    rules: Rules, exceptions: dict[tuple[int, date], str]
) -> None:
    lines: list[Row] = [
        {"service_id": str(number), **dict(zip(WEEK, flags, strict=True))}
        | {"start_date": f"{first:%Y%m%d}", "end_date": f"{last:%Y%m%d}"}
        for number, (flags, first, last) in enumerate(rules)
    ]
    more: list[Row] = [
        exception(str(service), f"{day:%Y%m%d}", kind) for (service, day), kind in exceptions.items()
    ]
    expected = runs(rules, exceptions)
    with TemporaryDirectory() as path:
        try:
            found = services(Path(path), lines, more or None)
        except SourceFileError:
            assert expected == set()
            return
    assert {(int(service), day) for service in found.rows for day in days(found, service)} == expected
    assert {day for _, day in expected} >= {found.first, found.last}
