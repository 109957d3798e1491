"""Opening hours as people write them in a table, read as the syntax has them."""

from __future__ import annotations

import pytest

from planner.domain.hours.spelling import as_plain
from planner.services.catalogue.record import read_record


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mo-Fr 9.30-16.00", "Mo-Fr 09:30-16:00"),
        ("Mo-Fr 9h30-16h; Sa 10h-24h", "Mo-Fr 09:30-16:00; Sa 10:00-24:00"),
        ("Mo-Fr 9.30-12.00, 13:00 - 16.00", "Mo-Fr 09:30-12:00,13:00-16:00"),
        ("Mo-Fr 9:30-16:00", "Mo-Fr 9:30-16:00"),
        ('Mo-Fr 08:00-16:00 "9.30-10.00 w recepcji"', 'Mo-Fr 08:00-16:00 "9.30-10.00 w recepcji"'),
        ("1.05-3.09 Mo-Fr 09:00-16:00", "1.05-3.09 Mo-Fr 09:00-16:00"),
        ("1.05-30.09", "1.05-30.09"),
        ("2026-2027 Mo 09:00-10:00", "2026-2027 Mo 09:00-10:00"),
        ("Mo 25.00-26.00", "Mo 25.00-26.00"),
        ("", ""),
    ],
)
def test_times_in_a_table_are_read(written: str, read: str) -> None:
    assert as_plain(written) == read
    assert as_plain(read) == read


def test_a_row_of_a_table_is_read_so() -> None:
    site, problems = read_record({"id": "a", "name_pl": "A", "opening_hours": "Mo-Fr 9.30-16.00"})
    assert (site.opening_hours, problems) == ("Mo-Fr 09:30-16:00", [])
