"""The line of those who wait for a search: fair turns for those who ask, and an end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MOST_WAITING = 24
MOST_OF_ONE = 8
"""So many requests wait at most, in all and of one who asks."""


@dataclass
class Line(Generic[T]):
    """Who asks gets a turn after all others who wait have had theirs, however much they ask for."""

    most: int = MOST_WAITING
    most_of_one: int = MOST_OF_ONE
    _waiting: dict[str, deque[T]] = field(default_factory=dict)
    """By who asks, in the order of their turns."""

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def put(self, who: str, wanted: T) -> bool:
        """Let something wait; whether there was room."""
        own = self._waiting.get(who, ())
        if len(self) >= self.most or len(own) >= self.most_of_one:
            return False
        self._waiting.setdefault(who, deque()).append(wanted)
        return True

    def next(self) -> T | None:
        """Take out what is due, None where nothing waits."""
        if not self._waiting:
            return None
        who, own = next(iter(self._waiting.items()))
        wanted = own.popleft()
        del self._waiting[who]
        if own:
            self._waiting[who] = own  # behind all others
        return wanted

    def drop(self, wanted: T) -> None:
        """Take out what nobody waits for any more."""
        for who, own in list(self._waiting.items()):
            if wanted in own:
                own.remove(wanted)
                if not own:
                    del self._waiting[who]
