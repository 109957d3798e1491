"""What a request handler works with: settings, database, town, clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from planner.domain.clock import Instant
from planner.services.settings import Settings
from planner.services.town import Town, TownKeeper
from planner.store.database import Database

if TYPE_CHECKING:
    from flask import Flask


_KEY = "planner"


@dataclass(frozen=True)
class Services:
    """One per process; holds nothing that workers would have to share."""

    settings: Settings
    database: Database
    keeper: TownKeeper
    now: Callable[[], Instant]

    @classmethod
    def install(cls, app: Flask, settings: Settings, now: Callable[[], Instant] | None) -> None:
        """Give the application its services."""
        app.extensions[_KEY] = cls(
            settings=settings,
            database=Database(settings.database_url),
            keeper=TownKeeper(settings.data_dir),
            now=now or (lambda: int(time.time())),
        )

    @property
    def town(self) -> Town:
        """The town in force."""
        return self.keeper.town()


def services() -> Services:
    """The services of the application in force."""
    return cast("Services", current_app.extensions[_KEY])
