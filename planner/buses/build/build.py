"""Building a timetable: fetch, read, merge, write beside, swap in; all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from planner.built import locked, put_in_force
from planner.buses.build.gtfs.clip import MARGIN_M
from planner.buses.build.gtfs.download import FetchSettings, fetch_feed, is_address, plain_address
from planner.buses.build.gtfs.files import open_feed
from planner.buses.build.gtfs.read import FeedSettings, read_feed
from planner.buses.files import (
    ShapeSource,
    SourceKind,
    TimetableArrays,
    TimetableMeta,
    write_timetable,
)
from planner.buses.query.timetable.merge import merged
from planner.errors import InvalidInputError, NetworkMissingError, SourceFileError
from planner.kept_source import keep
from planner.streets.files import current_folder
from planner.streets.files import read_meta as read_network_meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.buses.query.timetable.timetable import Timetable
    from planner.download.patience import Report
    from planner.streets.files import NetworkMeta

LOCK = "timetable.lock"

BUILTIN_NAME = "built-in timetable"


class BuildProgress(Protocol):
    """Who is told how a build goes: also with (step, steps, what was done)."""

    def __call__(self, step: int, steps: int, text: str) -> None:
        """Say that a step was done."""

    def line(self, text: str) -> None:
        """Say what was done; it stays."""

    def passing(self, text: str) -> None:
        """Say what is going on; the next one takes its place."""


class Fill(Protocol):
    """Gives the patterns that have no shape one from the network in a folder."""

    def __call__(
        self, arrays: TimetableArrays, texts: Sequence[str], network_folder: Path | None
    ) -> TimetableArrays:
        """Return the arrays with more shapes."""


@dataclass(frozen=True)
class BuildSettings:
    """How to build; `builtin` is the feed that speaks for lines no other source has."""

    builtin: Path | None = None
    fill: Fill | None = None
    margin_m: float = MARGIN_M
    fetch: FetchSettings = field(default_factory=FetchSettings)
    stored: Sequence[Path] = ()
    """Where each source lies that was kept, in their order: nothing is fetched again."""


def build_timetable(
    sources: Sequence[str], data_dir: Path, settings: BuildSettings, progress: BuildProgress
) -> TimetableMeta:
    """Build a timetable from feeds (zips, folders or https addresses) and put it in force.

    Raises
    ------
    InvalidInputError, NetworkMissingError, ServiceError, SourceFileError
        The timetable that was in force stays so.
    """
    if not sources and settings.builtin is None:
        msg = "no feed is given: give a GTFS zip, a folder or an https address"
        raise InvalidInputError(msg)
    network_folder = current_folder(data_dir)
    if network_folder is None:
        msg = "no street network has been built yet: run `flask --app wsgi network build FILE`"
        raise NetworkMissingError(msg)
    network = _network_meta(network_folder)
    steps = len(sources) + (settings.builtin is not None) + 2
    with _alone(data_dir), ExitStack() as stack:
        here = _here(stack, sources, settings, data_dir, progress)
        parts = _read(here, network, settings, _Steps(progress, steps))
        meta, texts, arrays = merged(parts) if len(parts) > 1 else (parts[0].meta, parts[0].texts, parts[0])
        if settings.fill is not None:
            progress.passing("looking for the ways between the stops")
            arrays = settings.fill(arrays, texts, network_folder)
        progress(steps - 1, steps, f"{_drawn(arrays)} of {len(arrays.shape_source)} patterns with their ways")
        meta = replace(meta, dropped=dict(sorted(meta.dropped.items())))

        def write(folder: Path) -> None:
            write_timetable(folder, meta, texts, arrays)
            keep(folder, here, {"margin_m": settings.margin_m})

        put_in_force(data_dir, "timetable", write)
        progress(steps, steps, "in force")
    return meta


def _drawn(arrays: TimetableArrays) -> int:
    return int((arrays.shape_source != ShapeSource.NONE).sum())


def _network_meta(folder: Path) -> NetworkMeta:
    try:
        return read_network_meta(folder)[0]
    except (ValueError, OSError) as error:
        raise NetworkMissingError(str(error)) from error


@dataclass
class _Steps:
    """Counts the feeds that have been read."""

    progress: BuildProgress
    steps: int
    done: int = 0

    def read(self, part: Timetable) -> Timetable:
        """Say that a feed was read."""
        self.done += 1
        counts, source = part.meta.counts, part.meta.sources[0]
        text = f"{source.name}: {counts['lines']} lines, {counts['trips']} trips, {counts['stops']} stops"
        self.progress(self.done, self.steps, text)
        return part


def _read(
    sources: Sequence[tuple[str, Path]], network: NetworkMeta, settings: BuildSettings, steps: _Steps
) -> list[Timetable]:
    """Read the feeds, as (as asked for, where it lies), in their order, the built-in one last."""
    ours = FeedSettings(
        timezone=network.timezone,
        bounds=network.bounds,
        margin_m=settings.margin_m,
        say=steps.progress.passing,
    )
    parts: list[Timetable] = []
    for number, (source, path) in enumerate(sources):
        url = source if is_address(source) else ""
        files = open_feed(path, PurePosixPath(urlsplit(url).path).name or urlsplit(url).netloc)
        parts.append(steps.read(read_feed(files, replace(ours, number=number, url=url))))
    if settings.builtin is not None:
        own = replace(ours, number=len(parts), kind=SourceKind.BUILTIN)
        parts.append(steps.read(read_feed(open_feed(settings.builtin, BUILTIN_NAME), own)))
    return parts


def _named(source: str) -> str:
    """A source as it is told and kept: an address without what is secret in it."""
    return plain_address(source) if is_address(source) else source


def _here(
    stack: ExitStack, sources: Sequence[str], settings: BuildSettings, data_dir: Path, report: Report
) -> list[tuple[str, Path]]:
    """Give the sources as (as told, file or folder) in their order, those that were kept as they are."""
    if settings.stored:
        return list(zip(sources, settings.stored, strict=True))
    fetch = settings.fetch
    return [
        (_named(source), stack.enter_context(_local(source, fetch, data_dir, report))) for source in sources
    ]


@contextmanager
def _local(source: str, fetch: FetchSettings, data_dir: Path, report: Report) -> Iterator[Path]:
    """Give a source as a file or folder; what was fetched is removed afterwards."""
    if not is_address(source):
        yield Path(source)
        return
    with tempfile.TemporaryDirectory(prefix="feed-", dir=data_dir) as folder:
        file = Path(folder) / "feed.zip"
        fetch_feed(source, file, fetch, report)
        yield file


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Keep a second build out meanwhile.

    Raises
    ------
    SourceFileError
        If another one is going on, or the data directory cannot be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(data_dir / LOCK, waits=False))
        except BlockingIOError as error:
            msg = "another build of the timetable is going on: wait until it has ended"
            raise SourceFileError(msg) from error
        except OSError as error:
            msg = f"cannot write to {data_dir} ({error.strerror}): check its permissions"
            raise SourceFileError(msg) from error
        yield
