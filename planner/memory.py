"""What is worked out once and kept for a while: shared by the threads of a worker."""

from __future__ import annotations

from threading import Condition
from typing import TYPE_CHECKING, Any, TypeVar

from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

T = TypeVar("T")

USUALLY_KEPT = 8


class Memory:
    """Values by topic and key; of each topic those that were asked for last are kept.

    Two threads never make the value of one key at once: the later one waits for it.
    Making a value may ask for others.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._topics: dict[str, LRUCache[Hashable, Any]] = {}
        self._in_the_making: set[tuple[str, Hashable]] = set()

    def get(self, topic: str, key: Hashable, make: Callable[[], T], *, keep: int = USUALLY_KEPT) -> T:
        """Return the value of a key, made where it is not known; a topic's first use says how many."""
        named = topic, key
        with self._changed:
            kept = self._topic(topic, keep)
            while named in self._in_the_making:
                self._changed.wait()
            if key in kept:
                known: T = kept[key]
                return known
            self._in_the_making.add(named)
        try:
            made = make()
            with self._changed:
                kept[key] = made
            return made
        finally:
            with self._changed:
                self._in_the_making.remove(named)
                self._changed.notify_all()

    def known(self, topic: str, keys: Sequence[Hashable]) -> list[Any] | None:
        """Return the values of all the keys, None where one of them is not known."""
        with self._changed:
            kept = self._topics.get(topic)
            if kept is None:
                return None
            try:
                return [kept[key] for key in keys]
            except KeyError:
                return None

    def put(self, topic: str, values: Mapping[Hashable, Any], *, keep: int = USUALLY_KEPT) -> None:
        """Keep values that were made together."""
        with self._changed:
            self._topic(topic, keep).update(values)

    def _topic(self, topic: str, keep: int) -> LRUCache[Hashable, Any]:
        return self._topics.setdefault(topic, LRUCache(keep))
