"""Command: `sites from-osm [FILE]`, what OpenStreetMap knows brought into the catalogue."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from planner.commands.sites import sites
from planner.services.town.offered import source_in_force
from planner.services.town.osm_sites import bring, offers
from planner.web.frame.context import rule_context, services

__all__ = ["sites"]


@sites.command("from-osm")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--kind", "kinds", multiple=True, metavar="KEY=VALUE", help="Only these, as tourism=museum.")
@click.option("--dry-run", is_flag=True, help="Say what there is, store nothing.")
def from_osm(file: Path | None, *, kinds: tuple[str, ...], dry_run: bool) -> None:
    """Bring sites from FILE (OpenStreetMap), else from what the streets in force were built from.

    What is there already is brought up to date where nobody has edited it; what
    may be there under the same name is left out.
    """
    from planner.streets.build.read.things import read_things

    things = read_things(file or source_in_force(services().settings.data_dir))
    context = rule_context()
    with services().database.session() as session:
        found = [one for one in offers(session, things, context) if not kinds or one.thing.kind in kinds]
    for kind, number in sorted(Counter(one.thing.kind for one in found).items()):
        click.echo(f"{number:5} {kind}")
    known = sum(bool(one.present) for one in found)
    maybe = sum(bool(one.maybe) for one in found)
    click.echo(f"{len(found)} sites, {known} of them came before; {maybe} may be there already: left out")
    if dry_run:
        click.echo("nothing stored: this was a dry run")
        return
    chosen = [one.thing.osm_id for one in found if not one.maybe]
    with services().database.writing() as session:
        brought = bring(session, things, chosen, context, services().now())
    click.echo(f"{len(brought.new)} new, {len(brought.changed)} up to date, {brought.unchanged} unchanged")
