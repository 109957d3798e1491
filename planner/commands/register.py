"""Commands: `flask --app wsgi network build FILE` and the like."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import OperationalError

from planner.commands.progress import Progress
from planner.errors import NetworkMissingError, PlannerError
from planner.links import sign_in_path
from planner.streets.files import current_folder
from planner.web.frame.context import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from planner.buses.query.timetable.lines_info import LinesInfo
    from planner.services.upkeep.check import Finding
    from planner.streets.files import NetworkMeta


class Commands(AppGroup):
    """Commands whose errors are one line on standard error, not a traceback."""

    def __init__(self, name: str, help: str, *, needs_database: bool = False) -> None:  # noqa: A002
        super().__init__(name, help=help)
        self._needs_database = needs_database

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, the database brought up to date before it where it needs one."""
        try:
            if self._needs_database:
                _upgrade()
            return super().invoke(ctx)
        except PlannerError as error:
            lines = [error.message, *(f"  {fault.pointer}: {fault.message}" for fault in error.details[:20])]
            raise click.ClickException("\n".join(lines)) from error


@with_appcontext
def _upgrade() -> None:
    services().database.upgrade()


network = Commands("network", help="The streets of the town.")


def register(app: Flask) -> None:
    """Give the application its commands."""
    import planner.commands.network  # noqa: F401 - adds to the network's commands
    from planner.commands.sites import sites
    from planner.commands.timetable import timetable
    from planner.commands.users import users

    app.cli.add_command(network)
    app.cli.add_command(timetable)
    app.cli.add_command(sites)
    app.cli.add_command(setup)
    app.cli.add_command(check)
    app.cli.add_command(users)


@network.command("build")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default=None, help="The town's name; otherwise the file's.")
@click.option("--timezone", default="Europe/Warsaw", show_default=True)
@click.option("--country", default="PL", show_default=True, help="ISO code, for public holidays.")
def network_build(file: Path, name: str | None, timezone: str, country: str) -> None:
    """Build the network from FILE (.osm .osm.gz .osm.bz2 .osm.pbf)."""
    from planner.buses.build.lines.write import build_lines
    from planner.streets.build.build import TownSettings, build_network

    town = TownSettings(name or file.name.split(".")[0].title(), timezone, country)
    with Progress() as progress:
        meta = build_network(file, services().settings.data_dir, town, progress, [build_lines])
    click.echo(described(meta))


@network.command("info")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def network_info(*, as_json: bool) -> None:
    """Say what the network in force was made from."""
    meta = services().town.network.meta
    click.echo(json.dumps(_network_told(meta), ensure_ascii=False) if as_json else _network_text(meta))


def _network_told(meta: NetworkMeta) -> dict[str, Any]:
    lines = _lines()
    return {**asdict(meta), "lines": asdict(lines) if lines else None}


def _network_text(meta: NetworkMeta) -> str:
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


@click.command("setup")
def setup() -> None:
    """Bring up database, built-in network, catalogue and sample visit; only what changed."""
    from planner.services.upkeep import first_run

    context = services()
    try:
        if first_run.needs_builtin_network(context.keeper, context.settings.data_dir):
            from planner.buses.build.lines.write import build_lines
            from planner.streets.build.build import TownSettings, build_network

            click.echo("built-in network of Skawina:")
            town = TownSettings("Skawina")
            with Progress() as progress:
                data_dir = context.settings.data_dir
                build_network(first_run.BUILTIN_OSM, data_dir, town, progress, [build_lines])
        if first_run.needs_builtin_timetable(context.keeper, context.settings.data_dir):
            from planner.commands.timetable import build_builtin

            click.echo("built-in timetable of Skawina:")
            build_builtin()
        context.database.upgrade()
        with context.database.writing() as session:
            first_run.fill(session, context.keeper, context.settings, context.now(), click.echo)
    except PlannerError as error:
        raise click.ClickException(error.message) from error


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def check(*, as_json: bool) -> None:
    """Say what is stale, missing or unconfirmed; fails only if the service cannot work."""
    from planner.services.upkeep.check import check as look

    context = services()
    context.database.upgrade()
    with context.database.session() as session:
        findings = look(session, context.keeper, context.now())
    if as_json:
        click.echo(json.dumps(_checked(findings), ensure_ascii=False))
    else:
        _tell(findings)
    if any(finding.is_broken for finding in findings):
        raise click.exceptions.Exit(1)


def _meta() -> NetworkMeta | None:
    try:
        return services().town.network.meta
    except NetworkMissingError:
        return None


def _checked(findings: list[Finding]) -> dict[str, Any]:
    meta = _meta()
    return {"network": _network_told(meta) if meta else None, "findings": [asdict(one) for one in findings]}


def _tell(findings: list[Finding]) -> None:
    if meta := _meta():
        click.echo(_network_text(meta))
    for finding in findings:
        click.echo(("broken: " if finding.is_broken else "- ") + finding.text)
    if not findings:
        click.echo("nothing is stale, missing or unconfirmed")


def print_addresses(app: Flask, write: Callable[[str], None] = print) -> None:
    """Print where the service is reached; called once it answers."""
    from planner.services.accounts import sign_in_links
    from planner.services.upkeep import first_run

    with app.app_context():
        context = services()
        try:
            with context.database.session() as session:
                found = first_run.addresses(session, context.settings)
        except OperationalError:
            write("  The database is not set up yet: run `flask --app wsgi setup`, then start again.")
            return
        write("")
        write(f"  Study-visit planner   {context.settings.address}/")
        if found.participant:
            write(f"  Sample visit          {found.participant}")
            write(f"  Its guide             {found.guide}")
        with context.database.writing() as session:
            first = sign_in_links.first_link(session, context.settings.secret_key, context.now())
        if first:
            write(f"  First sign-in         {context.settings.address}{sign_in_path(first)}")
        write("  Stop with Ctrl-C.")
        write("")


def described(meta: NetworkMeta) -> str:
    """What a network was made from, for people."""
    west, south, east, north = meta.bounds
    lines = [
        f"{meta.name} ({meta.country}, {meta.timezone})",
        f"  source     {meta.source_file}, data of {meta.data_date or 'an unknown date'}",
        f"  bounds     {west:.4f} to {east:.4f} east, {south:.4f} to {north:.4f} north",
        f"  streets    {meta.walk_m / 1000:.1f} km on foot, {meta.nodes} nodes, {meta.edges} edges",
        f"  coach      {meta.drive_m / 1000:.1f} km that some coach may drive",
        f"  estimated  {meta.estimated_m / 1000:.1f} km that no source confirms",
    ]
    if meta.found:
        found = ", ".join(f"{what} ({count})" for what, count in sorted(meta.found.items()))
        lines.append(f"  found      {found}")
    if meta.left_out:
        left = ", ".join(f"{reason} ({count})" for reason, count in sorted(meta.left_out.items()))
        lines.append(f"  left out   {left}")
    return "\n".join(lines)
