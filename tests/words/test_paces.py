"""The paces that are offered: each is what its source measured, and a walk takes as long as that."""

from __future__ import annotations

import re

import pytest

from planner.domain.attendees.counts import SLOW_KMH
from planner.domain.schedule.walking import walk_duration_s
from planner.words.hiking import PACES

WORDS = {kmh: str(words) for kmh, words in PACES}


@pytest.mark.parametrize(
    ("kmh", "source"), [(3.3, "Asher and others, Age and Ageing 2012"), (2.7, "University of Bath")]
)
def test_a_measured_pace_names_who_measured_it(kmh: float, source: str) -> None:
    """0.9 m/s are 3.24 km/h, 0.76 m/s are 2.74 km/h: offered to a tenth."""
    measured = re.search(r"(\d\.\d+) m/s", WORDS[kmh])
    assert measured is not None
    assert abs(float(measured[1]) * 3.6 - kmh) < 0.1
    assert source in WORDS[kmh]


def test_people_who_walk_slowly_take_the_pace_of_seniors() -> None:
    """1100 m at 3.3 km/h are 20 min, at the usual 4 km/h 16 min 30 s."""
    assert WORDS[SLOW_KMH].startswith("with seniors")
    assert walk_duration_s(1100, SLOW_KMH) == 20 * 60
    assert walk_duration_s(1100, 4.0) == 990
