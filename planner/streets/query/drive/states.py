"""Where a coach may go on from each directed edge: an edge-based graph that obeys bans and U-turn rules.

A state is a directed edge, or a directed edge reached along the beginning of a
ban over three or more edges. The latter are the inner states of an
Aho-Corasick automaton over the bans (Aho and Corasick 1975), so that a way in
this graph is exactly a way without a banned run. The build asks it which edges
hang together, the query searches it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EdgeSequence = tuple[int, ...]


@dataclass(frozen=True)
class DriveStates:
    """From state s, entries starts[s]:starts[s + 1] lead to targets; state s stands on edge_of[s].

    State e is the directed edge e with nothing behind it that matters; the
    states beyond the directed edges remember the beginning of a ban.
    """

    starts: NDArray[np.int64]
    targets: NDArray[np.int64]
    edge_of: NDArray[np.int64]

    @property
    def sources(self) -> NDArray[np.int64]:
        """The state that each entry starts from."""
        return np.repeat(np.arange(len(self.edge_of)), np.diff(self.starts))

    def reversed(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The entries by where they lead: those into state s are the second's [first[s]:first[s + 1]]."""
        order = np.argsort(self.targets, kind="stable")
        starts = np.searchsorted(self.targets[order], np.arange(len(self.edge_of) + 1))
        return starts.astype(np.int64), order.astype(np.int64)


def drive_states(
    u: NDArray[np.int32],
    v: NDArray[np.int32],
    is_open: NDArray[np.bool_],
    can_turn: NDArray[np.bool_],
    bans: Iterable[Sequence[int]],
) -> DriveStates:
    """Return the states of a street network.

    Parameters
    ----------
    is_open
        By directed edge.
    can_turn
        By node: where going back along the same edge is allowed.
    bans
        Runs of two or more directed edges that may not be driven one after the other.
    """
    runs = {tuple(int(edge) for edge in ban) for ban in bans}
    before, after = _turns(u, v, is_open, can_turn)
    short = np.array([run[0] * 2 * len(u) + run[1] for run in runs if len(run) == 2], np.int64)  # noqa: PLR2004
    is_allowed = ~np.isin(before * 2 * len(u) + after, short)
    before, after = before[is_allowed], after[is_allowed]
    prefixes = sorted({run[:size] for run in runs for size in range(2, len(run))})
    number = {prefix: 2 * len(u) + place for place, prefix in enumerate(prefixes)}
    edge_of = np.concatenate((np.arange(2 * len(u)), np.array([p[-1] for p in prefixes], np.int64)))
    if prefixes:
        before, after = _with_memory(before, after, runs, number)
    order = np.lexsort((after, before))
    starts = np.searchsorted(before[order], np.arange(len(edge_of) + 1))
    return DriveStates(starts.astype(np.int64), after[order], edge_of)


def _turns(
    u: NDArray[np.int32], v: NDArray[np.int32], is_open: NDArray[np.bool_], can_turn: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of open directed edges that meet head to tail; back along an edge only where one can turn."""
    edges = np.flatnonzero(is_open)
    tails = np.stack((u, v), axis=1).ravel()[edges]
    heads = np.stack((v, u), axis=1).ravel()[edges]
    order = np.argsort(tails, kind="stable")
    first, last = (np.searchsorted(tails[order], heads, side=side) for side in ("left", "right"))
    counts = last - first
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    before = np.repeat(edges, counts)
    after = edges[order][np.repeat(first, counts) + inner]
    keep = (before ^ 1 != after) | can_turn[np.repeat(heads, counts)]
    return before[keep], after[keep]


def _with_memory(
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    runs: set[EdgeSequence],
    number: dict[EdgeSequence, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lead into the states that remember the beginning of a ban, and on from them."""
    followers: dict[int, list[int]] = defaultdict(list)
    last_edges = {prefix[-1] for prefix in number}
    for entry in np.flatnonzero(np.isin(before, list(last_edges))).tolist():
        followers[int(before[entry])].append(int(after[entry]))
    for prefix, state in number.items():
        if len(prefix) == 2:  # noqa: PLR2004 - entered from a plain edge
            after[(before == prefix[0]) & (after == prefix[1])] = state
    more = [
        (state, _next_state((*prefix, edge), number))
        for prefix, state in number.items()
        for edge in followers[prefix[-1]]
        if not any((*prefix, edge)[start:] in runs for start in range(len(prefix)))
    ]
    extra = np.array(more, np.int64).reshape(-1, 2)
    return np.concatenate((before, extra[:, 0])), np.concatenate((after, extra[:, 1]))


def _next_state(driven: EdgeSequence, number: dict[EdgeSequence, int]) -> int:
    """The state of the longest end of what was driven that begins a ban."""
    ends = (driven[start:] for start in range(len(driven) - 1))
    return next((number[end] for end in ends if end in number), driven[-1])


def parts_of(states: DriveStates, is_open: NDArray[np.bool_]) -> NDArray[np.int32]:
    """By directed edge, the strongly connected part it lies in, 0 the largest; -1 where closed.

    An edge that is in several parts, by what was driven before, counts to the largest.
    """
    count = len(states.edge_of)
    ones = np.ones(len(states.targets))
    matrix = csr_matrix((ones, states.targets, states.starts), shape=(count, count))
    parts, labels = connected_components(matrix, connection="strong")
    plain = labels[: len(is_open)]
    sizes = np.bincount(plain[is_open], minlength=parts)
    # Labels depend on the search's order: parts of one size are told apart by their first edge.
    first = np.full(parts, count)
    np.minimum.at(first, labels, np.arange(count))
    rank = np.empty(parts, np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(parts, dtype=np.int32)
    best = np.full(len(is_open), parts, np.int32)
    np.minimum.at(best, states.edge_of, rank[labels])
    return np.where(is_open, best, -1).astype(np.int32)
