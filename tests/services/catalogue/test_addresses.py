"""Addresses of a town of two streets: found by any spelling; told where only a street is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from planner.services.catalogue.addresses import find_addresses
from tests.kit.streets.small import CROSS, small_town, spot, tag_lines

if TYPE_CHECKING:
    from planner.streets.query.network import Network

HOUSES = {
    30: ((40, 20), {"addr:street": "Świętej Łucji", "addr:housenumber": "3"}),
    31: ((60, 20), {"addr:street": "Świętej Łucji", "addr:housenumber": "3A"}),
    32: ((80, -40), {"addr:place": "Wólka", "addr:housenumber": "12/1"}),
    33: ((20, -40), {"addr:housenumber": "7"}),
}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    more = ""
    for number, (metres, tags) in HOUSES.items():
        lon, lat = spot(*metres)
        more += f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">\n{tag_lines(tags)}</node>\n'
    ways = {
        1: ((1, 2, 3), {"highway": "residential", "name": "Świętej Łucji"}),
        2: ((4, 2, 5), {"highway": "residential", "name": "Krakowska"}),
    }
    return small_town(tmp_path_factory.mktemp("addresses"), CROSS, ways, more).network


def found(network: Network, words: str) -> list[tuple[str, bool]]:
    return [(one.text, one.is_street) for one in find_addresses(network, words)]


@pytest.mark.parametrize(
    "words", ["Świętej Łucji 3", "swietej lucji 3", "ul. SWIETEJ  LUCJI 3", "łucji 3", "ulica lucji 3"]
)
def test_a_house_is_found_by_any_spelling(network: Network, words: str) -> None:
    (one,) = find_addresses(network, words)
    assert (one.text, one.is_street) == ("Świętej Łucji 3", False)
    assert one.at == pytest.approx(spot(40, 20), abs=1e-6)


def test_letters_and_parts_belong_to_the_number(network: Network) -> None:
    assert found(network, "lucji 3a") == found(network, "lucji 3 A") == [("Świętej Łucji 3A", False)]
    assert found(network, "wolka 12/1") == [("Wólka 12/1", False)]


def test_a_street_gives_its_middle_and_so_does_a_number_nobody_knows(network: Network) -> None:
    assert found(network, "krakow") == found(network, "Krakowska 99") == [("Krakowska", True)]
    (one,) = find_addresses(network, "Krakowska")
    assert abs(one.at[0] - spot(100)[0]) < 1e-6
    assert spot(0, -100)[1] <= one.at[1] <= spot(0, 100)[1]


def test_what_is_short_or_unknown_finds_nothing(network: Network) -> None:
    assert (
        found(network, "kr") == found(network, "3") == found(network, "") == found(network, "Lipowa 1") == []
    )


def test_a_network_without_streets_of_houses_knows_the_streets(network: Network) -> None:
    older = replace(network, layers=replace(network.layers, mark_streets=np.empty(0, np.int32)))
    assert found(older, "lucji 3") == [("Świętej Łucji", True)]
