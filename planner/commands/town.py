"""Command: `town make PLACE`, a town from nothing: streets, lines, and sites of the map in the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from planner.commands.base import Commands
from planner.commands.network import described
from planner.commands.progress import Progress
from planner.errors import InvalidInputError
from planner.process import services

town = Commands("town", "The town as a whole.", needs_database=True)


@town.command("make")
@click.argument("place", required=False, default="")
@click.option("--file", type=click.Path(path_type=Path), default=None, help="A map in place of a download.")
@click.option("--name", default="", help="The town's name; otherwise the place's or the file's.")
@click.option("--timezone", default="", help="Otherwise that of the place.")
@click.option("--country", default="", help="ISO code; otherwise that of the place.")
@click.option("--contact", envvar="OVERPASS_CONTACT", default="", help="E-mail or web address; told to them.")
@click.option("--no-sites", is_flag=True, help="Leave the catalogue as it is.")
def town_make(
    *, place: str, file: Path | None, name: str, timezone: str, country: str, contact: str, no_sites: bool
) -> None:
    """Build the town of PLACE (asked of OpenStreetMap) or of a file, and bring its sites in."""
    from planner.buses.build.lines.write import build_lines
    from planner.runner.work.town import downloaded, town_of_file, town_of_place
    from planner.streets.build.build import TownSettings, build_network

    if bool(place) == (file is not None):
        msg = 'give a place like "Krems, Austria", or a map by --file'
        raise InvalidInputError(msg)
    context = services()
    with Progress() as progress:
        if file is None:
            got = downloaded(context, place, contact.strip(), progress)
            source, found = got.file, town_of_place(context, got.place)
        else:
            source, found = file, town_of_file(context, file, "")
        told = TownSettings(name or found.name, timezone or found.timezone, country or found.country)
        meta = build_network(source, context.settings.data_dir, told, progress, [build_lines])
    click.echo(described(meta))
    if not no_sites:
        click.echo(_with_sites(source))


def _with_sites(source: Path) -> str:
    """Bring the map's sites into the catalogue."""
    from planner.services.town.osm_sites import bring, offers
    from planner.streets.build.read.things import read_things
    from planner.web.frame.context import rule_context

    things, context, rules = read_things(source), services(), rule_context()
    with context.database.writing() as session:
        chosen = [one.thing.osm_id for one in offers(session, things, rules) if not one.maybe]
        brought = bring(session, things, chosen, rules, context.now())
    new = len(brought.new)
    return f"catalogue: {new} new sites from OpenStreetMap, unconfirmed; {brought.unchanged} unchanged"
