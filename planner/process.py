"""What a process works with, one each: settings, database, town, clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from flask import current_app

from planner.domain.clock import Instant
from planner.errors import NetworkMissingError
from planner.services.upkeep.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.releases import NetworkFacts
    from planner.services.travel.town import Town, TownKeeper
    from planner.storage.place import Storage
    from planner.store.database import Database

_KEY = "planner"


def _now() -> Instant:
    return int(time.time())


@dataclass(frozen=True)
class Services:
    """One per process; holds nothing that workers would have to share.

    Database and town are opened when first asked for: who builds does not wait for their libraries.
    """

    settings: Settings
    now: Callable[[], Instant] = _now

    @classmethod
    def install(cls, app: Flask, settings: Settings, now: Callable[[], Instant] | None = None) -> Services:
        """Give the application its services."""
        made = cls(settings, now or _now)
        app.extensions[_KEY] = made
        return made

    def open(self) -> None:
        """Open now what the threads of a server share."""
        _ = self.database, self.keeper

    @cached_property
    def database(self) -> Database:
        """The database."""
        from planner.store.database import Database

        return Database(self.settings.database_url)

    @cached_property
    def keeper(self) -> TownKeeper:
        """Who hands out the town in force."""
        from planner.services.travel.town import TownKeeper

        data_dir = self.settings.data_dir
        return TownKeeper(data_dir, self.settings.school, orders_dir=data_dir / "orders")

    @cached_property
    def storage(self) -> Storage | None:
        """What machines share besides the database; None where there is one alone."""
        from planner.storage.place import Storage

        return Storage(self.settings.storage_url) if self.settings.storage_url else None

    def search_s(self, usual_s: float) -> float:
        """How long a search may take, in seconds, that is usually allowed so many."""
        return usual_s * self.settings.search_time

    @property
    def town(self) -> Town:
        """The town in force.

        Raises
        ------
        NetworkMissingError
            If there are no streets: for all that needs ways.
        """
        return self.keeper.town()

    def town_of(self, facts: NetworkFacts) -> Town:
        """The town that a release was planned over, as long as it is kept; else the one in force.

        Raises
        ------
        NetworkMissingError
            As `town`.
        """
        return self.keeper.town_of(facts.built)

    @property
    def desk_town(self) -> Town:
        """The town in force, or one without streets while they are missing: for what can be done without."""
        return self._or_without_streets(lambda: self.town)

    def desk_town_of(self, facts: NetworkFacts) -> Town:
        """The town that a release was planned over, or one without streets while they are missing."""
        return self._or_without_streets(lambda: self.town_of(facts))

    def _or_without_streets(self, town: Callable[[], Town]) -> Town:
        try:
            return town()
        except NetworkMissingError as error:
            from planner.services.upkeep.streetless import streetless

            with self.database.session() as session:
                return streetless(session, self.settings.school, error)


def services() -> Services:
    """The services of the application in force."""
    return cast("Services", current_app.extensions[_KEY])
