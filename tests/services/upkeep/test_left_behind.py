"""What a killed process left is removed after a day; what is under way, and what is kept, stays."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from planner.services.catalogue.staging import Staging, Upload
from planner.services.upkeep.left_behind import KEPT_S, sweep_left_behind

if TYPE_CHECKING:
    from pathlib import Path

AN_HOUR = 3600


def aged(file: Path, seconds: float) -> None:
    at = time.time() - seconds
    os.utime(file, (at, at))


def test_only_what_is_left_for_a_day_goes(tmp_path: Path) -> None:
    sweep_left_behind(tmp_path)
    staging = Staging(tmp_path)
    old, young = (staging.keep(Upload("sites.csv", "mark", b"a,b")) for _ in range(2))
    for file in (tmp_path / "uploads").glob(f"{old}.*"):
        aged(file, KEPT_S + AN_HOUR)
    for name, seconds in (
        ("backup-a", KEPT_S + AN_HOUR),
        ("restore-b", KEPT_S + AN_HOUR),
        ("backup-c", AN_HOUR),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "planner.sqlite").write_bytes(b"")
        aged(tmp_path / name, seconds)
    (tmp_path / "network-d").mkdir()
    aged(tmp_path / "network-d", KEPT_S * 9)
    sweep_left_behind(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup-c", "network-d", "uploads"]
    assert sorted(one.name for one in (tmp_path / "uploads").iterdir()) == [f"{young}.data", f"{young}.json"]
