"""What a request handler works with: settings, database, town, clock."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app

from planner.domain.clock import Instant
from planner.errors import NetworkMissingError
from planner.services.catalogue.rules import RuleContext
from planner.services.travel.town import Town, TownKeeper
from planner.services.upkeep.settings import Settings
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
            keeper=TownKeeper(settings.data_dir, settings.school),
            now=now or (lambda: int(time.time())),
        )

    def search_s(self, usual_s: float) -> float:
        """How long a search may take, in seconds, that is usually allowed so many."""
        return usual_s * self.settings.search_time

    @property
    def town(self) -> Town:
        """The town in force."""
        return self.keeper.town()


def services() -> Services:
    """The services of the application in force."""
    return cast("Services", current_app.extensions[_KEY])


def rule_context() -> RuleContext:
    """What the catalogue's rules are read against: today, and the town if one is built."""
    context = services()
    try:
        town = context.town
    except NetworkMissingError:
        return RuleContext(dt.datetime.fromtimestamp(context.now(), dt.UTC).date())
    return RuleContext(town.clock.local(context.now()).date(), town)
