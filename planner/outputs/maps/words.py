"""The map in words: what its marks say, for whoever reads no map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.geo import plane_distance_m
from planner.streets.query.layers import LayerKind
from planner.words.formats import distance_text
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.maps.content import MapContent, MapStop
    from planner.outputs.maps.ground import MapMark

NEAR_M = 300.0
MOST_MARKS = 12
UNSAID = frozenset({"house_number", "quarter", "square"})
"""Marks that are names on the ground and nothing to look for."""


def map_words(content: MapContent) -> tuple[str, ...]:
    """Return a line for every mark: start and end, stops, halts, and what is near a stop."""
    with force_locale(content.language):
        return (*visit_words(content), *_near(content), *_guessed(content))


def visit_words(content: MapContent) -> tuple[str, ...]:
    """Return the lines of the visit's own marks: no ground is drawn for them."""
    with force_locale(content.language):
        return (
            *(end.label for end in content.ends),
            *(_stop_words(stop, content.language) for stop in content.stops),
            *(
                f"{content.labels['halt']}: {halt.label}"
                for halt in content.halts
                if "halt" in content.labels
            ),
            *(
                gettext("%(stop)s is not on the map: no way is drawn there or from there.", stop=stop)
                for stop in content.unplaced
            ),
        )


def _stop_words(stop: MapStop, language: str) -> str:
    said = f"{stop.number}. {stop.name}" + (f", {stop.times}" if stop.times else "")
    if not stop.approximate_m:
        return said
    return gettext(
        "%(stop)s, somewhere within %(distance)s",
        stop=said,
        distance=distance_text(stop.approximate_m, language),
    )


def _near(content: MapContent) -> Iterator[str]:
    """The marks that are nearest to a stop, each with its way from there."""
    if not content.stops:
        return
    found: list[tuple[float, MapStop, MapMark]] = []
    for mark in content.ground.marks:
        if mark.name not in UNSAID:
            away, _, stop = min((plane_distance_m(mark.at, s.at), n, s) for n, s in enumerate(content.stops))
            found.append((away, stop, mark))
    found.sort(key=lambda row: row[0])
    for away, stop, mark in [row for row in found if row[0] <= NEAR_M][:MOST_MARKS]:
        where = {"distance": distance_text(away, content.language), "number": stop.number}
        if mark.name == "toilets":
            yield gettext("Toilets: %(distance)s from stop %(number)s", **where)
        elif mark.name == "drinking_water":
            yield gettext("Drinking water: %(distance)s from stop %(number)s", **where)
        elif mark.text:
            yield gettext("%(name)s: %(distance)s from stop %(number)s", name=mark.text, **where)


def _guessed(content: MapContent) -> Iterator[str]:
    """What is drawn and not known: the coast ends where the town's file ends."""
    if any(feature.kind is LayerKind.SEA for feature in content.ground.features):
        yield gettext("The coast beyond the town is not known: there the sea is a guess.")
