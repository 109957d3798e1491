"""Downloading a town: the place by its name, then its OpenStreetMap data into a file for a build."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planner.download.patience import Patience
from planner.download.receive import agent, can_be_sent, whole
from planner.errors import InvalidInputError
from planner.streets.build.download.cache import Cache
from planner.streets.build.download.overpass import check_answer, fetch, query
from planner.streets.build.download.pieces import join, pieces_of
from planner.streets.build.download.place import FoundPlace, find_place

if TYPE_CHECKING:
    from planner.download.patience import Report

NOMINATIM_URL = "https://nominatim.openstreetmap.org/"
OVERPASS_URL = "https://overpass-api.de/api/interpreter"
FOLDER = "cache/osm"


@dataclass(frozen=True)
class DownloadSettings:
    """Whom to ask, as whom, and how long and how much."""

    nominatim_url: str = NOMINATIM_URL
    overpass_url: str = OVERPASS_URL
    contact: str = ""
    budget_min: float = 15.0
    largest_km2: float = 1000.0
    keep_days: float = 7.0
    fresh: bool = False
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time

    @property
    def agent(self) -> str:
        """Who asks: program, version, and whom to write to if there is a contact."""
        return agent(self.contact, "town")

    def check(self) -> None:
        """Refuse addresses and a contact that cannot be sent.

        Raises
        ------
        InvalidInputError
            With a message that names the setting.
        """
        for name, url in (("NOMINATIM_URL", self.nominatim_url), ("OVERPASS_URL", self.overpass_url)):
            if not url.startswith(("http://", "https://")):
                msg = f"{name} is {url!r}: give an address that begins with https://"
                raise InvalidInputError(msg)
        if not can_be_sent(self.contact):
            msg = "OVERPASS_CONTACT has characters that cannot be sent: give an e-mail or web address"
            raise InvalidInputError(msg)


@dataclass(frozen=True)
class Download:
    """A file of OpenStreetMap data and the place it is of."""

    place: FoundPlace
    file: Path


def download(place: str, data_dir: Path, settings: DownloadSettings, report: Report) -> Download:
    """Find a place and get its data; what was asked lately is not asked again.

    Raises
    ------
    InvalidInputError, NotThereError, ServiceError, SourceFileError
        Nothing half-written is left.
    """
    settings.check()
    place = " ".join(place.split())
    if not place:
        msg = 'the place has no name: give one like "Skawina, Poland"'
        raise InvalidInputError(msg)
    cache = Cache(data_dir / FOLDER, settings.keep_days, settings.now)
    with cache.alone():
        budget = Patience(settings.budget_min * 60, settings.clock, settings.sleep)
        found = _found(place, cache, settings, budget, report)
        report.line(f"{found.full_name} ({found.osm_id}), a box of {found.box_km2:.1f} km²")
        if found.box_km2 > settings.largest_km2:
            msg = (
                f"the box around {found.full_name} has {found.box_km2:.0f} km², more than "
                f"{settings.largest_km2:g}: name one town in it, or give a larger --largest"
            )
            raise InvalidInputError(msg)
        return Download(found, _data(found, cache, settings, budget, report))


def _found(
    place: str, cache: Cache, settings: DownloadSettings, budget: Patience, report: Report
) -> FoundPlace:
    question = (settings.nominatim_url, place)
    found = None if settings.fresh else cache.place(*question)
    if found is None:
        found = find_place(place, settings.nominatim_url, settings.agent, budget, report)
        cache.keep_place(found, *question)
    return found


def _data(
    found: FoundPlace, cache: Cache, settings: DownloadSettings, budget: Patience, report: Report
) -> Path:
    question = query(found.fetched)
    file = cache.file(found.name, settings.overpass_url, question)
    if file.exists() and not settings.fresh:
        report.line(f"downloaded before: {file.stat().st_size / 1e6:.1f} MB ({file.name}; --fresh asks anew)")
        return file
    if len(pieces_of(found.fetched)) == 1:
        fetch(settings.overpass_url, settings.agent, question, file, budget, report)
    else:
        _in_pieces(found, file, cache, settings, budget, report)
    report.line(f"{file.stat().st_size / 1e6:.1f} MB received")
    return file


def _in_pieces(
    found: FoundPlace, file: Path, cache: Cache, settings: DownloadSettings, budget: Patience, report: Report
) -> None:
    """Ask for a large place piece by piece; what has come stays, so that a second try asks for the rest."""
    came, pieces = [], pieces_of(found.fetched)
    for number, bounds in enumerate(pieces, 1):
        question = query(bounds)
        piece = cache.file(f"{found.name} piece", settings.overpass_url, question)
        if settings.fresh or not piece.exists():
            fetch(settings.overpass_url, settings.agent, question, piece, budget, report, may_be_empty=True)
        report.line(f"piece {number} of {len(pieces)}: {piece.stat().st_size / 1e6:.1f} MB")
        came.append(piece)
    with whole(file) as part:
        join(came, part)
        check_answer(part, urlsplit(settings.overpass_url).netloc)
    for piece in came:
        piece.unlink(missing_ok=True)
