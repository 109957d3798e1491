"""What hosts were told: the times of a release, kept with the visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from planner.domain.clock import TownClock
from planner.domain.hosts.arrangement import SiteStay
from planner.services.paper.telling import Telling, newest_tellings, stays_at, tell
from planner.store import visits as store
from planner.store.database import Database
from planner.store.models import UserRow
from tests.kit.databases import database_in
from tests.kit.party_samples import party_content
from tests.kit.samples import sample_content, sample_visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.releases import ReleaseContent

DATE = dt.date(2026, 12, 2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(database_in(tmp_path))
    made.upgrade()
    yield made
    made.close()


def faces(content: ReleaseContent, site: str) -> list[tuple[str, str, str]]:
    clock = TownClock(content.network.timezone)
    return [(one.party, clock.face(one.start), clock.face(one.leave)) for one in stays_at(content, 0, site)]


def test_a_site_has_the_stays_of_all_or_of_each_party() -> None:
    apart = faces(party_content(), "muzeum")
    assert [party for party, _, _ in apart] == ["A", "B", "C"] or len(apart) == 3
    assert ("A", "09:58", "10:18") in apart
    assert [party for party, _, _ in faces(party_content(), "ratusz")] == [""]
    assert len(faces(sample_content(), "ratusz")) == 1
    assert faces(sample_content(), "no-such-site") == []


def test_the_newest_telling_counts_and_outlives_who_told_it(database: Database) -> None:
    stay = SiteStay("", 1_795_000_000, 1_795_001_200)
    told = Telling("ratusz", DATE, 1, (stay,), "sheet", "", 1_795_000_000)
    with database.writing() as session:
        visit_id = store.add_visit(session, sample_visit(), 1_795_000_000).id
        user = UserRow(name="Anna", name_key="anna", created=0)
        session.add(user)
        session.flush()
        tell(session, visit_id, told, user.id)
        tell(session, visit_id, replace(told, release=2, how="mail"), user.id)
    with database.writing() as session:
        assert newest_tellings(session, visit_id) == {
            ("ratusz", DATE): replace(told, release=2, how="mail", by="Anna")
        }
        session.execute(text("delete from users"))
        assert newest_tellings(session, visit_id)["ratusz", DATE].by == ""
        session.execute(text("delete from visits"))
        assert session.scalar(text("select count(*) from tellings")) == 0
