"""Numbers out of tags: what people write, and whatever else may stand there."""

from __future__ import annotations

from math import radians, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.streets.build.foot.area_rings import closed_rings
from planner.streets.build.tag_values import STEEPEST, count, incline_percent, metres


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("10%", 10), ("10 %", 10), ("-4.5%", -4.5), ("3,5%", 3.5), ("8", 8), ("0%", 0),
        ("10°", 100 * tan(radians(10))), ("-45°", -100), ("60°", None), ("1:12", 100 / 12), ("1:0", None),
        ("up", None), ("down", None), ("steep", None), ("", None), ("150%", None), ("nan", None),
        ("inf%", None), ("10%;12%", None),
    ],
)  # fmt: skip
def test_inclines(text: str, percent: float | None) -> None:
    found = incline_percent(text)
    assert found == (percent if percent is None else pytest.approx(percent))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", 2), ("0.85 m", 0.85), ("0,85", 0.85), ("80 cm", 0.8), ("15cm", 0.15), ("3'", 0.9144),
        ("2'6\"", 0.762), ("3 ft", 0.9144), ("-1", None), ("narrow", None), ("", None), ("1-2", None),
        ("nan", None),
    ],
)  # fmt: skip
def test_lengths(text: str, expected: float | None) -> None:
    found = metres(text)
    assert found == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("text", "expected"), [("12", 12), ("0", 0), ("-1", None), ("1.5", None), ("²", None), ("9999999", None)]
)
def test_counts(text: str, expected: int | None) -> None:
    assert count(text) == expected


@given(st.text() | st.from_regex(r"-?[0-9.,:]*\s*(%|°|m|cm|ft|'|\")?", fullmatch=True))
def test_any_text_gives_a_sane_number_or_none(text: str) -> None:
    percent, length = incline_percent(text), metres(text)
    assert percent is None or abs(percent) <= STEEPEST + 1e-9
    assert length is None or 0 <= length <= 1_000_000


@given(ring=st.lists(st.integers(), min_size=3, max_size=20, unique=True), data=st.data())
def test_a_ring_cut_anywhere_closes_again(ring: list[int], data: st.DataObject) -> None:
    """The pieces in any order and each either way round make the ring, whatever node it begins with."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(ring) - 1), min_size=2)))
    around = [*ring, *ring]
    ends = [*cuts[1:], cuts[0] + len(ring)]
    pieces = [tuple(around[a : b + 1]) for a, b in zip(cuts, ends, strict=True)]
    pieces = [piece[::-1] if data.draw(st.booleans()) else piece for piece in pieces]
    found = closed_rings(data.draw(st.permutations(pieces)))
    assert found is not None
    assert len(found) == 1
    assert found[0][0] == found[0][-1]
    sides = {frozenset(side) for side in zip(found[0], found[0][1:], strict=False)}
    assert sides == {frozenset(side) for side in zip(ring, [*ring[1:], ring[0]], strict=True)}
