"""A few kills out of `make soak`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.kit.databases import on_sqlite
from tests.soak.begin import begin
from tests.soak.crashes import Soak
from tests.soak.work import Kind

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@on_sqlite
def test_what_was_acknowledged_outlives_a_kill_and_the_next_start_works(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    soak = Soak(data, random.Random(7), begin(data))  # noqa: S311 - no secret
    for _ in range(3):
        soak.round()
    assert soak.told.done[Kind.EDIT]
    assert soak.told.done[Kind.IMPORT]
