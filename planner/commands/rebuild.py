"""What another version of the program has built, built again from the sources that were kept beside it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

import click

from planner import kept_source
from planner.built import format_of
from planner.buses import files as timetable_files
from planner.buses.files import SourceKind
from planner.commands.progress import Progress
from planner.errors import SourceFileError
from planner.streets import files as network_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.kept_source import KeptSources

AGAIN = "built by another version of the program, is built again from"


def rebuild_network(data_dir: Path) -> None:
    """Build the network again where it is of another format and its source is there.

    Where the source is gone nothing is done: what is one format back may still be read, and of the rest
    `setup` says what to do.

    Raises
    ------
    PlannerError
        If the build fails; what was in force stays so.
    """
    folder = network_files.current_folder(data_dir)
    if folder is not None and _is_older_network(folder):
        sources = _sources_of(folder, "street network")
        if sources is not None:
            _build_network(data_dir, *sources)


def rebuild_timetable(data_dir: Path, builtin_feed: Path | None) -> None:
    """Build the timetable again in the same way; `builtin_feed` speaks for lines no other source has.

    Raises
    ------
    PlannerError
        If the build fails, or it is somebody's own, cannot be read and its sources are gone; what was in
        force stays so.
    """
    folder = timetable_files.current_timetable(data_dir)
    if folder is not None and format_of(folder / "meta.json") != timetable_files.FORMAT:
        sources = _sources_of(folder, "timetable")
        if sources is not None and sources[0].files:
            _build_timetable(data_dir, *sources, builtin_feed)
        else:
            _refuse_what_is_lost(data_dir, folder)


def _refuse_what_is_lost(data_dir: Path, folder: Path) -> None:
    """Say what to do where this town's timetable cannot be read and only its owner has the feeds."""
    try:
        timetable_files.read_meta(folder)
    except (ValueError, OSError, KeyError, TypeError) as error:
        own = _own_feeds(data_dir, folder)
        if own:
            again = "run `flask --app wsgi timetable build SOURCE...` again"
            without = f"or remove {timetable_files.POINTER} to go on without it"
            msg = f"your own timetable, from {', '.join(own)}, cannot be used: {error}; {again}, {without}"
            raise SourceFileError(msg) from error


def _own_feeds(data_dir: Path, folder: Path) -> list[str]:
    """Return the names of a timetable's feeds that are not ours; none where it is of another town."""
    streets = network_files.current_folder(data_dir)
    try:
        told = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        town = network_files.read_meta(streets)[0] if streets else None
        if town is None or tuple(told["bounds"]) != town.bounds:
            return []
        return [str(source["name"]) for source in told["sources"] if source["kind"] != SourceKind.BUILTIN]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _is_older_network(folder: Path) -> bool:
    """Whether its arrays, or those of the lines that lie in its folder, are of another format."""
    lines = folder / f"{timetable_files.LINES_PREFIX}meta.json"
    is_older = format_of(folder / "meta.json") != network_files.FORMAT
    return is_older or (lines.exists() and format_of(lines) != timetable_files.FORMAT)


def _sources_of(folder: Path, what: str) -> tuple[KeptSources, list[Path]] | None:
    """Return what was kept of a build, and where each source lies; None, and why, where one is gone."""
    kept = kept_source.kept(folder)
    if kept is None:
        return None
    try:
        return kept, [kept_source.find(folder, source) for source in kept.files]
    except SourceFileError as error:
        click.echo(f"the {what} is of another version of the program, and cannot be built again: {error}")
        return None


def _build_network(data_dir: Path, kept: KeptSources, files: Sequence[Path]) -> None:
    from planner.buses.build.lines.write import build_lines
    from planner.streets.build.build import TownSettings, build_network

    known = {field.name for field in fields(TownSettings)}
    town = TownSettings(**{name: value for name, value in kept.settings.items() if name in known})
    file, *others = files
    click.echo(f"the street network of {town.name}, {AGAIN} {file.name}:")
    with Progress() as progress:
        build_network(file, data_dir, town, progress, [build_lines], others[0] if others else None)


def _build_timetable(data_dir: Path, kept: KeptSources, files: Sequence[Path], builtin: Path | None) -> None:
    from planner.buses.build.build import BuildSettings, build_timetable
    from planner.buses.build.shapes.fill import fill

    asked = [source.asked for source in kept.files]
    click.echo(f"the timetable, {AGAIN} {', '.join(asked)}:")
    settings = BuildSettings(builtin=builtin, fill=fill, margin_m=kept.settings["margin_m"], stored=files)
    with Progress() as progress:
        build_timetable(asked, data_dir, settings, progress)
