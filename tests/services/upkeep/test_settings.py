"""The settings that are read from the environment: what is taken, and what is refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.errors import SettingError
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


def search_time(folder: Path, given: str) -> float:
    environ = {"PLANNER_DATA_DIR": str(folder), "SECRET_KEY": "for tests", "SEARCH_TIME": given}
    return read_settings(environ).search_time


@pytest.mark.parametrize(("given", "taken"), [("", 1.0), ("2.5", 2.5), ("0.1", 0.1), ("100", 100.0)])
def test_searches_may_take_so_many_times_the_usual_time(tmp_path: Path, given: str, taken: float) -> None:
    assert search_time(tmp_path, given) == taken


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "101", "long"])
def test_a_time_in_which_nothing_can_be_searched_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingError, match=f"^SEARCH_TIME: '{given}' is no number above 0 and up to 100$"):
        search_time(tmp_path, given)
