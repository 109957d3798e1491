"""The town built beside, in a process of its own: the map got, a file that was sent, timetables by address.

Each ends with the comparison, which the page shows; nothing comes into force, but for the first town, which
there is nothing to compare with. Begun anew it begins anew: what
was built beside before is thrown away first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import osmium

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.gtfs.download import FetchSettings
from planner.buses.build.lines.write import build_lines
from planner.buses.build.shapes.fill import fill
from planner.domain.jobs.job import Work
from planner.download.public import check_public
from planner.errors import InvalidInputError, NetworkMissingError, NotThereError, SourceFileError
from planner.services.town.beside import Beside
from planner.services.town.compare import compare
from planner.services.town.known import contact, feeds
from planner.services.town.none_yet import has_none
from planner.services.town.offered import keep_things, source_in_force
from planner.services.town.takeover import take_over
from planner.services.town.uploads import FOLDER, Upload
from planner.services.trust import audit
from planner.services.upkeep.first_run import builtin_timetable
from planner.streets.build.build import TownSettings, build_network
from planner.streets.build.download.town import (
    NOMINATIM_URL,
    OVERPASS_URL,
    Download,
    DownloadSettings,
    download,
)
from planner.streets.build.read.things import read_things
from planner.streets.build.tidy.tidy import READ_ERRORS, unreadable
from planner.streets.where import where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.download.patience import Report
    from planner.process import Services
    from planner.streets.build.download.place import FoundPlace


@dataclass(frozen=True)
class Told:
    """Tells a job how a build goes, and ends it where somebody has cancelled."""

    work: Work

    def __call__(self, step: int, steps: int, text: str) -> None:
        """Say that a step was done."""
        self._go_on()
        self.work.progress(step, steps, text)

    def line(self, text: str) -> None:
        """Say what was done."""
        self.passing(text)

    def passing(self, text: str) -> None:
        """Say what is going on."""
        self._go_on()
        self.work.progress(0, 0, text)

    def _go_on(self) -> None:
        if self.work.cancelled():
            raise SourceFileError("cancelled")


def get_map(services: Services, args: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """Get the map of `place` from OpenStreetMap and build it beside; tell how much came.

    Raises
    ------
    PlannerError
        In words that say what to do.
    """
    with services.database.session() as session:
        whom = contact(session)
    if not whom:
        raise InvalidInputError("nobody has said whom the servers of OpenStreetMap may write to")
    got = downloaded(services, str(args["place"]), whom, Told(work))
    try:
        _build_streets(services, got.file, town_of_place(services, got.place), work)
    except SourceFileError:
        if not work.cancelled():
            got.file.unlink(missing_ok=True)  # a file that cannot be used is not to be found again
        raise
    _settle(services, got.file, work)
    return {"place": got.place.full_name, "megabytes": round(got.file.stat().st_size / 1e6, 1)}


def from_file(services: Services, args: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """Build what was sent beside: streets with the name `name`, or a timetable.

    Raises
    ------
    PlannerError
        In words that say what to do.
    """
    upload = Upload(services.settings.data_dir, services.settings.town_upload_mb * 1_000_000)
    file = upload.file()
    if file is None:
        raise NotThereError("the file that was sent is not there any more: send it again")
    work.progress(0, 0, "looking at the file")
    upload.check_unpacked()
    size = file.stat().st_size
    if file.name.startswith("timetable"):
        _build_timetable(services, [str(file)], work)
        _compare(services, work)
    else:
        _build_streets(services, file, town_of_file(services, file, str(args.get("name") or "")), work)
        _settle(services, file, work)
    upload.throw_away()
    return {"megabytes": round(size / 1e6, 1)}


def fetch_feeds(services: Services, _args: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """Fetch the timetables that are named by their addresses, and build them beside.

    Raises
    ------
    PlannerError
        In words that say what to do.
    """
    with services.database.session() as session:
        named = feeds(session)
    if not named:
        raise NotThereError("no timetable is named by its address")
    _build_timetable(services, named, work)
    _compare(services, work)
    return {"feeds": len(named)}


def look_for_sites(services: Services, _args: Mapping[str, Any], work: Work) -> dict[str, int]:
    """Read what may be a site from the file that the streets in force were built from.

    Raises
    ------
    PlannerError
        If it is not kept.
    """
    work.progress(0, 0, "reading the map")
    things = read_things(source_in_force(services.settings.data_dir))
    keep_things(services.settings.data_dir, things)
    return {"things": len(things)}


def feed_settings(services: Services, whom: str) -> BuildSettings:
    """How timetables are fetched that somebody has named: https, and nothing in a private network."""
    admit = partial(check_public, exceptions=services.settings.feed_hosts)
    fetch = FetchSettings(contact=whom, admit=admit)
    try:
        builtin = builtin_timetable(services.keeper)
    except NetworkMissingError:
        builtin = None
    return BuildSettings(builtin=builtin, fill=fill, fetch=fetch)


def _build_streets(services: Services, file: Path, town: TownSettings, work: Work) -> None:
    beside = Beside(services.settings.data_dir)
    build_network(file, beside.emptied(), town, Told(work), [build_lines])
    beside.with_timetable_in_force()


def _build_timetable(services: Services, sources: Sequence[str], work: Work) -> None:
    with services.database.session() as session:
        whom = contact(session)
    settings = feed_settings(services, whom)
    folder = Beside(services.settings.data_dir).over_streets_in_force()
    build_timetable(sources, folder, settings, Told(work))


def downloaded(services: Services, place: str, whom: str, report: Report) -> Download:
    """Get the map of a place, asked as somebody."""
    settings = services.settings
    asked = DownloadSettings(
        nominatim_url=settings.nominatim_url or NOMINATIM_URL,
        overpass_url=settings.overpass_url or OVERPASS_URL,
        contact=whom,
    )
    return download(place, settings.data_dir, asked, report)


def town_of_place(services: Services, place: FoundPlace) -> TownSettings:
    """A town of the place's name, in its country and time zone."""
    west, south, east, north = place.bounds
    return _town_at(services, ((west + east) / 2, (south + north) / 2), place.name, place.full_name)


def town_of_file(services: Services, file: Path, name: str) -> TownSettings:
    """A town of a name, else of the town in force or the file, where the file's first node lies."""
    called = name or ("" if file.parent.name == FOLDER else file.name.split(".")[0].title())
    nodes = osmium.FileProcessor(str(file), osmium.osm.NODE)
    try:
        at = next(((node.lon, node.lat) for node in nodes if node.location.valid()), None)
    except READ_ERRORS as error:
        raise unreadable(file, error) from error
    return _town_at(services, at, called)


def _town_at(services: Services, at: LonLat | None, name: str, full_name: str = "") -> TownSettings:
    """A town where a position is: within the town in force its zone and country, and its name without one."""
    try:
        known = services.town.network
    except NetworkMissingError:
        known = None
    if known is not None and (at is None or known.covers(at, 0)):
        meta = known.meta
        return TownSettings(name or meta.name, meta.timezone, meta.country)
    if at is None:
        return TownSettings(name or "Town")
    found = where(at, full_name)
    return TownSettings(name or "Town", found.timezone, found.country)


def _settle(services: Services, file: Path, work: Work) -> None:
    """Compare the town beside, built from a file, with the one in force; a first town comes into force."""
    data_dir = services.settings.data_dir
    if not has_none(data_dir):
        _compare(services, work)
        return
    Told(work).passing("reading what may be a site")
    things, town = read_things(file), Beside(data_dir).town(services.settings.school)
    with services.database.writing() as session:
        take_over(session, data_dir, town.clock.local(services.now()).date())
        audit.note(session, audit.Act.TOWN_TAKEN_OVER, audit.BY_SERVICE, services.now())
    keep_things(data_dir, things)


def _compare(services: Services, work: Work) -> None:
    work.progress(0, 0, "comparing walks and visits")
    beside = Beside(services.settings.data_dir)
    town = beside.town(services.settings.school)
    try:
        now = services.town
    except NetworkMissingError:
        now = None
    with services.database.session() as session:
        beside.keep(compare(session, now, town, services.now()))
