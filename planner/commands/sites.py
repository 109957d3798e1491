"""Commands of the catalogue: `sites import FILE`, `sites export FILE`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import IntegrityError

from planner.commands.base import Commands
from planner.errors import SourceFileError
from planner.outputs.catalogue.problems import form_line, problem_line, problem_text, row_label
from planner.outputs.catalogue.words import site_name
from planner.services.catalogue.care.twins import Answer, settled, twins_of
from planner.services.catalogue.csv_file import to_csv
from planner.services.catalogue.entries import all_sites, stored_sites
from planner.services.catalogue.geojson import to_geojson
from planner.services.catalogue.importing import (
    ImportConflictError,
    RowKind,
    plan_import,
    store_import,
)
from planner.services.catalogue.reading.file import read_file
from planner.services.catalogue.reading.headers import is_mappable
from planner.services.catalogue.rules import CatalogueFileError
from planner.web.frame.context import rule_context, services
from planner.words.translation import force_locale

if TYPE_CHECKING:
    from planner.services.catalogue.care.twins import Twin
    from planner.services.catalogue.importing import ImportPlan
    from planner.services.catalogue.reading.file import ReadFile
    from planner.store.catalogue import StoredSite

sites = Commands("sites", "The catalogue of sites as files.", needs_database=True)
FAULTS_SHOWN = 50
NAMES_SHOWN = 5


@sites.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change, store nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Store nothing if a row is broken.")
@click.option(
    "--column",
    "said",
    multiple=True,
    metavar="NAME=COLUMN",
    help="Read the file's column NAME as COLUMN, or leave it out (NAME=); may be given several times.",
)
@click.option(
    "--alike",
    type=click.Choice([answer.value for answer in Answer]),
    default=Answer.BOTH.value,
    show_default=True,
    help="Rows that may be there already: keep the catalogue's, take what the file says, or both.",
)
def sites_import(
    file: Path, *, dry_run: bool, all_or_nothing: bool, said: tuple[str, ...], alike: str
) -> None:
    """Bring FILE (CSV, XLSX, GeoJSON, KML, KMZ, GPX) into the catalogue; broken rows are left out."""
    context = services()
    context.database.upgrade()
    with context.database.session() as session:
        stored = stored_sites(session)
    try:
        plan = plan_import(_read(file, stored, said), stored, is_whole=all_or_nothing)
    except CatalogueFileError as error:
        with force_locale("en"):
            raise click.ClickException(f"{file.name}: {problem_text(error.problem)}") from error
    twins = twins_of(plan, stored)
    plan = settled(plan, twins, dict.fromkeys(twins, Answer(alike)), stored)
    _tell(plan, has_names=dry_run)
    if twins:
        click.echo(_alike(plan, twins, Answer(alike)))
    if not plan.is_sound:
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


def _read(file: Path, stored: dict[str, StoredSite], said: tuple[str, ...]) -> ReadFile:
    """The file with its columns as they were said to be, the others as they are guessed.

    Raises
    ------
    CatalogueFileError
        If no column is a name.
    """
    data = file.read_bytes()
    read = read_file(data, stored, rule_context())
    if said:
        wanted = dict(one.rpartition("=")[::2] for one in said)
        names = {one.said for one in read.columns}
        wrong = [*(wanted.keys() - names), *(to for to in wanted.values() if to and not is_mappable(to))]
        if wrong:
            msg = f"{', '.join(sorted(wrong))}: neither a column of {file.name} nor one that is read"
            raise click.ClickException(msg)
        read = read_file(
            data, stored, rule_context(), [wanted.get(one.said, one.column) for one in read.columns]
        )
    if read.is_nameless:
        raise CatalogueFileError("no_header")
    return read


def _counted(plan: ImportPlan) -> str:
    counts = ", ".join(f"{plan.count(kind)} {kind.value}" for kind in RowKind)
    return f"{len(plan.rows)} rows: {counts}; {plan.untouched} sites of the catalogue are not in the file"


def _tell(plan: ImportPlan, *, has_names: bool) -> None:
    """How the file was read, and what becomes of its rows."""
    with force_locale("en"):
        click.echo(f"read as {form_line(plan.file)}")
    click.echo(_counted(plan))
    if has_names:
        click.echo(_named(plan))
    if plan.file.unread:
        click.echo(f"left out, they mean nothing here: {', '.join(plan.file.unread)}")
    for name, column in plan.file.mapped:
        click.echo(f"read {name!r} as {column}")
    if plan.file.grid:
        click.echo(f"positions are metres of {plan.file.grid}, made degrees")


def _alike(plan: ImportPlan, twins: dict[int, Twin], alike: Answer) -> str:
    """Which rows may be there already, and what is done with them."""
    done = {
        Answer.KEEP: "the catalogue's entries are kept",
        Answer.TAKE: "what the file says is taken into the catalogue's entries",
        Answer.BOTH: "they are sites of their own",
    }[alike]
    rows = {planned.row.number: planned.row for planned in plan.rows}
    with force_locale("en"):
        lines = [
            f"  {row_label(plan.file, rows[number])} ({rows[number].name}): {_twin(twin)}"
            for number, twin in list(twins.items())[:FAULTS_SHOWN]
        ]
    if len(twins) > FAULTS_SHOWN:
        lines.append(f"  and {len(twins) - FAULTS_SHOWN} more")
    more = "; --alike keep or take says otherwise" if alike is Answer.BOTH else ""
    return "\n".join([f"{len(twins)} rows may be there already: {done}{more}", *lines])


def _twin(twin: Twin) -> str:
    away = "one of them without a place" if twin.metres is None else f"{twin.metres:.0f} m away"
    return f"{twin.site.id} ({site_name(twin.site, 'en')}), {away}"


def _named(plan: ImportPlan) -> str:
    """The first names, by which one sees whether letters were read as they were meant."""
    names = [planned.row.name for planned in plan.rows[:NAMES_SHOWN]]
    more = len(plan.rows) - len(names)
    return f"  {'; '.join(names)}" + (f"; and {more} more" if more else "")


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
