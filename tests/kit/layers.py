"""A drawn background, made by hand."""

from __future__ import annotations

import numpy as np

from planner.streets.query.layers import Feature, LayerKind, Layers

Line = list[tuple[float, float]]


def feature(kind: LayerKind, line: Line, name: str = "", *, is_estimated: bool = False) -> Feature:
    return Feature(kind, name, is_estimated, np.array(line, dtype=np.float64))


def layers_of(features: list[Feature]) -> Layers:
    coords = [np.rint(one.coords * 1e7).astype(np.int32) for one in features]
    names = tuple(dict.fromkeys(one.name for one in features))
    return Layers(
        coords=np.concatenate(coords),
        offsets=np.cumsum([0, *(len(line) for line in coords)]),
        kinds=np.array([one.kind for one in features], dtype=np.uint8),
        name_ids=np.array([names.index(one.name) for one in features], dtype=np.int32),
        estimated=np.array([one.is_estimated for one in features], dtype=np.bool_),
        boxes=np.array([[*line.min(axis=0), *line.max(axis=0)] for line in coords], dtype=np.int32),
        names=names,
    )
