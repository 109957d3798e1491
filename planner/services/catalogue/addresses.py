"""Addresses of the town, from the network's own house numbers and streets: "Krakowska 3"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.geo import LonLat
from planner.services.catalogue.text import fold
from planner.streets.query.layers import SCALE, MarkKind

if TYPE_CHECKING:
    from planner.streets.query.network import Network

MOST_FOUND = 4
_NUMBER = re.compile(r"^(?P<street>.*\S)\s+(?P<number>\d+\s?[a-z]?(?:/\d+[a-z]?)?)$")
_TITLES = re.compile(r"^(?:ul\.?|ulica|al\.?|aleja|pl\.?|plac|os\.?|osiedle|street)\s+")
SHORTEST = 3
"""Letters; fewer match half of the town."""


@dataclass(frozen=True)
class Address:
    """A house or, where `is_street`, the middle of a street; `at` is (lon, lat) in degrees."""

    text: str
    at: LonLat
    is_street: bool


@dataclass(frozen=True)
class _Book:
    """The names of streets, folded, with the edges of each, and its houses by folded number."""

    names: Mapping[int, str]
    edges: Mapping[int, tuple[int, ...]]
    houses: Mapping[int, Mapping[str, tuple[str, LonLat]]]


def find_addresses(network: Network, words: str) -> list[Address]:
    """Return the houses, or where only the street is known the streets, that were typed.

    A number that the network does not know gives the middle of its street.
    """
    typed = _TITLES.sub("", fold(" ".join(words.split())))
    with_number = _NUMBER.match(typed)
    wanted = (with_number["street"] if with_number else typed).split()
    number = with_number["number"].replace(" ", "") if with_number else ""
    if len("".join(wanted)) < SHORTEST:
        return []
    book = network.memory.get("addresses", None, lambda: _book(network))
    found = [one for one, name in book.names.items() if all(word in name for word in wanted)]
    found.sort(key=lambda one: (not book.names[one].endswith(" ".join(wanted)), book.names[one]))
    addresses = (_address(network, book, one, number) for one in found)
    return sorted(addresses, key=lambda one: bool(number) and one.is_street)[:MOST_FOUND]


def _address(network: Network, book: _Book, name: int, number: str) -> Address:
    if house := book.houses.get(name, {}).get(number):
        return Address(f"{network.names[name]} {house[0]}", house[1], is_street=False)
    return Address(network.names[name], _middle(network, book, name), is_street=True)


def _middle(network: Network, book: _Book, name: int) -> LonLat:
    """A place on the street that is nearest to the middle of it, or of its houses."""
    edges = book.edges.get(name, ())
    if edges:
        spots = [shape[len(shape) // 2] for shape in map(network.shape, edges)]
    else:
        spots = [at for _, at in book.houses[name].values()]
    places = np.array(spots)
    far = ((places - places.mean(axis=0)) ** 2).sum(axis=1)
    lon, lat = places[int(far.argmin())].tolist()
    return lon, lat


def _book(network: Network) -> _Book:
    edges: dict[int, list[int]] = defaultdict(list)
    for edge, name in enumerate(network.name.tolist()):
        edges[name].append(edge)
    layers = network.layers
    houses: dict[int, dict[str, tuple[str, LonLat]]] = defaultdict(dict)
    streets = layers.mark_streets.tolist()
    for mark, street in enumerate(streets):
        if layers.mark_kinds[mark] == MarkKind.HOUSE_NUMBER and network.names[street]:
            text = network.names[int(layers.mark_names[mark])]
            lon, lat = (layers.mark_at[mark] / SCALE).tolist()
            houses[street].setdefault(fold(text).replace(" ", ""), (text, (lon, lat)))
    named = {one: fold(network.names[one]) for one in {*edges, *houses} if _is_street(network.names[one])}
    return _Book(named, {one: tuple(found) for one, found in edges.items()}, houses)


def _is_street(name: str) -> bool:
    """Whether it is a name, not only the number of a road."""
    return sum(letter.isalpha() for letter in name) >= SHORTEST
