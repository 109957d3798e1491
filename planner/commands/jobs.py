"""Commands: `flask --app wsgi jobs run`, `jobs list` and `jobs cancel NUMBER`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from planner.commands.base import Commands
from planner.process import services

if TYPE_CHECKING:
    from planner.domain.jobs.job import Job

jobs = Commands("jobs", help="Work in the background.", needs_database=True)


@jobs.command("run")
def jobs_run() -> None:
    """Do what waits, until told to end; a service does so by itself, on each machine."""
    from planner.runner.following import begin_following
    from planner.runner.kinds import KINDS
    from planner.runner.loop import Runner
    from planner.runner.place import runner_lock
    from planner.runner.stopping import stop_signals

    context = services()
    runner_lock(context.settings.data_dir)  # held to the end of this process
    ended = begin_following(context.storage, context.settings.data_dir)
    with stop_signals() as signalled:
        Runner(context, KINDS).run(signalled)
    ended.set()


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def jobs_list(*, as_json: bool) -> None:
    """Say what was asked for last and how far it is."""
    from planner.services.jobs.asking import newest

    with services().database.session() as session:
        found = newest(session)
    if as_json:
        click.echo(json.dumps([asdict(job) for job in found], ensure_ascii=False))
        return
    for job in found:
        click.echo(described(job))
    if not found:
        click.echo("nothing was asked for yet")


@jobs.command("cancel")
@click.argument("number", type=int)
def jobs_cancel(number: int) -> None:
    """End the job of this NUMBER, or let it not begin."""
    from planner.services.jobs.asking import cancel

    context = services()
    with context.database.writing() as session:
        job = cancel(session, number, context.now())
    click.echo(described(job))


def described(job: Job) -> str:
    """Return a line about a job, for people."""
    asked = datetime.fromtimestamp(job.created, UTC).isoformat(sep=" ", timespec="minutes")
    far = job.progress
    parts = [
        f"{job.id:6} {job.kind:12} {asked} {job.state}",
        f"{far.done}/{far.total} {far.sentence}".rstrip() if far.total else far.sentence,
        "told to end" if job.is_cancelling else "",
        job.error.message if job.error else "",
    ]
    return ": ".join(part for part in parts if part)
