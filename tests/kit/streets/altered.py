"""Networks made from others: with costs that are no plain lengths, with plain ones, and laid side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from planner.domain.geo import METRES_PER_DEGREE
from planner.streets.files import EdgeFlag, FreeState, Obstacle, WayKind
from planner.streets.query.network import LATER
from planner.streets.query.path_edges import steps_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planner.streets.query.network import Network

CELL_M = 120.0


BY_EDGE = (
    "kind", "flags", "name", "way", "beside", "ref", "free_state", "obstacle",
)  # fmt: skip


def parts(network: Network, cost_m: NDArray[np.float64]) -> NDArray[np.int32]:
    """The parts of a network by size, from the edges that are open in some direction."""
    count = len(network.nodes)
    some = np.isfinite(cost_m.reshape(-1, 2)).any(axis=1)
    joined = coo_matrix((np.ones(some.sum()), (network.u[some], network.v[some])), shape=(count, count))
    _, labels = connected_components(joined, directed=False)
    rank = np.empty(labels.max() + 1, np.int32)
    rank[np.argsort(-np.bincount(labels), kind="stable")] = np.arange(len(rank))
    return np.asarray(rank[labels])


def with_parts(network: Network) -> Network:
    return replace(
        network, comp_walk=parts(network, network.walk_cost_m), comp_free=parts(network, network.free_m)
    )


def plain(network: Network) -> Network:
    """The same ways with their lengths for cost and time, and no short cuts over areas."""
    metres = np.repeat(network.length, 2)
    areas = np.repeat((network.flags & EdgeFlag.AREA) != 0, 2)
    walk = np.where(np.isfinite(network.walk_cost_m) & ~areas, metres, np.inf)
    nothing = np.zeros(len(metres))
    return with_parts(
        replace(
            network,
            walk_cost_m=walk,
            walk_s=nothing,
            free_m=walk,
            free_s=nothing,
            clock_m=metres,
            clock_s=nothing,
        )
    )


def perturbed(network: Network, seed: int, *, one_way: bool = True) -> Network:
    """The same streets with random costs, closed ways and barriers.

    What the format promises holds: walking costs at least the length and the
    clock, step-free walking at least walking.
    """
    dice = np.random.default_rng(seed)
    network = with_barriers(network, dice)
    count = len(network.u)

    def drawn(low: float, high: float) -> NDArray[np.float64]:
        values = dice.uniform(low, high, (count, 2))
        return (values if one_way else values[:, [0, 0]]).ravel()

    def closed(share: float) -> NDArray[np.bool_]:
        return drawn(0.0, 1.0) < share

    metres = np.repeat(network.length, 2)
    clock_m, clock_s = metres * drawn(0.9, 1.3), np.where(closed(0.1), drawn(0, 20), 0.0)
    walk_cost_m, walk_s = (
        np.maximum(clock_m, metres) * drawn(1.0, 1.5),
        clock_s + np.where(closed(0.1), 9.0, 0.0),
    )
    shut = np.isinf(network.walk_cost_m)
    if not one_way:  # an escalator leads one way in the town itself
        shut = np.repeat(shut.reshape(-1, 2).any(axis=1), 2)
    walk_cost_m[closed(0.02) | shut] = np.inf
    free_m, free_s = walk_cost_m * drawn(1.0, 1.4), walk_s + drawn(0.0, 5.0)
    free_m[closed(0.05)] = np.inf
    unfree = np.isinf(free_m).reshape(-1, 2).all(axis=1)
    state = np.where(unfree, FreeState.CLOSED, dice.integers(0, FreeState.CLOSED, count))
    flags = network.flags | np.where(dice.random(count) < 0.2, EdgeFlag.INCLINE_TAGGED, 0).astype(np.uint32)
    return with_parts(
        replace(
            network,
            walk_cost_m=walk_cost_m,
            walk_s=walk_s,
            free_m=free_m,
            free_s=free_s,
            clock_m=clock_m,
            clock_s=clock_s,
            flags=flags,
            free_state=state.astype(np.uint8),
            obstacle=np.where(state >= FreeState.BAD, Obstacle.KERB, Obstacle.NONE).astype(np.uint8),
        )
    )


def with_barriers(network: Network, dice: np.random.Generator, share: float = 0.03) -> Network:
    """Split some nodes in two, with an edge of no length between; costs are for others to draw."""
    count, edges = len(network.nodes), len(network.u)
    split = np.flatnonzero(dice.random(count) < share)
    copy = np.arange(count)
    copy[split] = count + np.arange(len(split))
    u, v = (np.where(dice.random(edges) < 0.5, ends, copy[ends]) for ends in (network.u, network.v))
    more = {
        "nodes": network.nodes[split],
        "u": split,
        "v": copy[split],
        "length": np.zeros(len(split)),
        "vertices": np.repeat(network.nodes[split], 2, axis=0),
        "offsets": network.offsets[-1] + 2 * np.arange(1, len(split) + 1),
        "kind": np.full(len(split), WayKind.BARRIER),
        **dict.fromkeys(
            BY_EDGE[1:],
            np.zeros(len(split)),
        ),
        **dict.fromkeys(("walk_cost_m", "walk_s", "free_m", "free_s"), np.zeros(2 * len(split))),
        **dict.fromkeys(("clock_m", "clock_s"), np.zeros(2 * len(split))),
        **{name: np.full(times * len(split), none) for name, (times, _, none) in LATER.items()},
    }
    ends = {"u": u, "v": v}
    arrays: dict[str, Any] = {
        name: _joined(ends.get(name, getattr(network, name)), add) for name, add in more.items()
    }
    return replace(network, **arrays)


def _joined(array: NDArray[Any], more: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate((array, more.astype(array.dtype)))


def tiled(network: Network, columns: int, rows: int) -> Network:
    """The same town so many times side by side, with streets from each to its neighbours."""
    west, south, east, north = (round(side * 1e7) for side in network.meta.bounds)
    wide, high = east - west + 20_000, north - south + 20_000
    tiles = [(column, row) for row in range(rows) for column in range(columns)]
    shift = np.array([(column * wide, row * high) for column, row in tiles], np.int64)
    nodes, edges = len(network.nodes), len(network.u)
    links = np.array(
        [
            (a + tiles.index(here) * nodes, b + tiles.index(there) * nodes)
            for here in tiles
            for axis, there in ((0, (here[0] + 1, here[1])), (1, (here[0], here[1] + 1)))
            if there in tiles
            for a, b in _neighbours(network, axis)
        ]
    ).reshape(-1, 2)
    all_nodes = (np.tile(network.nodes, (len(tiles), 1)) + np.repeat(shift, nodes, axis=0)).astype(np.int32)
    vertices = np.tile(network.vertices, (len(tiles), 1)) + np.repeat(shift, len(network.vertices), axis=0)
    vertices = np.concatenate((vertices, all_nodes[links].reshape(-1, 2))).astype(np.int32)
    turn = np.repeat(np.arange(len(tiles)), edges)
    offsets = np.tile(network.offsets[:-1], len(tiles)) + turn * len(network.vertices)
    offsets = np.concatenate((offsets, len(vertices) - 2 * np.arange(len(links), -1, -1)))
    metres = np.append(steps_m(vertices / 1e7), 0.0)
    metres[offsets[1:] - 1] = 0.0
    length = np.add.reduceat(metres, offsets[:-1])
    before = np.append(np.tile(network.length, len(tiles)), length[len(turn) :])
    has_length = before > 0  # barriers have none to grow
    grown = np.repeat(np.divide(length, before, out=np.ones(len(length)), where=has_length), 2)

    def by_edge(name: str, new: float, times: int = 1) -> NDArray[Any]:
        array = getattr(network, name)
        return _joined(np.tile(array, len(tiles)), np.full(times * len(links), new))

    between = np.repeat(length[len(turn) :], 2)
    arrays: dict[str, Any] = {
        name: _joined(np.tile(getattr(network, name), len(tiles)), between) * grown
        for name in ("walk_cost_m", "free_m", "clock_m")
    }
    arrays |= {name: by_edge(name, 0.0, 2) for name in ("walk_s", "free_s", "clock_s")}
    arrays |= {name: by_edge(name, none, times) for name, (times, _, none) in LATER.items()}
    arrays |= {name: by_edge(name, 0) for name in BY_EDGE}
    far = (all_nodes.max(axis=0) / 1e7).tolist()
    meta = replace(
        network.meta, bounds=(west / 1e7, south / 1e7, *far), nodes=len(all_nodes), edges=len(length)
    )
    grown_up = replace(
        network,
        meta=meta,
        nodes=all_nodes,
        u=_joined(np.tile(network.u, len(tiles)) + turn.astype(np.int32) * nodes, links[:, 0]),
        v=_joined(np.tile(network.v, len(tiles)) + turn.astype(np.int32) * nodes, links[:, 1]),
        length=length,
        offsets=offsets.astype(np.int64),
        vertices=vertices,
        **arrays,
    )
    return with_parts(with_grid(grown_up))


def _neighbours(network: Network, axis: int) -> list[tuple[int, int]]:
    """Pairs of a node near the far side of a tile and one near the near side of the next."""
    main = np.flatnonzero(network.comp_walk == 0)
    order = main[np.argsort(network.nodes[main, axis], kind="stable")]
    near, far = order[:20], order[-20:]
    other = 1 - axis
    pairs = zip(
        far[np.argsort(network.nodes[far, other])], near[np.argsort(network.nodes[near, other])], strict=True
    )
    return [(int(a), int(b)) for a, b in pairs][::4]


def with_grid(network: Network) -> Network:
    """The snapping grid of a large network, without a loop over its segments."""
    corner, far = (
        side.astype(np.int64) for side in (network.vertices.min(axis=0), network.vertices.max(axis=0))
    )
    middle = np.radians((corner[1] + far[1]) / 2e7)
    cell = np.rint(CELL_M / METRES_PER_DEGREE * 1e7 / np.array([np.cos(middle), 1.0])).astype(np.int64)
    columns, rows = ((far - corner) // cell + 1).tolist()
    counts = np.diff(network.offsets) - 1
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.delete(np.arange(len(network.vertices) - 1), network.offsets[1:-1] - 1)
    start = (network.vertices[first] - corner) / cell
    step = (network.vertices[first + 1] - network.vertices[first]) / cell
    pieces = 1 + np.abs(step).max(axis=1).astype(np.int64)
    which = np.repeat(np.arange(len(first)), pieces)
    part = np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    a, b = (start[which] + step[which] * ((part + end) / pieces[which])[:, None] for end in (0, 1))
    owner = owner[which]
    keep = network.kind[owner] != WayKind.BARRIER
    low, high = (np.floor(side).astype(np.int64)[keep] for side in (a, b))
    cells = [y[:, 1] * columns + x[:, 0] for x in (low, high) for y in (low, high)]
    pairs = np.unique(np.concatenate(cells) * len(counts) + np.tile(owner[keep], 4))
    return replace(
        network,
        grid_frame=np.array([*corner, *cell, columns, rows], np.int64),
        grid_starts=np.searchsorted(pairs // len(counts), np.arange(columns * rows + 1)),
        grid_items=(pairs % len(counts)).astype(np.int32),
    )
