"""Building a network: read, check, write beside, swap in."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from babel import Locale

from planner.built import cannot_write, locked, put_in_force
from planner.domain.geo import distance_m
from planner.errors import InvalidInputError, SourceFileError
from planner.kept_source import keep
from planner.streets.build.coach.arrays import coach_arrays
from planner.streets.build.conditions import condition_arrays
from planner.streets.build.foot.costs import foot_arrays
from planner.streets.build.found import count_comforts, count_found, count_hours
from planner.streets.build.graph import Graph, Names, build_graph
from planner.streets.build.height.slopes import slopes_of
from planner.streets.build.read.comforts import build_comforts
from planner.streets.build.read.grid import build_grid
from planner.streets.build.read.landmarks import build_landmarks
from planner.streets.build.read.layers import build_layers
from planner.streets.build.read.osm import read_streets
from planner.streets.build.telling import telling_arrays
from planner.streets.build.tidy.tidy import READ_ERRORS, tidied, unreadable
from planner.streets.files import SCALE, EdgeFlag, NetworkMeta, array_file, write_meta

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from planner.streets.build.height.slopes import Slopes
    from planner.streets.build.tidy.tidy import TidyFile
    from planner.streets.query.layers import Bounds

CREDIT = "© OpenStreetMap contributors"
CREDIT_URL = "https://www.openstreetmap.org/copyright"
MARGIN_DEG = 0.004
"""The background reaches this far beyond the streets: about 300 to 450 m."""

LOCK = "network.lock"
"""Held while a network is put in force: two builds at once would remove each other's folders."""

LARGEST_KM = 200.0
"""Streets that reach over more than this, east-west or north-south, are no town's."""

FAR_WEST_DEG = 90.0
"""What reaches beyond this longitude both ways lies about the 180th meridian, not about the first."""

STEPS = 5


class _HeightFacts(TypedDict, total=False):
    elevation_file: str
    height_m: float


@dataclass(frozen=True)
class TownSettings:
    """What the file does not say: the town's name, IANA zone and ISO country code."""

    name: str
    timezone: str = "Europe/Warsaw"
    country: str = "PL"

    def check(self) -> None:
        """Refuse a zone or country code that does not exist.

        Raises
        ------
        InvalidInputError
            With a message that shows the right form.
        """
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder, as "Europe"
            msg = f"{self.timezone!r} is no time zone: give one like Europe/Warsaw"
            raise InvalidInputError(msg) from error
        if self.country not in _countries():
            msg = f"{self.country!r} is no country's code: give two capitals like PL"
            raise InvalidInputError(msg)


_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
"""Two letters that the Unicode list of territories has for unions, tests and the unknown."""


def _countries() -> set[str]:
    """The ISO 3166 codes in use, from Babel's list of territories; it has numbers for parts of the world."""
    codes = map(str, Locale("en").territories)
    return {code for code in codes if re.fullmatch("[A-Z]{2}", code)} - _NO_COUNTRIES


def build_network(
    file: Path,
    data_dir: Path,
    town: TownSettings,
    progress: Callable[[int, int, str], None],
    extras: Sequence[Callable[[Path, Path], object]] = (),
    elevation: Path | None = None,
) -> NetworkMeta:
    """Build a network from an OpenStreetMap file and put it in force.

    Parameters
    ----------
    progress
        Called with (step, steps, what was done).
    extras
        Called with the file and the finished folder before it is put in force, to add what higher rooms
        make of the same file; if one raises, the network that was in force stays so.
    elevation
        A GeoTIFF with the heights of the ground; without one height is unknown.

    Raises
    ------
    SourceFileError, InvalidInputError
        The network that was in force stays so.
    """
    town.check()
    with tidied(file) as tidy:
        return _built(tidy, data_dir, town, progress, extras, elevation)


def _built(
    source: TidyFile,
    data_dir: Path,
    town: TownSettings,
    progress: Callable[[int, int, str], None],
    extras: Sequence[Callable[[Path, Path], object]],
    elevation: Path | None,
) -> NetworkMeta:
    file = source.path
    digest = _digest(source.given)
    raw = read_streets(file, lambda text: progress(1, STEPS, text))
    raw.left_out |= source.left_out
    names = Names()
    graph = build_graph(raw, names, lambda text: progress(2, STEPS, text))
    if not len(graph.u):
        raise SourceFileError(_unwalkable(file))
    bounds = _bounds(graph)
    _refuse_too_wide(file, bounds)
    slopes = None if elevation is None else _slopes(graph, elevation, bounds)
    foot, coach = foot_arrays(graph, slopes), coach_arrays(graph, raw, town.country)
    walkable = _usable(foot["walk_cost_m"]) & ((graph.flags & EdgeFlag.AREA) == 0)
    if not walkable.any():
        raise SourceFileError(_unwalkable(file))
    progress(2, STEPS, f"{len(graph.u)} edges between {len(graph.nodes)} junctions")
    drawn, seen, comforts = _drawn(file, _widened(bounds), names)
    progress(3, STEPS, f"{len(drawn['kinds'])} things to draw")
    arrays = _arrays(graph) | {f"grid_{key}": value for key, value in build_grid(graph).items()}
    hours = condition_arrays(graph, names)
    arrays |= foot | coach | hours | telling_arrays(graph, names, raw.node_tags)
    arrays |= {f"layer_{key}": value for key, value in drawn.items()}
    arrays |= {f"landmark_{key}": value for key, value in seen.items()}
    arrays |= {f"comfort_{key}": value for key, value in comforts.items()}
    progress(4, STEPS, "index made")
    found = count_found(graph, raw) | count_comforts(comforts["kind"])
    timed, unread = count_hours(graph, hours["hours_walk"], names.table())
    found |= {"ways and gates with hours": timed} if timed else {}
    raw.left_out |= {"hours that cannot be read": unread} if unread else {}
    meta = NetworkMeta(
        name=town.name,
        timezone=town.timezone,
        country=town.country,
        source_file=source.given.name,
        source_sha256=digest,
        data_date=raw.data_date,
        credit=CREDIT,
        credit_url=CREDIT_URL,
        bounds=bounds,
        nodes=len(graph.nodes),
        edges=len(graph.u),
        walk_m=float(graph.length[walkable].sum()),
        estimated_m=float(graph.length[walkable & ((graph.flags & EdgeFlag.ESTIMATED) != 0)].sum()),
        drive_m=float(graph.length[_usable(coach["coach_s"])].sum()),
        found=found,
        left_out=raw.left_out,
        **_of_heights(elevation, slopes, graph, walkable),
    )
    adding = [partial(extra, file) for extra in extras]
    keeping = partial(_keep, [source.given, *([elevation] if elevation else [])], town)
    _put_in_force(data_dir, meta, names.table(), arrays, [*adding, keeping])
    progress(5, STEPS, "in force")
    return meta


def _unwalkable(file: Path) -> str:
    return f"{file.name} holds no way that a pedestrian may use: choose an extract of a town"


def _slopes(graph: Graph, file: Path, bounds: Bounds) -> Slopes:
    try:
        from planner.streets.build.height.model import read_heights  # noqa: PLC0415 - an optional install
    except ImportError as error:
        msg = f"{file.name} needs rasterio: pip install -r requirements-elevation.txt"
        raise SourceFileError(msg) from error
    return slopes_of(graph, read_heights(file, bounds))


def _of_heights(
    file: Path | None, slopes: Slopes | None, graph: Graph, walkable: NDArray[np.bool_]
) -> _HeightFacts:
    """What the network's description says of heights."""
    if file is None or slopes is None:
        return {}
    known = walkable & slopes.is_known
    if not known.any():
        msg = f"{file.name} has no height where the town's streets are: choose one that covers it"
        raise SourceFileError(msg)
    return {"elevation_file": file.name, "height_m": float(graph.length[known].sum())}


def _keep(files: Sequence[Path], town: TownSettings, folder: Path) -> None:
    """Keep the sources beside the network, for a version of the program that needs another format."""
    keep(folder, [(str(file), file) for file in files], asdict(town))


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        msg = f"{file.name} cannot be read ({error.strerror}): check its permissions"
        raise SourceFileError(msg) from error


def _refuse_too_wide(file: Path, bounds: Bounds) -> None:
    """Refuse what is no town: a misplaced node would otherwise make an index of the whole Earth."""
    west, south, east, north = bounds
    if west < -FAR_WEST_DEG and east > FAR_WEST_DEG:
        msg = (
            f"the streets of {file.name} lie on both sides of the 180th meridian, over which none is found: "
            "cut the extract there (`osmium extract --bbox`) and build the side that is visited"
        )
        raise SourceFileError(msg)
    across = distance_m((west, south), (east, south))
    wide, high = across / 1000, distance_m((west, south), (west, north)) / 1000
    if max(wide, high) > LARGEST_KM:
        msg = (
            f"the streets of {file.name} span {wide:.0f} km by {high:.0f} km, more than {LARGEST_KM:.0f}: "
            "choose an extract of one town, and look for a misplaced node"
        )
        raise SourceFileError(msg)


Arrays = dict[str, "NDArray[np.generic]"]


def _drawn(file: Path, bounds: Bounds, names: Names) -> tuple[Arrays, Arrays, Arrays]:
    """Return the background, the landmarks, and what eases a walk."""
    try:
        layers, landmarks = build_layers(file, bounds, names), build_landmarks(file, bounds, names)
        return layers, landmarks, build_comforts(file, bounds)
    except READ_ERRORS as error:
        raise unreadable(file, error) from error


def _usable(cost: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which edges can be used in at least one direction."""
    is_open: NDArray[np.bool_] = np.isfinite(np.asarray(cost, float).reshape(-1, 2)).any(axis=1)
    return is_open


def _bounds(graph: Graph) -> Bounds:
    west, south = (graph.vertices.min(axis=0) / SCALE).tolist()
    east, north = (graph.vertices.max(axis=0) / SCALE).tolist()
    return (west, south, east, north)


def _widened(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    return (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)


def _arrays(graph: Graph) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    names = ("nodes", "u", "v", "length", "offsets", "vertices", "kind", "flags", "name", "way")
    return {name: getattr(graph, name) for name in names}


def _put_in_force(
    data_dir: Path,
    meta: NetworkMeta,
    names: tuple[str, ...],
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]],
    extras: Sequence[Callable[[Path], object]],
) -> None:
    """Write the network and what the extras add, once no other build writes."""

    def write(folder: Path) -> None:
        for name, array in arrays.items():
            np.save(array_file(folder, name), array)
        write_meta(folder, meta, names)
        for extra in extras:
            extra(folder)

    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with locked(data_dir / LOCK, waits=True):
            put_in_force(data_dir, "network", write)
    except OSError as error:
        raise cannot_write(data_dir, "network", error) from error
