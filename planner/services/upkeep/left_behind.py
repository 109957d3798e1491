"""What killed processes left in the data directory: uploads nobody confirms, half a backup or restore."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

from planner.services.catalogue.staging import Staging

if TYPE_CHECKING:
    from pathlib import Path

BESIDE = ("backup-*", "restore-*", "share-*")
"""Folders that a command makes and removes itself, unless it is killed."""

KEPT_S = 24 * 3600


def sweep_left_behind(data_dir: Path) -> None:
    """Remove what lies there for more than a day by the clock of the files."""
    Staging(data_dir).sweep()
    oldest = time.time() - KEPT_S
    for pattern in BESIDE:
        for folder in data_dir.glob(pattern):
            if folder.is_dir() and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
