"""Beside a runner's jobs: what other machines have put in force is fetched a few seconds later."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from planner.errors import PlannerError

if TYPE_CHECKING:
    from pathlib import Path

    from planner.storage.place import Storage

LOOK_S = 15.0
PHOTOS_EVERY = 40
"""Photos that were removed elsewhere are looked for at each so-manieth look."""

_LOG = logging.getLogger(__name__)


def begin_following(storage: Storage | None, data_dir: Path) -> Event:
    """Look again and again, in a thread of its own, until the event is set; without a storage do nothing."""
    ended = Event()
    if storage is not None:
        Thread(target=_follow, args=(storage, data_dir, ended), name="following", daemon=True).start()
    return ended


def _follow(storage: Storage, data_dir: Path, ended: Event) -> None:
    from planner.services.upkeep.sharing import drop_photos, follow  # noqa: PLC0415 - 20 MB, for who has a storage

    said, looks = "", 0
    while not ended.wait(LOOK_S):
        looks += 1
        try:
            follow(storage, data_dir)
            if looks % PHOTOS_EVERY == 0:
                drop_photos(storage, data_dir)
            said = ""
        except (PlannerError, OSError) as error:
            if str(error) != said:
                _LOG.warning("what is in force elsewhere cannot be fetched: %s", error)
                said = str(error)
