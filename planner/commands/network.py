"""Commands: `flask --app wsgi network build FILE`, `network info` and `network download PLACE`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.base import Commands
from planner.commands.progress import Progress
from planner.errors import SourceFileError
from planner.process import services
from planner.streets.files import current_folder

if TYPE_CHECKING:
    from planner.buses.query.timetable.lines_info import LinesInfo
    from planner.streets.files import NetworkMeta

network = Commands("network", help="The streets of the town.")


@network.command("build")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default=None, help="The town's name; otherwise the file's.")
@click.option("--timezone", default="Europe/Warsaw", show_default=True)
@click.option("--country", default="PL", show_default=True, help="ISO code, for public holidays.")
@click.option(
    "--elevation", type=click.Path(path_type=Path), default=None, help="A GeoTIFF with heights, for slopes."
)
def network_build(file: Path, name: str | None, timezone: str, country: str, elevation: Path | None) -> None:
    """Build the network from FILE (.osm .osm.gz .osm.bz2 .osm.pbf)."""
    from planner.buses.build.lines.write import build_lines
    from planner.streets.build.build import TownSettings, build_network

    town = TownSettings(name or file.name.split(".")[0].title(), timezone, country)
    with Progress() as progress:
        meta = build_network(file, services().settings.data_dir, town, progress, [build_lines], elevation)
    click.echo(described(meta))


@network.command("info")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def network_info(*, as_json: bool) -> None:
    """Say what the network in force was made from."""
    meta = services().town.network.meta
    click.echo(json.dumps(network_told(meta), ensure_ascii=False) if as_json else network_text(meta))


def network_told(meta: NetworkMeta) -> dict[str, Any]:
    """Return what is known of a network, for programs."""
    lines = _lines()
    return {**asdict(meta), "lines": asdict(lines) if lines else None}


def network_text(meta: NetworkMeta) -> str:
    """Return what is known of a network and its lines, for people."""
    lines = _lines() or "of another version: build the network and the timetable again"
    return f"{described(meta)}\n  bus lines  {lines}"


def _lines() -> LinesInfo | None:
    """What is known of the lines in force; None where another version of the program wrote them."""
    from planner.buses.files import current_timetable
    from planner.buses.query.timetable.lines_info import lines_info

    data_dir = services().settings.data_dir
    folder = current_folder(data_dir)
    try:
        return lines_info(folder, current_timetable(data_dir)) if folder else None
    except ValueError:
        return None


@network.command("download")
@click.argument("place")
@click.option("--name", default=None, help="The town's name; otherwise the place's.")
@click.option("--timezone", default="Europe/Warsaw", show_default=True)
@click.option("--country", default="PL", show_default=True, help="ISO code, for public holidays.")
@click.option(
    "--budget",
    type=click.FloatRange(0.1, 240),
    default=15.0,
    show_default=True,
    help="Minutes that all requests and pauses may take.",
)
@click.option(
    "--largest",
    type=click.FloatRange(1, 10_000),
    default=1000.0,
    show_default=True,
    help="Square kilometres that may be fetched.",
)
@click.option(
    "--keep-days",
    type=click.FloatRange(0, 3650),
    default=7.0,
    show_default=True,
    help="What was downloaded within so many days is not asked again.",
)
@click.option("--fresh", is_flag=True, help="Ask again all the same.")
@click.option("--contact", envvar="OVERPASS_CONTACT", default="", help="E-mail or web address; told to them.")
@click.option("--nominatim-url", envvar="NOMINATIM_URL", default=None, help="Another Nominatim.")
@click.option("--overpass-url", envvar="OVERPASS_URL", default=None, help="Another Overpass interpreter.")
def network_download(
    *,
    place: str,
    name: str | None,
    timezone: str,
    country: str,
    budget: float,
    largest: float,
    keep_days: float,
    fresh: bool,
    contact: str,
    nominatim_url: str | None,
    overpass_url: str | None,
) -> None:
    """Download PLACE from OpenStreetMap and build its network.

    PLACE is a name as "Skawina, Poland", or the id of an outline as R123.
    """
    from planner.buses.build.lines.write import build_lines
    from planner.streets.build.build import TownSettings, build_network
    from planner.streets.build.download.town import NOMINATIM_URL, OVERPASS_URL, DownloadSettings, download

    TownSettings(name or place, timezone, country).check()
    settings = DownloadSettings(
        nominatim_url=nominatim_url or NOMINATIM_URL,
        overpass_url=overpass_url or OVERPASS_URL,
        contact=contact.strip(),
        budget_min=budget,
        largest_km2=largest,
        keep_days=keep_days,
        fresh=fresh,
    )
    data_dir = services().settings.data_dir
    with Progress() as progress:
        got = download(place, data_dir, settings, progress)
        town = TownSettings(name or got.place.name, timezone, country)
        try:
            meta = build_network(got.file, data_dir, town, progress, [build_lines])
        except SourceFileError:
            got.file.unlink(missing_ok=True)  # a file that cannot be used is not to be found again
            raise
    click.echo(described(meta))


def _heights(meta: NetworkMeta) -> str:
    if not meta.elevation_file:
        return "not known but for tagged slopes (--elevation)"
    return f"of {meta.height_m / 1000:.1f} km on foot, from {meta.elevation_file}"


def described(meta: NetworkMeta) -> str:
    """Return what a network was made from, for people."""
    west, south, east, north = meta.bounds
    lines = [
        f"{meta.name} ({meta.country}, {meta.timezone})",
        f"  source     {meta.source_file}, data of {meta.data_date or 'an unknown date'}",
        f"  bounds     {west:.4f} to {east:.4f} east, {south:.4f} to {north:.4f} north",
        f"  streets    {meta.walk_m / 1000:.1f} km on foot, {meta.nodes} nodes, {meta.edges} edges",
        f"  coach      {meta.drive_m / 1000:.1f} km that some coach may drive",
        f"  estimated  {meta.estimated_m / 1000:.1f} km that no source confirms",
        f"  heights    {_heights(meta)}",
    ]
    if meta.found:
        seen = ", ".join(f"{what} ({count})" for what, count in sorted(meta.found.items()))
        lines.append(f"  found      {seen}")
    if meta.left_out:
        left = ", ".join(f"{reason} ({count})" for reason, count in sorted(meta.left_out.items()))
        lines.append(f"  left out   {left}")
    return "\n".join(lines)
