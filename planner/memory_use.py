"""Keeping a worker small: what a search took for itself goes back to the machine when it ends.

glibc gives every thread an arena of its own, and after a few large arrays were freed it takes the
next ones from arenas too, which it does not give back: a worker of 149 MB stood at 401 MB after forty
searches in eight threads. With a fixed threshold large arrays are mapped and unmapped instead.
Numbers of the options: malloc.h of glibc, `man mallopt`.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
LARGE_BYTES = 64 * 1024
ARENAS = 2


def keep_small() -> bool:
    """Have large pieces of memory mapped one by one, and few arenas; whether the machine's C library can."""
    libc = _glibc()
    if libc is None:
        return False
    options = ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE_BYTES), (_TRIM_THRESHOLD, LARGE_BYTES))
    taken = [libc.mallopt(option, value) for option, value in options]
    return all(taken)


def share_with_children() -> None:
    """Let what is there now stay as it is: forked processes share it for as long as nobody writes to it.

    The collector writes into every object that it looks at.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def not_collecting() -> Iterator[None]:
    """Let the collector rest while many things are made that stay: it looks at all of them again and again.

    Of fifty thousand rows that is a third of the time or more.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def give_back() -> None:
    """Return what is free to the machine."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def own_bytes() -> int:
    """Bytes of this process, of what it shares its part (PSS); 0 where the system does not say."""
    try:
        told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +(\d+) kB$", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _glibc() -> ctypes.CDLL | None:
    """Glibc of this process, None on other machines and with other C libraries."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
