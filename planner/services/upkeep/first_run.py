"""What `make run` brings up: built-in network, database, catalogue, sample visit; only what changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.buses.build.gtfs.files import open_feed
from planner.buses.files import SourceKind, current_timetable, read_meta
from planner.errors import NetworkMissingError
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.paths import ROOT
from planner.services.catalogue.geojson import read_geojson
from planner.services.visits.sample import keep_sample
from planner.store import visits as store
from planner.store.catalogue import add_sites, count_sites
from planner.store.secrets import link_token
from planner.streets.files import POINTER, SKETCH_SHARE, current_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.visits import Visit
    from planner.services.travel.town import TownKeeper
    from planner.services.upkeep.settings import Settings

BUILTIN_OSM = ROOT / "data" / "skawina.osm"
BUILTIN_TIMETABLE = ROOT / "data" / "timetable"
BUILTIN_SITES = ROOT / "data" / "sites.geojson"


@dataclass(frozen=True)
class Addresses:
    """Where the sample visit is shown; None where there is none."""

    participant: str | None
    guide: str | None


def needs_builtin_network(keeper: TownKeeper, data_dir: Path) -> bool:
    """Whether to build the built-in network: nothing is built yet, or an older built-in one is.

    Raises
    ------
    NetworkMissingError
        If the network in force is somebody's own and cannot be opened: it is theirs to build again.
    """
    try:
        meta = keeper.town().network.meta
    except NetworkMissingError as error:
        if not (data_dir / POINTER).exists():
            return True
        told = _described(data_dir)
        if told is not None and _is_ours(told):
            return True
        raise NetworkMissingError(_not_ours(told, error.message)) from error
    return _is_ours(asdict(meta)) and meta.source_sha256 != _sha256(BUILTIN_OSM)


def is_builtin(keeper: TownKeeper) -> bool:
    """Whether the network in force is the built-in one."""
    return _is_ours(asdict(keeper.town().network.meta))


def _is_ours(meta: Mapping[str, Any]) -> bool:
    """Whether a network was made from our sketch; an extract of one's own may have the same file name."""
    is_sketch = float(meta["estimated_m"]) > SKETCH_SHARE * float(meta["walk_m"])
    return bool(meta["source_file"] == BUILTIN_OSM.name and is_sketch)


def _not_ours(meta: Mapping[str, Any] | None, reason: str) -> str:
    again = "run `flask --app wsgi network build FILE` again"
    if meta is None:
        return f"{reason}; {again}, or remove {POINTER} to begin with Skawina"
    whose = f"your own street network, {meta['name']} from {meta['source_file']}"
    return f"{whose}, cannot be used: {reason}; {again}"


def _described(data_dir: Path) -> dict[str, Any] | None:
    """What the network in force says of itself, whatever version wrote it; None if it says nothing."""
    folder = current_folder(data_dir)
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8")) if folder else None
    except (OSError, ValueError):
        return None
    needed = {"name", "source_file", "estimated_m", "walk_m"}
    return meta if isinstance(meta, dict) and needed <= meta.keys() else None


def builtin_timetable(keeper: TownKeeper) -> Path | None:
    """Return the folder of the built-in feed, if the network in force is the one it is for."""
    return BUILTIN_TIMETABLE if is_builtin(keeper) and BUILTIN_TIMETABLE.is_dir() else None


def needs_builtin_timetable(keeper: TownKeeper, data_dir: Path) -> bool:
    """Whether to build the built-in timetable: none is in force, or an older one, or another town's."""
    feed = builtin_timetable(keeper)
    if feed is None:
        return False
    folder = current_timetable(data_dir)
    try:
        meta, _ = read_meta(folder) if folder else (None, ())
    except (ValueError, OSError):  # of another version
        return True
    if meta is None or meta.bounds != keeper.town().network.meta.bounds:
        return True
    kinds = {source.kind for source in meta.sources}
    return kinds == {SourceKind.BUILTIN} and meta.sources[0].sha256 != open_feed(feed).digest()


def fill(
    session: Session,
    keeper: TownKeeper,
    settings: Settings,
    now: Instant,
    say: Callable[[str], None],
    sample: Visit | None = None,
) -> None:
    """Bring what is stored up to date: in Skawina the catalogue and the sample visit, or another `sample`."""
    if not is_builtin(keeper):
        say(f"{keeper.town().network.meta.name}: your own network; the catalogue of Skawina is left out")
        return
    if count_sites(session) == 0:
        sites = read_geojson(BUILTIN_SITES)
        add_sites(session, sites, now)
        say(f"catalogue: {len(sites)} sites loaded")
    session.flush()
    keep_sample(session, keeper.town(), settings.secret_key, now, sample)


def addresses(session: Session, settings: Settings) -> Addresses:
    """Return the addresses of the sample visit."""
    by_kind: dict[str, str] = {}
    row = store.sample_visit(session)
    for link in store.links_of(session, row.id) if row else ():
        if link.party:
            continue
        token = link_token(settings.secret_key, link.id, link.rotation)
        by_kind[link.kind] = settings.address + visit_path(link.kind, token)
    return Addresses(by_kind.get(PARTICIPANT), by_kind.get(GUIDE))


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
