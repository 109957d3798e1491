"""The town in force: its network and clock, picked up anew when a build has replaced it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.releases import NetworkFacts
from planner.errors import NetworkMissingError
from planner.streets.files import POINTER, current_folder
from planner.streets.query.network import Network, load_network

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Town:
    """A network with the clock and the country that go with it."""

    network: Network

    @cached_property
    def clock(self) -> TownClock:
        """The town's clock."""
        return TownClock(self.network.meta.timezone)

    @property
    def country(self) -> str:
        """ISO code, for public holidays."""
        return self.network.meta.country

    @property
    def facts(self) -> NetworkFacts:
        """What a page must say about the streets."""
        meta = self.network.meta
        return NetworkFacts(
            name=meta.name,
            timezone=meta.timezone,
            country=meta.country,
            credit=meta.credit,
            credit_url=meta.credit_url,
            data_date=meta.data_date,
            is_sketch=meta.is_sketch,
            estimated_share=round(meta.estimated_m / meta.walk_m, 4),
        )


class TownKeeper:
    """Hands out the town in force; looks at the pointer file at every question, reloads when it changed."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._loaded: tuple[tuple[int, int], Town] | None = None

    def town(self) -> Town:
        """Return the town in force.

        Raises
        ------
        NetworkMissingError
            If no network has been built yet, or it is of another version.
        """
        try:
            state = (self._data_dir / POINTER).stat()
        except FileNotFoundError as error:
            msg = "no street network has been built yet: run `flask --app wsgi network build FILE`"
            raise NetworkMissingError(msg) from error
        mark = (state.st_mtime_ns, state.st_ino)
        if self._loaded is None or self._loaded[0] != mark:
            self._loaded = (mark, self._load())
        return self._loaded[1]

    def _load(self) -> Town:
        """Open the folder in force; once more, if a build has replaced it while we were opening."""
        for is_last in (False, True):
            folder = current_folder(self._data_dir)
            if folder is None:
                msg = "the built street network has been removed: run `flask --app wsgi network build FILE`"
                raise NetworkMissingError(msg)
            try:
                return Town(load_network(folder))
            except (ValueError, OSError) as error:
                if is_last or current_folder(self._data_dir) == folder:
                    raise NetworkMissingError(str(error)) from error
        raise AssertionError("the second try returns or raises")
