"""Which demands exclude each other: a set that cannot be kept, but could without any one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T")


def minimal_conflict(
    demands: Sequence[T],
    is_feasible: Callable[[Sequence[T]], bool],
    *,
    part_of: Callable[[T], Hashable] | None = None,
) -> tuple[T, ...]:
    """Return demands that cannot be kept together, but could without any one of them.

    They come in the order given; there are none where all can be kept, and none where it does not
    help to drop them all. Whoever can keep some demands must be able to keep fewer of them. What
    belongs to one part (`part_of`, a stop say) is first left out as a whole, which saves questions:
    there are about as many as parts and as demands of the parts that matter. Of several such sets
    the one found keeps what was given last.
    """
    if is_feasible(tuple(demands)) or not is_feasible(()):
        return ()
    places = range(len(demands))
    kept = list(places)
    if part_of is not None:
        keys = [part_of(demand) for demand in demands]
        wholes = [[at for at in places if keys[at] == key] for key in dict.fromkeys(keys)]
        kept = _needed(kept, wholes, demands, is_feasible)
    singles = [[at] for at in kept]
    return tuple(demands[at] for at in _needed(kept, singles, demands, is_feasible))


def _needed(
    kept: list[int],
    chunks: Iterable[list[int]],
    demands: Sequence[T],
    is_feasible: Callable[[Sequence[T]], bool],
) -> list[int]:
    """Leave out each chunk without which the rest still cannot be kept."""
    for chunk in chunks:
        rest = [at for at in kept if at not in chunk]
        if rest and not is_feasible(tuple(demands[at] for at in rest)):
            kept = rest
    return kept
