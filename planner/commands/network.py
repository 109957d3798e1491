"""Commands: `flask --app wsgi network download PLACE`."""

from __future__ import annotations

import click

from planner.commands.progress import Progress
from planner.commands.register import described, network
from planner.errors import SourceFileError
from planner.web.frame.context import services


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
