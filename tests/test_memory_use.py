"""A process that searched in many threads is as small afterwards as before."""

from __future__ import annotations

import gc
import logging
import platform
import runpy
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planner import memory_use
from planner.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MOST_LEFT_MB = 40

SEARCHES = """
import sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from planner.memory_use import give_back, keep_small

def stands_at_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024

def search(number):
    pieces = [np.ones(200_000 + 1000 * number) for _ in range(40)]  # 1.6 MB each
    kept = [str(piece.sum()) for piece in pieces]
    return len(kept)

assert keep_small()
before = stands_at_mb()
with ThreadPoolExecutor(8) as pool:
    for _ in range(5):
        list(pool.map(search, range(8)))
    give_back()
    print(stands_at_mb() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told how to keep memory")
def test_what_threads_took_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEARCHES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MOST_LEFT_MB


def test_the_service_starts_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(memory_use, "keep_small", lambda: asked.append("keep small"))
    monkeypatch.setenv("PLANNER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")  # what it sets is taken back, levels of the log too
    loud = [logging.getLogger(name) for name in ("planner.access", "planner.services.trust.audit")]
    levels = [log.level for log in loud]
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    for log, level in zip(loud, levels, strict=True):
        log.setLevel(level)
    assert asked == ["keep small"]


def test_the_collector_rests_only_for_as_long_as_asked() -> None:
    assert gc.isenabled()
    with memory_use.not_collecting():
        assert not gc.isenabled()
        with memory_use.not_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_shared_is_not_looked_at_again() -> None:
    try:
        memory_use.share_with_children()
        assert gc.get_freeze_count() > 1000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()


@pytest.mark.skipif(platform.system() != "Linux", reason="only Linux says what a process weighs")
def test_a_process_knows_what_it_weighs() -> None:
    before = memory_use.own_bytes()
    kept = bytearray(b"x") * (32 << 20)
    after = memory_use.own_bytes()
    assert len(kept) == 32 << 20
    assert 10 << 20 < before < after - (24 << 20)
