"""Commands: `flask --app wsgi timetable build SOURCE...` and `timetable info`."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from planner.commands.base import Commands
from planner.commands.progress import Progress
from planner.errors import NotThereError, SourceFileError
from planner.process import services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.buses.build.build import BuildSettings
    from planner.buses.files import Source
    from planner.buses.query.timetable.facts import TimetableCounts
    from planner.buses.query.timetable.timetable import Timetable

timetable = Commands("timetable", help="The buses and trains of the town.")


@timetable.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--margin",
    type=click.FloatRange(0, 100),
    default=2.0,
    show_default=True,
    help="Kilometres around the network within which stops are kept.",
)
@click.option(
    "--budget",
    type=click.FloatRange(0.1, 240),
    default=10.0,
    show_default=True,
    help="Minutes that fetching one feed may take.",
)
@click.option("--contact", default="", help="E-mail or web address; told to whom a feed is fetched from.")
def timetable_build(*, sources: tuple[str, ...], margin: float, budget: float, contact: str) -> None:
    """Build the timetable from GTFS feeds: zips or folders, by their path or https address.

    The feeds together replace the timetable in force. Of a line that two of
    them have, the first one's service counts.
    """
    from planner.buses.build.build import BuildSettings
    from planner.buses.build.gtfs.download import FetchSettings
    from planner.services.upkeep.first_run import builtin_timetable

    fetch = FetchSettings(contact=contact.strip(), budget_min=budget)
    builtin = builtin_timetable(services().keeper)
    _build(sources, BuildSettings(builtin=builtin, margin_m=margin * 1000, fetch=fetch))
    click.echo("\n".join(_described(_opened())))


def build_builtin() -> None:
    """Build the timetable from the built-in feed alone."""
    from planner.buses.build.build import BuildSettings
    from planner.services.upkeep.first_run import builtin_timetable

    _build((), BuildSettings(builtin=builtin_timetable(services().keeper)))


def _build(sources: tuple[str, ...], settings: BuildSettings) -> None:
    from planner.buses.build.build import build_timetable
    from planner.buses.build.shapes.fill import fill

    with Progress() as progress:
        build_timetable(sources, services().settings.data_dir, replace(settings, fill=fill), progress)


@timetable.command("update")
def timetable_update() -> None:
    """Fetch the timetables that are named on the page Town and put them in force."""
    from planner.runner.work.town import feed_settings
    from planner.services.town.known import contact, feeds

    context = services()
    context.database.upgrade()
    with context.database.session() as session:
        named, whom = feeds(session), contact(session)
    if not named:
        msg = "no timetable is named by its address: name some on the page Town"
        raise NotThereError(msg)
    _build(named, feed_settings(context, whom))
    click.echo("\n".join(_described(_opened())))


@timetable.command("info")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def timetable_info(*, as_json: bool) -> None:
    """Say what the timetable in force was made from, and what was left out and why."""
    from planner.buses.query.timetable.facts import facts

    opened = _opened()
    if as_json:
        click.echo(json.dumps(asdict(facts(opened)), ensure_ascii=False))
    else:
        click.echo("\n".join(_described(opened)))


def _opened() -> Timetable:
    """Open the timetable in force, and say it where it cannot be used."""
    from planner.buses.files import current_timetable
    from planner.buses.query.timetable.open import load_timetable

    town = services().town
    try:
        opened = load_timetable(town.network_folder, current_timetable(services().settings.data_dir))
    except (ValueError, OSError) as error:
        raise SourceFileError(str(error)) from error
    if opened is None:
        msg = "no timetable has been built yet: run `flask --app wsgi timetable build SOURCE...`"
        raise NotThereError(msg)
    meta = town.network.meta
    if not opened.meta.is_for(meta.timezone, meta.bounds):
        msg = f"the timetable was built for another town than {meta.name}: build it again"
        raise SourceFileError(msg)
    return opened


def _described(opened: Timetable) -> Iterator[str]:
    """What a timetable says, for people."""
    from planner.buses.query.timetable.facts import facts

    told = facts(opened)
    for number, source in enumerate(told.sources, 1):
        yield _of_source(number, source)
    yield f"  {_numbers(told)}"
    yield "  line                     departures on a workday, Saturday, Sunday"
    for line in told.lines:
        name = f"{line.mode} {line.name}"[:24]
        days = f"{line.workday:5} {line.saturday:5} {line.sunday:5}"
        dates = f"  {line.first_date} to {line.last_date}" if line.first_date else "  every week"
        estimated = ", estimated" if line.estimated else ""
        yield f"  {name:24} {days}{dates}  [{line.source + 1}]{estimated}"
    if told.dropped:
        left = ", ".join(f"{reason} ({count})" for reason, count in sorted(told.dropped.items()))
        yield f"  left out   {left}"


def _of_source(number: int, source: Source) -> str:
    dates = f"valid {source.valid_from} to {source.valid_to}" if source.valid_from else "without end"
    kind = f"{source.kind}, indicative" if source.indicative else source.kind
    return f"[{number}] {source.name}: {dates}, {kind}; {source.credit} {source.url}".rstrip()


def _numbers(told: TimetableCounts) -> str:
    counts = told.counts
    ways = told.counts["patterns"] - told.shapes["none"]
    parts = [f"{counts['lines']} lines", f"{counts['trips']} trips", f"{counts['stops']} stops"]
    if counts["headway_periods"]:
        parts.append(f"{counts['headway_periods']} headway periods")
    return ", ".join([*parts, f"{ways} of {counts['patterns']} patterns with their ways"])
