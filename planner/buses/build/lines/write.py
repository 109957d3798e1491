"""Writes the lines that a network's OpenStreetMap file knows, as an estimated timetable, into its folder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.buses.build.lines.arrays import LineArrays
from planner.buses.build.lines.estimates import EstimateRules
from planner.buses.build.lines.lines import LineVariant, variants_of
from planner.buses.build.lines.relations import read_lines
from planner.buses.build.shapes.fill import Drawn, Finder, drawn
from planner.buses.files import (
    LINES_PREFIX,
    LineMode,
    ShapeSource,
    Source,
    SourceKind,
    TimetableMeta,
    write_timetable,
)
from planner.buses.query.timetable.merge import counts
from planner.streets.files import read_meta

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planner.domain.geo import LonLat
    from planner.streets.files import NetworkMeta

RULES = EstimateRules()


def build_lines(file: Path, folder: Path, rules: EstimateRules = RULES) -> TimetableMeta:
    """Read the lines of a file and write them into the folder of the network that was made from it.

    Raises
    ------
    SourceFileError
        If the file cannot be read.
    """
    network, _ = read_meta(folder)
    variants, dropped = variants_of(read_lines(file), network.bounds)
    shapes = _shapes(variants, Finder(folder))
    made = LineArrays(network.country, rules)
    for variant, shape in zip(variants, shapes, strict=True):
        made.add(variant, shape)
    arrays = made.arrays()
    meta = TimetableMeta(
        timezone=network.timezone,
        sources=(_source(network),),
        counts=counts(arrays),
        dropped=dict(sorted(dropped.items())),
        bounds=network.bounds,
    )
    write_timetable(folder, meta, tuple(made.texts), arrays, LINES_PREFIX)
    return meta


def _source(network: NetworkMeta) -> Source:
    return Source(
        name=network.source_file,
        kind=SourceKind.OSM,
        credit=network.credit,
        url=network.credit_url,
        licence="ODbL 1.0",
        sha256=network.source_sha256,
        indicative=True,
    )


def _shapes(variants: Sequence[LineVariant], finder: Finder) -> list[Drawn]:
    """The course of each variant from its first to its last stop; holes are filled along streets or rails."""
    numbers: dict[LonLat, int] = {}
    calls = [[numbers.setdefault(halt.at, len(numbers)) for halt in variant.halts] for variant in variants]
    at = list(numbers)
    legs = [
        variant.course.legs(variant.along) if variant.course else [None] * (len(variant.halts) - 1)
        for variant in variants
    ]
    wanted: dict[LineMode, set[tuple[int, int]]] = defaultdict(set)
    for variant, its, stops in zip(variants, legs, calls, strict=True):
        wanted[variant.mode] |= {(stops[i], stops[i + 1]) for i, leg in enumerate(its) if leg is None}
    ways = {mode: finder.between(mode, at, pairs) for mode, pairs in wanted.items()}
    shapes = []
    for variant, its, stops in zip(variants, legs, calls, strict=True):
        source = ShapeSource.RELATION if any(leg is not None for leg in its) else ShapeSource.ROUTED
        filled = [
            ways[variant.mode].get((stops[number], stops[number + 1])) if leg is None else leg
            for number, leg in enumerate(its)
        ]
        shapes.append(drawn(filled, [halt.at for halt in variant.halts], source))
    return shapes
