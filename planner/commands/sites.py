"""Commands of the catalogue: `sites import FILE`, `sites export FILE`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import IntegrityError

from planner.commands.base import Commands
from planner.errors import SourceFileError
from planner.outputs.catalogue.problems import problem_line, problem_text, row_label
from planner.services.catalogue.csv_file import to_csv
from planner.services.catalogue.entries import all_sites, stored_sites
from planner.services.catalogue.geojson import to_geojson
from planner.services.catalogue.importing import (
    ImportConflictError,
    RowKind,
    plan_import,
    read_file,
    store_import,
)
from planner.services.catalogue.rules import CatalogueFileError
from planner.web.frame.context import rule_context, services
from planner.words.translation import force_locale

if TYPE_CHECKING:
    from planner.services.catalogue.importing import ImportPlan

sites = Commands("sites", "The catalogue of sites as files.", needs_database=True)
FAULTS_SHOWN = 50


@sites.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change, store nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Store nothing if a row is broken.")
def sites_import(file: Path, *, dry_run: bool, all_or_nothing: bool) -> None:
    """Bring FILE (CSV, GeoJSON, KML or GPX) into the catalogue; broken rows are left out and told."""
    context = services()
    context.database.upgrade()
    with context.database.session() as session:
        stored = stored_sites(session)
    try:
        plan = plan_import(read_file(file.read_bytes(), stored, rule_context()), stored)
    except CatalogueFileError as error:
        with force_locale("en"):
            raise click.ClickException(f"{file.name}: {problem_text(error.problem)}") from error
    click.echo(_counted(plan))
    if plan.file.unread:
        click.echo(f"left out, they mean nothing here: {', '.join(plan.file.unread)}")
    for name, column in plan.file.mapped:
        click.echo(f"read {name!r} as {column}")
    if not plan.is_sound or (all_or_nothing and plan.count(RowKind.BROKEN)):
        raise click.ClickException(f"{_faults(file, plan)}\nnothing stored")
    if plan.count(RowKind.BROKEN):
        click.echo(_faults(file, plan), err=True)
    if dry_run:
        click.echo("nothing stored: this was a dry run")
        return
    try:
        with context.database.writing() as session:
            store_import(session, plan, stored, context.now())
    except IntegrityError as error:
        msg = "the catalogue was changed at the same time: nothing stored, try again"
        raise ImportConflictError(msg) from error
    click.echo("stored")


@sites.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def sites_export(file: Path) -> None:
    """Write the catalogue to FILE: CSV by the ending .csv, GeoJSON by .geojson or .json; with hosts."""
    forms = {".csv": "csv", ".geojson": "geojson", ".json": "geojson"}
    form = forms.get(file.suffix.lower())
    if form is None:
        msg = f"{file.name}: give a name that ends in .csv, .geojson or .json"
        raise SourceFileError(msg)
    services().database.upgrade()
    with services().database.session() as session:
        catalogue = all_sites(session).values()
    document = to_geojson(catalogue, with_hosts=True)
    text = to_csv(catalogue) if form == "csv" else json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    file.write_bytes(text.encode())
    click.echo(f"{len(catalogue)} sites written to {file}")


def _counted(plan: ImportPlan) -> str:
    counts = ", ".join(f"{plan.count(kind)} {kind.value}" for kind in RowKind)
    return f"{len(plan.rows)} rows: {counts}; {plan.untouched} sites of the catalogue are not in the file"


def _faults(file: Path, plan: ImportPlan) -> str:
    broken = [planned.row for planned in plan.rows if planned.kind is RowKind.BROKEN]
    if not broken:
        return f"{file.name}: there is no row to import"
    with force_locale("en"):
        lines = [
            f"  {row_label(plan.file, row)} ({row.name}): {problem_line(problem)}"
            for row in broken[:FAULTS_SHOWN]
            for problem in row.problems
        ]
    if len(broken) > FAULTS_SHOWN:
        lines.append(f"  and {len(broken) - FAULTS_SHOWN} more broken rows")
    return "\n".join([f"{file.name}: {len(broken)} broken rows left out", *lines])
