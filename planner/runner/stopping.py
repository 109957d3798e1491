"""Being told to stop: signals that can be waited for like anything else that is read."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def stop_signals() -> Iterator[int]:
    """Something can be read from the open file once this process was asked to end; main thread only."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    waking = signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    asked = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: None) for number in asked}
    try:
        yield reads
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(waking)
        os.close(reads)
        os.close(writes)
