"""Commands: `flask --app wsgi setup` and `check`, and the addresses told at the start."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy.exc import OperationalError

from planner.commands.base import TellingCommand
from planner.commands.network import network_text, network_told
from planner.commands.progress import Progress
from planner.commands.rebuild import rebuild_network, rebuild_timetable
from planner.commands.timetable import build_builtin
from planner.errors import NetworkMissingError, PlannerError, StoreError
from planner.links import sign_in_path
from planner.process import services
from planner.storage.place import PATIENT_TRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from planner.process import Services
    from planner.services.upkeep.check import Finding
    from planner.storage.place import Storage
    from planner.streets.files import NetworkMeta


@click.command("setup", cls=TellingCommand)
@click.option("--without-town", is_flag=True, help="Build no town: an administrator gets it in the browser.")
def setup(*, without_town: bool) -> None:
    """Bring up database, built-in network, catalogue and sample visit; only what changed."""
    from planner.services.town.none_yet import begin_without, is_without
    from planner.services.upkeep.first_run import fill
    from planner.services.upkeep.sharing import begin_sharing

    context = services()
    try:
        if context.storage is not None:
            for what in begin_sharing(_patient(context.storage), context.settings.data_dir):
                click.echo(f"the {what} in force was fetched from the shared storage")
        if without_town:
            begin_without(context.settings.data_dir)
        has_town = not is_without(context.settings.data_dir)
        if has_town:
            _build_town(context)
        if older := context.database.upgrade():
            click.echo(f"database: brought up to date, from form {older} to {context.database.form()}")
        if not has_town:
            click.echo("no town yet: sign in, and get its map on the first page")
            return
        with context.database.writing() as session:
            fill(session, context.keeper, context.settings, context.now(), click.echo)
    except PlannerError as error:
        raise click.ClickException(error.message) from error


def _build_town(context: Services) -> None:
    """Build again what is of an older format, and the built-in town where there is none or an older one."""
    from planner.services.upkeep import first_run

    data_dir = context.settings.data_dir
    rebuild_network(data_dir)
    if first_run.needs_builtin_network(context.keeper, data_dir):
        from planner.buses.build.lines.write import build_lines
        from planner.streets.build.build import TownSettings, build_network

        click.echo("built-in network of Skawina:")
        town = TownSettings("Skawina")
        with Progress() as progress:
            build_network(first_run.BUILTIN_OSM, data_dir, town, progress, [build_lines])
    rebuild_timetable(data_dir, first_run.builtin_timetable(context.keeper))
    if first_run.needs_builtin_timetable(context.keeper, data_dir):
        click.echo("built-in timetable of Skawina:")
        build_builtin()


def _patient(storage: Storage) -> Storage:
    """Wait longer for a storage that starts at the same time."""
    return replace(storage, tries=PATIENT_TRIES)


@click.command("check", cls=TellingCommand)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def check(*, as_json: bool) -> None:
    """Say what is stale, missing or unconfirmed; fails only if the service cannot work."""
    from planner.services.upkeep.check import Finding
    from planner.services.upkeep.check import check as look
    from planner.services.upkeep.restoring import backup_findings

    context = services()
    context.database.upgrade()
    with context.database.session() as session:
        findings = look(session, context.keeper, context.now())
    data_dir = context.settings.data_dir
    findings += [Finding(text) for text in backup_findings(data_dir, context.now())]
    if as_json:
        click.echo(json.dumps(_checked(findings), ensure_ascii=False))
    else:
        _tell(findings)
    if any(finding.is_broken for finding in findings):
        raise click.exceptions.Exit(1)


@click.command("tidy", cls=TellingCommand)
def tidy() -> None:
    """Forget names that are due, remove files that no link shows; the service does it by itself each day."""
    from planner.runner.work.daily import tidied

    context = services()
    context.database.upgrade()
    forgotten = tidied(context)
    click.echo(f"names of {forgotten} visits forgotten" if forgotten else "nothing was due")


def _meta() -> NetworkMeta | None:
    try:
        return services().town.network.meta
    except NetworkMissingError:
        return None


def _checked(findings: list[Finding]) -> dict[str, Any]:
    meta = _meta()
    return {
        "network": network_told(meta) if meta else None,
        "findings": [asdict(finding) for finding in findings],
    }


def _tell(findings: list[Finding]) -> None:
    if meta := _meta():
        click.echo(network_text(meta))
    for finding in findings:
        click.echo(("broken: " if finding.is_broken else "- ") + finding.text)
    if not findings:
        click.echo("nothing is stale, missing or unconfirmed")


def print_addresses(app: Flask, write: Callable[[str], None] = print) -> None:
    """Print where the service is reached; called once it answers."""
    from planner.outputs.sheets.pdf import can_make_pdf
    from planner.services.accounts import sign_in_links
    from planner.services.upkeep import first_run

    with app.app_context():
        context = services()
        try:
            with context.database.session() as session:
                sample = first_run.addresses(session, context.settings)
        except OperationalError:
            write("  The database is not set up yet: run `flask --app wsgi setup`, then start again.")
            return
        except StoreError as error:
            write(f"  {error.message}")
            return
        write("")
        write(f"  Study-visit planner   {context.settings.address}/")
        if sample.participant:
            write(f"  Sample visit          {sample.participant}")
            write(f"  Its guide             {sample.guide}")
        with context.database.writing() as session:
            first = sign_in_links.first_link(session, context.settings.secret_key, context.now())
        if first:
            write(f"  First sign-in         {context.settings.address}{sign_in_path(first)}")
        if not can_make_pdf():
            write("  No PDF               no Typst for this machine; the pages of the sheets print.")
        write("  Stop with Ctrl-C.")
        write("")
