"""Progress of a command that takes more than a moment: a bar on a terminal, else plain lines."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

WIDTH = 20
PLAIN_EVERY_S = 10.0
"""Without a terminal, what is going on is said this often at most."""

_CLEAR = "\r\x1b[2K"


class Progress:
    """Lines for what was done; below them, on a terminal, a bar with what is going on and for how long.

    A build calls it with (step, steps, what was done).
    """

    def __init__(self, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out or sys.stdout
        self._is_terminal = self._out.isatty()
        self._clock = clock
        self._since = self._said = clock()
        self._state = ""
        self._bar = ""
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True) if self._is_terminal else None

    def __enter__(self) -> Self:
        if self._ticker:
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._ticker:
            self._ticker.join()
            self._write(_CLEAR)

    def __call__(self, step: int, steps: int, text: str) -> None:
        """Say that a step was done."""
        filled = WIDTH * step // steps
        with self._lock:
            self._bar = "█" * filled + "·" * (WIDTH - filled) + f" {100 * step // steps:3} %"
        self.line(f"{step}/{steps} {text}")

    def line(self, text: str) -> None:
        """Say what was done; it stays."""
        with self._lock:
            self._since = self._said = self._clock()
            self._state = ""
            self._write(f"{_CLEAR if self._is_terminal else ''}  {text}\n")
            self._draw()

    def passing(self, text: str) -> None:
        """Say what is going on; the next one takes its place."""
        with self._lock:
            now = self._clock()
            is_new = text != self._state
            self._state = text
            if self._is_terminal:
                self._draw()
            elif is_new and now - self._said >= PLAIN_EVERY_S:
                self._said = now
                self._write(f"  {text}\n")

    def _tick(self) -> None:
        """Keep the seconds running while a step works."""
        while not self._ended.wait(1.0):
            with self._lock:
                self._draw()

    def _draw(self) -> None:
        if self._is_terminal:
            parts = [
                part for part in (self._bar, self._state, f"{self._clock() - self._since:.0f} s") if part
            ]
            self._write(f"{_CLEAR}  {'  '.join(parts)}")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
