"""Commands: `flask --app wsgi backup` and `restore`."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from planner.commands.base import TellingCommand
from planner.errors import Reason, SourceFileError, StoreError
from planner.process import services

NAMED = re.compile(r"planner-\d{8}T\d{6}Z\.backup")


@click.command("backup", cls=TellingCommand)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Name it by the time.")
@click.option("--keep", type=click.IntRange(1), help="With --to: remove the oldest beyond so many.")
def backup(file: Path | None, folder: Path | None, keep: int | None) -> None:
    """Write all that is kept into FILE while the service runs, and check it by restoring it beside."""
    if (file is None) == (folder is None) or (keep is not None and folder is None):
        raise click.UsageError("give either FILE, or --to DIR and maybe --keep N")
    now = services().now()
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"planner-{_stamp(now)}.backup"
    target = Path(file or "").absolute()
    if target.exists():
        raise SourceFileError(f"{target} is already there: name another file")
    rows = _write(target)
    click.echo(f"{target}: {rows} rows, {target.stat().st_size / 1e6:.1f} MB, restored beside and compared")
    for old in _beyond(folder, keep) if folder and keep else ():
        old.unlink()
        click.echo(f"removed {old.name}")


def _write(target: Path) -> int:
    """Write, check and then name a backup; how many rows it has."""
    from planner.services.trust.audit import BY_COMMAND, Act, note
    from planner.services.upkeep.archive import DATABASE, About, unpack, write_archive
    from planner.services.upkeep.restoring import note_backup
    from planner.services.upkeep.sharing import fetch_photos, follow
    from planner.store.engine.snapshot import check_snapshot, write_snapshot

    context = services()
    context.database.upgrade()
    if context.storage is not None:
        follow(context.storage, context.settings.data_dir)
        fetch_photos(context.storage, context.settings.data_dir)
    settings, part = context.settings, target.with_name(f".{target.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.data_dir) as name:
        beside = Path(name)
        counts = write_snapshot(context.database, beside / DATABASE)
        about = About(context.now(), counts)
        try:
            write_archive(part, settings.data_dir, beside / DATABASE, settings.secret_key, about)
            (beside / "again").mkdir()
            check_snapshot(beside / "again" / DATABASE, unpack(part, beside / "again").counts)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    note_backup(settings.data_dir, target, context.now())
    with context.database.writing() as session:
        note(session, Act.BACKUP_MADE, BY_COMMAND, context.now(), about=target.name)
    return sum(counts.values())


def _beyond(folder: Path, keep: int) -> list[Path]:
    """The oldest backups of a folder, beyond so many; other files are nobody's business."""
    return sorted(one for one in folder.iterdir() if NAMED.fullmatch(one.name))[:-keep]


@click.command("restore", cls=TellingCommand)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="In place of what is there, which is lost.")
def restore(file: Path, *, replace: bool) -> None:
    """Put what FILE has into the data directory and the database that are set, of either kind."""
    from planner.runner.work.daily import tidied
    from planner.services.jobs.running import interrupt_all
    from planner.services.trust.audit import BY_COMMAND, Act, note
    from planner.services.upkeep.archive import DATABASE, KEY, unpack
    from planner.services.upkeep.restoring import has_files, put_files
    from planner.store.engine.snapshot import check_snapshot, has_rows, read_snapshot

    context = services()
    database, data_dir = context.database, context.settings.data_dir
    with tempfile.TemporaryDirectory(prefix="restore-", dir=data_dir) as name:
        about = unpack(file, Path(name))
        check_snapshot(Path(name) / DATABASE, about.counts)
        try:
            database.upgrade()
        except StoreError as error:
            if not replace or error.reason is not Reason.STORE_NEWER:
                raise
            click.echo(f"what the newer program kept is put aside, not removed: {database.put_aside()}")
            database.upgrade()
        if not replace and (has_files(data_dir) or has_rows(database)):
            raise SourceFileError("there is already something here: --replace puts the backup in its place")
        key = (Path(name) / KEY).read_text(encoding="utf-8")
        put_files(Path(name), data_dir, context.storage)
        read_snapshot(Path(name) / DATABASE, database)
    with database.writing() as session:
        interrupt_all(session, context.now())
        note(session, Act.RESTORED, BY_COMMAND, context.now(), about=file.name)
    forgotten = tidied(context)
    made = datetime.fromtimestamp(about.made, UTC).isoformat(sep=" ", timespec="minutes")
    click.echo(f"restored {sum(about.counts.values())} rows of {made}")
    if forgotten:
        click.echo(f"names of {forgotten} visits forgotten, as they were due")
    if os.environ.get("SECRET_KEY", key) != key:
        click.echo("SECRET_KEY is set to another key: no link opens until it is the backup's, or not set")
    click.echo("start the service anew: workers that run still show what was there before")


def _stamp(now: int) -> str:
    """An instant in the name of a file, in UTC: names sort as the files were made."""
    moment = datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="seconds").translate({ord("-"): None, ord(":"): None}) + "Z"
