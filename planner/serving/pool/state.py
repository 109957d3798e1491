"""What a request's environment says of the pool."""

from __future__ import annotations

from dataclasses import dataclass

POOL = "planner.pool"
"""Where it says so; absent where there is no pool."""

OPEN = "open"
"""A costly request is sent over."""

INSIDE = "inside"
"""It has been: this is the pool."""

AWAY = "away"
"""There is no pool just now: it is answered here."""


@dataclass(frozen=True)
class Full:
    """There is no room in the line: it may be asked for again after so many seconds."""

    after_s: int


class SentOver(BaseException):
    """The request is costly, and answered in the pool: `who` asks has turns of their own."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who
