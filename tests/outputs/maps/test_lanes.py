"""Ways on one street lie beside each other."""

from __future__ import annotations

from planner.outputs.maps.content import MapLeg
from planner.outputs.maps.lanes import beside_each_other

A, B, C, D = (20.0, 50.0), (20.001, 50.0), (20.002, 50.0), (20.002, 50.001)


def test_a_way_alone_has_the_street() -> None:
    assert beside_each_other([MapLeg(0, "walk", (A, B, C))])[0].lanes == ()


def test_out_and_back_are_on_two_sides_each_on_its_right() -> None:
    out, back = beside_each_other([MapLeg(0, "walk", (A, B, C)), MapLeg(1, "walk", (C, B))])
    assert out.lanes == ((1, 2, 0.5),)
    assert back.lanes == ((0, 1, 0.5),)


def test_the_same_way_twice_is_one_line() -> None:
    both = beside_each_other([MapLeg(0, "walk", (A, B)), MapLeg(1, "walk", (A, B))])
    assert [leg.lanes for leg in both] == [(), ()]


def test_parties_have_a_lane_each() -> None:
    legs = [MapLeg(0, "walk", (A, B, C), party="a"), MapLeg(0, "walk", (A, B, C, D), party="b"),
            MapLeg(0, "walk", (C, B), party="c")]  # fmt: skip
    a, b, c = beside_each_other(legs)
    assert a.lanes == ((0, 1, -0.5),)
    assert b.lanes == ((0, 1, 0.5), (1, 2, 1.0))
    assert c.lanes == ((0, 1, 1.0),)
