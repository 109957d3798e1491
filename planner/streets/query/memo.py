"""What questions work out once from a network's arrays and keep: shared by the threads of a worker."""

from __future__ import annotations

from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Memo:
    """Values by topic and key; of each topic the last few asked for are kept."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._topics: dict[str, OrderedDict[Hashable, Any]] = {}

    def get(self, topic: str, key: Hashable, make: Callable[[], T], *, keep: int = 8) -> T:
        """Return the value of a key, made at its first use; two threads never make it at once."""
        with self._lock:
            known = self._topics.setdefault(topic, OrderedDict())
            if key not in known:
                known[key] = make()
            known.move_to_end(key)
            while len(known) > keep:
                known.popitem(last=False)
            value: T = known[key]
            return value
