"""The order of the stops of a day that two people changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from planner.domain.edits.merging.values import Three


def merged_order(
    orders: Three[tuple[str, ...]], kept: Collection[str], leads: str = ""
) -> tuple[str, ...] | None:
    """Return the order of all stops that are kept, None where both put the same ones in different orders.

    What one of them added stands after what it stood after there; of two that were added in the same place
    the one of the earlier name is first. With `leads` the order of that one, "theirs" or "mine", counts.
    """
    common = set(orders.base) & set(orders.theirs) & set(orders.mine) & set(kept)
    base, theirs, mine = ([name for name in one if name in common] for one in orders.each)
    if leads:
        order = theirs if leads == "theirs" else mine
    elif mine in (base, theirs):
        order = theirs
    elif theirs == base:
        order = mine
    else:
        return None
    blocks: dict[str, list[list[str]]] = {}
    for one in (orders.theirs, orders.mine):
        for anchor, block in _added(one, common, kept):
            if block not in blocks.setdefault(anchor, []):
                blocks[anchor].append(block)
    told = dict.fromkeys(
        name
        for anchor in ("", *order)
        for name in (anchor, *(one for block in sorted(blocks.get(anchor, [])) for one in block))
        if name
    )
    return tuple(told)


def _added(
    order: Sequence[str], common: Collection[str], kept: Collection[str]
) -> list[tuple[str, list[str]]]:
    """What stands in an order beside the common stops, in blocks with the common stop before each, or ''."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for name in order:
        if name in common:
            blocks.append((name, []))
        elif name in kept:
            blocks[-1][1].append(name)
    return [block for block in blocks if block[1]]
