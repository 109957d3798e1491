"""Where a place lies: its country by its full name or the nearest city of a zone, and its zone."""

from __future__ import annotations

import pytest

from planner.streets.where import Where, country_of, where


@pytest.mark.parametrize(
    ("at", "name", "found"),
    [
        ((15.61, 48.41), "Krems an der Donau, Niederösterreich, Österreich", Where("AT", "Europe/Vienna")),
        ((15.61, 48.41), "Krems, Lower Austria, Austria", Where("AT", "Europe/Vienna")),
        ((7.42, 43.73), "Monaco", Where("MC", "Europe/Monaco")),
        (
            (19.83, 49.97),
            "Skawina, województwo małopolskie, Polska",
            Where("PL", "Europe/Warsaw"),
        ),
        ((22.95, 40.64), "Thessaloniki, Greece", Where("GR", "Europe/Athens")),
        ((-16.25, 28.47), "Santa Cruz de Tenerife, España", Where("ES", "Atlantic/Canary")),
        ((15.61, 48.41), "", Where("AT", "Europe/Vienna")),
    ],
)
def test_where(at: tuple[float, float], name: str, found: Where) -> None:
    assert where(at, name) == found


def test_an_unknown_country() -> None:
    assert country_of("Somewhere, Nowhere") == ""
