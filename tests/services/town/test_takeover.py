"""The town beside comes into force, whole or not at all, wherever the process is killed; and goes back."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from planner.built import before, in_force, locked, version_here
from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.files import current_timetable
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind, Visit
from planner.errors import NotThereError, SourceFileError
from planner.services.town.beside import Beside
from planner.services.town.takeover import hold_needed, put_back, take_over
from planner.services.travel.town import TownKeeper
from planner.services.upkeep.sharing import begin_sharing, follow
from planner.services.visits.publish import publish, shown_release
from planner.storage.in_force import shared
from planner.storage.place import Storage
from planner.store import visits as store
from planner.streets.build.build import TownSettings, build_network
from planner.streets.query.walk.find import Walker
from tests.conftest import Silent
from tests.kit.buses.feeds import folder, tiny
from tests.kit.web.town import OSM, A, B, C
from tests.services.town.conftest import build_beside

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

DAY = dt.date(2001, 1, 1)
OLD_M, NEW_M = 333.6, 619.5
EACH = 5
"""Of the steps of the file system one in so many is tried with small samples."""


def in_force_now(data_dir: Path) -> tuple[str, float, bool]:
    """Name, metres from A to B, and whether there is a timetable: all that tells the two towns apart."""
    town = TownKeeper(data_dir).town()
    walk = Walker(town.network).walk(A, B)
    assert walk is not None
    has_feed = current_timetable(data_dir) is not None and town.timetable is not None
    return town.network.meta.name, round(walk.length_m, 1), has_feed


OLD, NEW = ("Dwie Ulice", OLD_M, False), ("Obok", NEW_M, True)


def feed_in(tmp_path: Path) -> Path:
    """Line 1 from A to C."""
    stops = [
        {"stop_id": name, "stop_name": name, "stop_lat": str(lat), "stop_lon": str(lon)}
        for name, (lon, lat) in {"A": A, "B": B, "C": C}.items()
    ]
    return folder(tmp_path / "feed", tiny(stops=stops))


@pytest.fixture
def whole(data_dir: Path, tmp_path: Path) -> Path:
    """The same, with a timetable beside."""
    build_timetable([str(feed_in(tmp_path))], Beside(data_dir).folder, BuildSettings(), Silent())
    assert in_force_now(data_dir) == OLD
    return data_dir


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do something in a child that kills itself before its n-th step in the file system; whether it did."""
    child = os.fork()
    if child == 0:
        left = [step]

        def watch(event: str, _args: tuple[Any, ...]) -> None:
            if event in {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_taken_over_and_put_back(whole: Path, session: Session) -> None:
    was = take_over(session, whole, DAY)
    assert in_force_now(whole) == NEW
    assert not Beside(whole).is_there
    assert before(whole) == was
    put_back(session, whole, DAY)
    assert in_force_now(whole) == OLD
    put_back(session, whole, DAY)
    assert in_force_now(whole) == NEW
    with pytest.raises(NotThereError):
        take_over(session, whole, DAY)


@pytest.mark.dear
def test_killed_at_each_step_of_a_takeover(
    whole: Path, session: Session, tmp_path: Path, *, full: bool
) -> None:
    seen = []
    for step in range(1, 1000, 1 if full else EACH):
        copy = tmp_path / "copy"
        shutil.copytree(whole, copy)
        was_killed = killed_at(step, lambda copy=copy: take_over(session, copy, DAY))  # type: ignore[misc]
        now = in_force_now(copy)
        assert now in (OLD, NEW), step
        seen.append(now)
        if now == OLD:  # nothing is lost: what was built beside can still be taken over
            take_over(session, copy, DAY)
            assert in_force_now(copy) == NEW
        put_back(session, copy, DAY)
        assert in_force_now(copy) == OLD, step
        shutil.rmtree(copy)
        if not was_killed:
            break
    assert step > 10
    assert seen == sorted(seen, key=(OLD, NEW).index), "once new, never old again"
    assert {OLD, NEW} == set(seen)


@pytest.mark.dear
def test_killed_at_each_step_of_the_way_back(
    whole: Path, session: Session, tmp_path: Path, *, full: bool
) -> None:
    take_over(session, whole, DAY)
    seen = []
    for step in range(1, 1000, 1 if full else EACH):
        copy = tmp_path / "copy"
        shutil.copytree(whole, copy)
        was_killed = killed_at(step, lambda copy=copy: put_back(session, copy, DAY))  # type: ignore[misc]
        seen.append(in_force_now(copy))
        shutil.rmtree(copy)
        if not was_killed:
            break
    assert seen == sorted(seen, key=(NEW, OLD).index)
    assert {OLD, NEW} == set(seen)


def test_a_takeover_waits_for_no_build(whole: Path, session: Session) -> None:
    with locked(whole / "timetable.lock", waits=False), pytest.raises(SourceFileError, match="going on"):
        take_over(session, whole, DAY)
    assert in_force_now(whole) == OLD


def test_a_timetable_built_after_a_takeover_counts(whole: Path, session: Session, tmp_path: Path) -> None:
    take_over(session, whole, DAY)
    taken = current_timetable(whole)
    build_timetable([str(tmp_path / "feed")], whole, BuildSettings(), Silent())
    assert current_timetable(whole) not in (None, taken)
    file = tmp_path / "again.osm"
    file.write_text(OSM, encoding="utf-8")
    newest = current_timetable(whole)
    build_network(file, whole, TownSettings("Trzecie"), lambda *_: None)
    assert current_timetable(whole) == newest
    assert before(whole) is not None


def test_a_timetable_beside_the_streets_in_force(data_dir: Path, session: Session, tmp_path: Path) -> None:
    streets = in_force(data_dir).network
    build_timetable(
        [str(feed_in(tmp_path))], Beside(data_dir).over_streets_in_force(), BuildSettings(), Silent()
    )
    assert in_force_now(data_dir) == OLD
    take_over(session, data_dir, DAY)
    assert in_force_now(data_dir) == (*OLD[:2], True)
    assert in_force(data_dir).network == streets
    put_back(session, data_dir, DAY)
    assert in_force_now(data_dir) == OLD


def test_a_day_under_way_keeps_its_streets(whole: Path, session: Session) -> None:
    """Also after a second takeover and a build; once no day is ahead they are let go."""
    keeper = TownKeeper(whole)
    stop = Stop("s", StopKind.SITE, PlaceRef(site="beta"), 10)
    visit = Visit(
        title={"en": "Day"}, days=(Day(DAY, DayStart(PlaceRef(site="alfa"), "09:00"), stops=(stop,)),)
    )
    row = store.add_visit(session, visit, 0)
    publish(session, keeper.town(), row, visit, 0)
    session.flush()
    release = shown_release(session, row)
    assert release is not None
    assert release.network.built == in_force(whole).network
    for name in ("Obok", "Trzecie", "Czwarte"):
        if name != "Obok":
            build_beside(whole, name=name)
        take_over(session, whole, DAY)
        town = keeper.town_of(release.network.built)
        assert (keeper.town().network.meta.name, town.network.meta.name) == (name, "Dwie Ulice")
        assert keeper.town_of(release.network.built) is town
    assert town.facts == release.network
    later = DAY + dt.timedelta(days=2)
    hold_needed(session, whole, later)
    build_beside(whole, name="Piąte")
    take_over(session, whole, later)
    assert keeper.town_of(release.network.built) is not town or not town.network_folder
    assert TownKeeper(whole).town_of(release.network.built).network.meta.name == "Piąte"
    assert keeper.town_of(replace(release.network, built="").built) is keeper.town()


def test_what_is_built_beside_is_shared_once_it_is_taken_over(
    data_dir: Path, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"file://{tmp_path / 'shared'}"
    monkeypatch.setenv("STORAGE_URL", url)
    storage, other = Storage(url), tmp_path / "other machine"
    other.mkdir()
    build_beside(data_dir)
    build_timetable([str(feed_in(tmp_path))], Beside(data_dir).folder, BuildSettings(), Silent())
    assert (shared(storage, "network"), shared(storage, "timetable")) == (None, None)
    take_over(session, data_dir, DAY)
    for what in ("network", "timetable"):
        known = shared(storage, what)
        assert known is not None
        assert known.version == version_here(data_dir, what)
    assert follow(storage, data_dir) == [], "it is here already"
    assert sorted(follow(storage, other)) == ["network", "timetable"]
    assert in_force_now(other) == in_force_now(data_dir) == NEW
    put_back(session, data_dir, DAY)
    assert sorted(follow(storage, other)) == ["network", "timetable"]
    assert in_force_now(other) == in_force_now(data_dir) == OLD, "there was no timetable before"
    assert follow(storage, other) == follow(storage, data_dir) == []
    assert begin_sharing(storage, other) == []
    put_back(session, data_dir, DAY)
    assert sorted(follow(storage, other)) == ["network", "timetable"]
    assert in_force_now(other) == in_force_now(data_dir) == NEW
