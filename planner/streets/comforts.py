"""The kinds of what eases a walk."""

from __future__ import annotations

from enum import IntEnum


class ComfortKind(IntEnum):
    """What a group looks for on its way. Built networks keep the numbers."""

    TOILET = 0
    WATER = 1
    SEAT = 2

    @property
    def word(self) -> str:
        """The kind as it stands in releases and in the API's answers."""
        return self.name.lower()
