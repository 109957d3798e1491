"""Barriers on the road in a built network: closed by a bollard, open at a gate, too low for what is high."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.domain.coach import CoachProfile
from tests.kit.streets.coach_town import coach_town, driven
from tests.kit.streets.small import spot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.streets.small import Tags

STREET = {"highway": "residential"}
ROUND = {1: (0.0, 0.0), 2: (600.0, 0.0), 3: (600.0, 300.0), 4: (0.0, 300.0), 5: (300.0, 0.0)}
SOUTH, REST = 1, 2
WAYS = {SOUTH: ((1, 5, 2), STREET), REST: ((2, 3, 4, 1), STREET)}
LOW = CoachProfile(height_m=3.0)


@pytest.mark.parametrize(
    ("tags", "is_open", "is_open_to_low"),
    [
        ({"barrier": "bollard"}, False, False),
        ({"barrier": "bollard", "coach": "yes"}, True, True),
        ({"barrier": "lift_gate"}, True, True),
        ({"barrier": "gate", "access": "private"}, False, False),
        ({"barrier": "height_restrictor", "maxheight": "3.5"}, False, True),
    ],
)
def test_a_barrier_on_the_road(tmp_path: Path, tags: Tags, is_open: bool, is_open_to_low: bool) -> None:  # noqa: FBT001
    network = coach_town(tmp_path, ROUND, WAYS, {5: tags}).network
    for profile, straight in ((CoachProfile(), is_open), (LOW, is_open_to_low)):
        ways = driven(network, spot(200, 0), spot(400, 0), profile)
        assert ways is not None
        assert (REST not in ways) is straight
