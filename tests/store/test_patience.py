"""How long who writes waits: long at first, not for long once that was in vain, then as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine

from planner.store.engine.patience import SHORT_MS, VAIN_S, WAIT_MS, Patience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

USUAL_MS = 10_000


class Clock:
    """Stands until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as made:
        yield made
    engine.dispose()


def test_after_waiting_in_vain_others_wait_for_a_moment(connection: Connection) -> None:
    clock = Clock()
    patience = Patience(lambda: USUAL_MS, clock)
    assert patience.of(connection) == USUAL_MS
    patience.end(in_vain=True)
    assert patience.of(connection) == SHORT_MS
    clock.now += VAIN_S - 1
    assert patience.of(connection) == SHORT_MS
    clock.now += 1
    assert patience.of(connection) == USUAL_MS


def test_who_got_what_it_waited_for_gives_the_others_their_time_back(connection: Connection) -> None:
    patience = Patience(lambda: USUAL_MS, Clock())
    patience.end(in_vain=True)
    patience.end(in_vain=False)
    assert patience.of(connection) == USUAL_MS


def test_who_only_watches_never_waits_longer_than_it_says(connection: Connection) -> None:
    patience = Patience(lambda: USUAL_MS, Clock())
    assert patience.of(connection.execution_options(**{WAIT_MS: 300})) == 300
    assert Patience(lambda: 20, Clock()).of(connection.execution_options(**{WAIT_MS: 300})) == 20
