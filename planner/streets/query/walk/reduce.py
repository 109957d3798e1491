"""A smaller graph that gives the same ways: without dead ends, and with each chain of edges as one.

Between two places no cheapest way enters a dead end that holds neither of them,
and what enters a chain of edges without a fork leaves it at the other end. So a
search needs the forks alone, a shortcut for each chain, and those dead ends and
chains in which the asked places lie: these are opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reduced:
    """What a search may leave out.

    `is_fork` tells the nodes that stay. Any other node n stays when `home[n]` is
    opened: for a dead end the node it hangs on, for a chain one of its nodes.
    Shortcut k leads from tail[k] to head[k]; `chain` numbers the shortcut that a
    directed edge is part of, -1 for none.
    """

    is_fork: NDArray[np.bool_]
    home: Ints
    tail: Ints
    head: Ints
    chain: Ints

    def sums(self, values: Sequence[Floats]) -> list[Floats]:
        """Add up values by directed edge over each shortcut."""
        inside = np.flatnonzero(self.chain >= 0)
        count = len(self.tail)
        return [
            np.bincount(self.chain[inside], value[inside], minlength=count).astype(float) for value in values
        ]

    def opened(self, nodes: Ints) -> NDArray[np.bool_]:
        """Tell by node what stays so that ways from and to some nodes can be found."""
        homes = self.home[nodes[~self.is_fork[nodes]]]
        is_open = np.zeros(len(self.home), bool)
        is_open[homes] = True
        is_open[self.home[homes[~self.is_fork[homes]]]] = True
        return np.asarray(self.is_fork | is_open[self.home])


def reduce_graph(u: Ints, v: Ints, count: int, usable: NDArray[np.bool_]) -> Reduced:
    """Reduce a graph of `count` nodes to its forks; edges that are not usable are not there."""
    edges = np.flatnonzero(usable)
    degree = np.bincount(u[edges], minlength=count) + np.bincount(v[edges], minlength=count)
    joined = np.zeros(count, np.int64)
    np.bitwise_xor.at(joined, u[edges], edges)
    np.bitwise_xor.at(joined, v[edges], edges)
    parent = _without_dead_ends(u, v, degree, joined)
    live = edges[(parent[u[edges]] < 0) & (parent[v[edges]] < 0)]
    is_loop = np.zeros(count, bool)
    is_loop[u[live[u[live] == v[live]]]] = True
    inner = (degree == 2) & (parent < 0) & ~is_loop  # noqa: PLR2004 - one edge in, one out
    home = _homes(u, v, live, inner, parent)
    tail, head, chain = _chains(u, v, live, inner, joined)
    return Reduced(~inner & (parent < 0), home, tail, head, chain)


def _without_dead_ends(u: Ints, v: Ints, degree: Ints, joined: Ints) -> Ints:
    """Take away ends until none is left; the node each hung on, -1 for those that stay.

    `joined[n]` is the exclusive or of the edges at node n: at an end it is the
    one edge. It and the degrees are brought up to date.
    """
    parent = np.full(len(degree), -1, np.int64)
    ends = np.flatnonzero(degree == 1)
    while len(ends):
        edge = joined[ends]
        other = u[edge] ^ v[edge] ^ ends
        goes = (degree[other] > 1) | (ends > other)  # of two nodes that have only each other, one stays
        ends, edge, other = ends[goes], edge[goes], other[goes]
        parent[ends] = other
        degree[ends] = 0
        np.subtract.at(degree, other, 1)
        np.bitwise_xor.at(joined, other, edge)
        ends = np.unique(other[degree[other] == 1])
    return parent


def _homes(u: Ints, v: Ints, live: Ints, inner: NDArray[np.bool_], parent: Ints) -> Ints:
    """Give each node the name of its dead end or chain, a fork its own."""
    count = len(parent)
    home = np.where(parent >= 0, parent, np.arange(count))
    while (parent[home] >= 0).any():
        home = home[home]
    both = live[inner[u[live]] & inner[v[live]]]
    links = coo_matrix((np.ones(len(both), np.int8), (u[both], v[both])), shape=(count, count))
    _, label = connected_components(links, directed=False)
    first = np.full(count, count, np.int64)
    chained = np.flatnonzero(inner)
    np.minimum.at(first, label[chained], chained)
    home[chained] = first[label[chained]]
    return np.asarray(home, np.int64)


def _chains(u: Ints, v: Ints, live: Ints, inner: NDArray[np.bool_], joined: Ints) -> tuple[Ints, Ints, Ints]:
    """Return tails and heads of the chains in both directions, and the chain of each directed edge."""
    chain = np.full(2 * len(u), -1, np.int64)
    mine = live[inner[u[live]] | inner[v[live]]]
    directed = np.concatenate((2 * mine, 2 * mine + 1))
    head = np.concatenate((v[mine], u[mine]))
    tail = np.concatenate((u[mine], v[mine]))
    goes_on = inner[head]
    following = joined[head[goes_on]] ^ (directed[goes_on] // 2)
    following = 2 * following + (u[following] != head[goes_on])
    place = np.zeros(2 * len(u), np.int64)
    place[directed] = np.arange(len(directed))
    links = coo_matrix(
        (np.ones(len(following), np.int8), (np.flatnonzero(goes_on), place[following])),
        shape=(len(directed), len(directed)),
    )
    parts, label = connected_components(links, directed=False)
    tails, heads = np.full(parts, -1, np.int64), np.full(parts, -1, np.int64)
    tails[label[~inner[tail]]] = tail[~inner[tail]]
    heads[label[~goes_on]] = head[~goes_on]
    useful = (tails >= 0) & (heads >= 0) & (tails != heads)
    number = np.where(useful, np.cumsum(useful) - 1, -1)
    chain[directed] = number[label]
    return tails[useful], heads[useful], chain
