"""How long who writes waits for somebody else who writes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

WAIT_MS = "planner_wait_ms"
"""The option of a connection that waits no longer than so many milliseconds, whatever others do."""

SHORT_MS = 1_000
VAIN_S = 60.0


class Patience:
    """Waits for the usual time, but not for long where somebody has just waited in vain.

    Who waits holds a thread of the service: while another program has the database for a minute, all who
    write would together hold all threads, and who only reads would find none.
    """

    def __init__(self, usual_ms: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._usual_ms = usual_ms
        self._clock = clock
        self._vain_until = 0.0

    def of(self, connection: Connection) -> int:
        """Return the milliseconds that a connection waits now."""
        asked: int = connection.get_execution_options().get(WAIT_MS, self._usual_ms())
        is_vain = self._clock() < self._vain_until
        return min(asked, self._usual_ms(), *((SHORT_MS,) if is_vain else ()))

    def end(self, *, in_vain: bool) -> None:
        """Say how waiting ended."""
        self._vain_until = self._clock() + VAIN_S if in_vain else 0.0
