"""The town in force: its network and clock, picked up anew when a build has replaced it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from planner.built import folder_of
from planner.buses.files import POINTER as TIMETABLE_POINTER
from planner.buses.files import current_timetable
from planner.buses.query.timetable.open import load_timetable
from planner.domain.clock import TownClock
from planner.domain.hours.school import NO_SCHOOL_CALENDAR, SchoolCalendar
from planner.domain.hours.spans import Almanac
from planner.domain.releases import NetworkFacts
from planner.errors import NetworkMissingError, Reason
from planner.memory import Memory
from planner.services.travel.day_memory import DayMemory
from planner.services.travel.rides import TownRides
from planner.services.travel.standing import State, files_of
from planner.streets.files import POINTER, SCALE, current_folder
from planner.streets.landmarks import LandmarkKind
from planner.streets.query.hiking import has_paths, with_paths
from planner.streets.query.hours import Numbers, TownTime, opens_between, shut_on, shut_over, without
from planner.streets.query.network import Network, load_network

if TYPE_CHECKING:
    import datetime as dt

    from planner.buses.query.timetable.timetable import Timetable
    from planner.domain.clock import Instant
    from planner.domain.geo import LonLat

OPENING_TRIES = 2

Mark = tuple[int, int]


@dataclass(frozen=True)
class Town:
    """A network with the clock and the country that go with it.

    `missing` is why there are no streets: such a town tells the time, and plans nothing.
    """

    network: Network
    network_folder: Path | None = None
    data_dir: Path | None = None
    school: SchoolCalendar = NO_SCHOOL_CALENDAR
    orders_dir: Path | None = None
    """Where the workers of a machine write down the orders they find, for each other; None for nowhere."""
    missing: NetworkMissingError | None = None
    own_timetable: Path | None = None
    """The timetable of streets that are not in force any more: it speaks where none in force does."""

    @cached_property
    def clock(self) -> TownClock:
        """The town's clock."""
        return TownClock(self.network.meta.timezone)

    @cached_property
    def timetable(self) -> Timetable | None:
        """The timetable in force with the network's own lines, opened when first asked for; None without any.

        A timetable of another town or version of the program says nothing: `timetable info` tells.
        """
        network = self.network.meta
        for _ in range(OPENING_TRIES):
            folder = current_timetable(self.data_dir) if self.data_dir else None
            try:
                timetable = load_timetable(self.network_folder, folder)
            except (ValueError, OSError):  # of another version, or replaced twice while we were opening
                continue
            if timetable is None or timetable.meta.is_for(network.timezone, network.bounds):
                return timetable
            break
        return self._its_own()

    def _its_own(self) -> Timetable | None:
        """The timetable that the streets had when they were in force, else their own lines."""
        with suppress(ValueError, OSError):
            timetable = load_timetable(self.network_folder, self.own_timetable)
            meta = self.network.meta
            if timetable is not None and timetable.meta.is_for(meta.timezone, meta.bounds):
                return timetable
        return load_timetable(self.network_folder, None)

    @cached_property
    def rides(self) -> TownRides | None:
        """Journeys over the timetable; None without any."""
        timetable = self.timetable
        return None if timetable is None else TownRides(self.network, timetable, self.clock, self.country)

    @cached_property
    def planned_days(self) -> DayMemory:
        """The days planned last over these streets and this timetable."""
        return DayMemory()

    @cached_property
    def found_orders(self) -> Memory:
        """The orders found last of days over these streets and this timetable."""
        return Memory()

    @cached_property
    def restaurants(self) -> tuple[LonLat, ...]:
        """Where the map has a restaurant with a name."""
        network = self.network
        at = network.landmark_at[network.landmark_kind == LandmarkKind.RESTAURANT]
        return tuple((lon / SCALE, lat / SCALE) for lon, lat in at.tolist())

    def under(self, timezone: str, country: str) -> Town:
        """Return the town's streets under the clock and the holidays of a release: of another town, maybe."""
        meta = self.network.meta
        if (meta.timezone, meta.country) == (timezone, country):
            return self
        meta = replace(meta, timezone=timezone, country=country)
        return replace(self, network=replace(self.network, meta=meta))

    def on(self, day: dt.date) -> Town:
        """Return the town as it is on a day: without the ways and gates that are not open all the day."""
        shut = self.shut_on(day)
        return self if not shut else self._remembered.get("shut", shut, lambda: self._without(shut))

    def shut_on(self, day: dt.date) -> Numbers:
        """Return the conditions of ways and gates that are not open all the day."""
        return shut_on(self.network, day, self.time)

    def open_over(self, start: Instant, end: Instant) -> Town:
        """Return the town without the ways and gates that are not open all the while from start to end."""
        shut = shut_over(self.network, start, end, self.time)
        return self if not shut else self._remembered.get("shut", shut, lambda: self._without(shut))

    def opens_between(self, start: Instant, end: Instant) -> list[Instant]:
        """Return the instants after a start, up to an end, at which a way or gate opens."""
        return opens_between(self.network, start, end, self.time)

    def _without(self, shut: Numbers) -> Town:
        return replace(self, network=without(self.network, shut))

    def with_paths(self, scale: int) -> Town:
        """Return the town with mountain paths up to T`scale`, which are shut unless a group asks for them."""
        if not has_paths(self.network, scale):
            return self
        return self._remembered.get("paths", scale, lambda: self._with_paths(scale))

    def _with_paths(self, scale: int) -> Town:
        return replace(self, network=with_paths(self.network, scale))

    @cached_property
    def chances(self) -> Memory:
        """How sure days are to be on time that were played last."""
        return Memory()

    @cached_property
    def _remembered(self) -> Memory:
        return Memory()

    @property
    def time(self) -> TownTime:
        """What says when ways are open."""
        return TownTime(self.clock, self.almanac)

    @property
    def country(self) -> str:
        """ISO code, for public holidays."""
        return self.network.meta.country

    @cached_property
    def almanac(self) -> Almanac:
        """What its days are: holidays, and the sun over the middle of the network."""
        west, south, east, north = self.network.meta.bounds
        return Almanac(self.country, self.school, ((west + east) / 2, (south + north) / 2))

    @property
    def facts(self) -> NetworkFacts:
        """What a page must say about the streets."""
        meta, comforts = self.network.meta, self.network.comforts
        return NetworkFacts(
            name=meta.name,
            timezone=meta.timezone,
            country=meta.country,
            credit=meta.credit,
            credit_url=meta.credit_url,
            data_date=meta.data_date,
            is_sketch=meta.is_sketch,
            estimated_share=round(meta.estimated_m / meta.walk_m, 4),
            comforts=tuple(kind.word for kind in sorted(comforts.known)) if comforts else (),
            built=self._built,
        )

    @property
    def _built(self) -> str:
        """The names of the folders that it is opened from."""
        if self.network_folder is None:
            return ""
        folder = self.own_timetable or (current_timetable(self.data_dir) if self.data_dir else None)
        return f"{self.network_folder.name} {folder.name}" if folder else self.network_folder.name


TRIES = 10
"""Builds in a row may replace a network more than once while it is being opened."""


class TownKeeper:
    """Hands out the town in force: looks at the pointer files at every question, reloads when one changed."""

    def __init__(
        self, data_dir: Path, school: SchoolCalendar = NO_SCHOOL_CALENDAR, orders_dir: Path | None = None
    ) -> None:
        self._data_dir = data_dir
        self._school = school
        self._orders_dir = orders_dir
        self._loaded: tuple[tuple[Mark, Mark | None], Town] | None = None
        self._earlier: tuple[str, Town] | None = None
        self._files: State = ()

    def town(self) -> Town:
        """Return the town in force.

        Raises
        ------
        NetworkMissingError
            If no network has been built yet, or it is of another version.
        """
        streets = self._mark(POINTER)
        if streets is None:
            msg = "no street network has been built yet: run `flask --app wsgi network build FILE`"
            raise NetworkMissingError(msg, reason=Reason.NETWORK_MISSING)
        mark = (streets, self._mark(TIMETABLE_POINTER))
        loaded = self._loaded
        if loaded is None or loaded[0] != mark:
            self._files = files_of(self._data_dir)
            is_new = loaded is None or loaded[0][0] != streets
            loaded = self._loaded = (mark, self._load() if loaded is None or is_new else replace(loaded[1]))
        return loaded[1]

    def let_go_of_changed(self) -> bool:
        """Let go of a town whose files are not any more what was opened; whether it was so."""
        is_changed = self._loaded is not None and files_of(self._data_dir) != self._files
        if is_changed:
            self._loaded = None
        return is_changed

    def town_of(self, built: str) -> Town:
        """Return the town that a release was planned over, by its `NetworkFacts.built`.

        That is the one in force where the streets are the same, or are kept no more.

        Raises
        ------
        NetworkMissingError
            As `town`.
        """
        now = self.town()
        streets, _, timetable = built.partition(" ")
        folder = folder_of(self._data_dir, streets)
        if folder is None or folder == now.network_folder:
            return now
        if self._earlier is None or self._earlier[0] != built:
            try:
                network = load_network(folder)
            except (ValueError, OSError):  # of another version of the program, or just removed
                return now
            town = replace(
                now,
                network=network,
                network_folder=folder,
                own_timetable=folder_of(self._data_dir, timetable),
            )
            self._earlier = (built, town)
        return self._earlier[1]

    def _mark(self, pointer: str) -> Mark | None:
        """What changes when a build replaces a pointer file; None where there is none."""
        try:
            state = (self._data_dir / pointer).stat()
        except FileNotFoundError:
            return None
        return state.st_mtime_ns, state.st_ino

    def _load(self) -> Town:
        """Open the folder in force; again, as often as builds replace it while we are opening."""
        for tries_left in reversed(range(TRIES)):
            folder = current_folder(self._data_dir)
            if folder is None:
                if tries_left:
                    continue  # its pointer was read before a build replaced it
                msg = "the built street network has been removed: run `flask --app wsgi network build FILE`"
                raise NetworkMissingError(msg, reason=Reason.NETWORK_REMOVED)
            try:
                network = load_network(folder)
                return Town(network, folder, self._data_dir, self._school, self._orders_dir)
            except (ValueError, OSError) as error:
                if not tries_left or current_folder(self._data_dir) == folder:
                    raise NetworkMissingError(str(error), reason=Reason.NETWORK_UNUSABLE) from error
        raise AssertionError("the last try returns or raises")
