"""What is drawn at which scale, said once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from planner.outputs.maps.description import LOOKS, ORDER, steps_at, zoom_of
from planner.streets.query.layers import LayerKind


def test_a_scale_is_told_as_the_zoom_of_a_screen() -> None:
    assert zoom_of(0.1, 50.0) == pytest.approx(15.2, abs=0.05)
    assert zoom_of(0.2, 50.0) == pytest.approx(zoom_of(0.1, 50.0) + 1)


def test_areas_lie_under_lines_and_casings_under_streets() -> None:
    assert max(ORDER.index(kind.name) for kind in LayerKind if kind.is_area) < ORDER.index("WATERWAY")
    casings = [place for place, step in enumerate(ORDER) if step.startswith("casing:")]
    streets = [ORDER.index(step.removeprefix("casing:")) for step in ORDER if step.startswith("casing:")]
    assert max(casings) < min(streets)


def test_closer_in_there_is_never_less() -> None:
    drawn = [{(what, look.kind) for what, look in steps_at(zoom)} for zoom in (11, 13, 14.5, 15.5, 17, 19)]
    assert all(less <= more for less, more in pairwise(drawn))
    assert ("fill", LayerKind.BUILDING) not in drawn[2]
    assert ("fill", LayerKind.BUILDING) in drawn[3]


def test_lines_get_wider() -> None:
    for look in LOOKS.values():
        widths = [look.width(zoom) for zoom in (12, 13, 14.5, 15.5, 17, 19, 20)]
        assert widths == sorted(widths)
