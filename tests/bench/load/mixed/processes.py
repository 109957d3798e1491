"""What the processes of a service weigh: RSS counts shared pages in each, PSS shares them out among them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

POOL = "planner.serving.pool"
PROC = Path("/proc")


@dataclass(frozen=True)
class Weight:
    """One process: what it is (master, worker, keeper, child, other), and its MB."""

    pid: int
    kind: str
    rss: float
    pss: float


def weights(master: int, data: Path) -> list[Weight]:
    """The processes of a service by its master, itself first.

    A keeper whose worker has made way for another has no parent any more: it is known by the data directory.
    """
    below = _below()
    found: list[Weight] = []
    orphans = [pid for pid in below.get(1, ()) if _is_keeper_of(pid, data)]
    waiting = [(master, "master"), *((pid, "keeper") for pid in orphans)]
    while waiting:
        pid, kind = waiting.pop(0)
        weight = _weight(pid, kind)
        if weight is not None:
            found.append(weight)
        waiting += [(child, _kind(child, kind)) for child in below.get(pid, ())]
    return found


def _is_keeper_of(pid: int, data: Path) -> bool:
    try:
        words = (PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return False
    return POOL in words and str(data) in words


def _kind(pid: int, parent: str) -> str:
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return "other"
    if POOL in command:
        return "child" if parent in {"keeper", "child"} else "keeper"
    return "worker" if parent == "master" else "other"


def _below() -> dict[int, list[int]]:
    """Children by their parent."""
    below: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdecimal():
            try:
                told = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parent = int(told.rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(entry.name))
    return below


def _weight(pid: int, kind: str) -> Weight | None:
    """None for a process that has ended."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return None
    told = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
    return Weight(pid, kind, told.get("Rss", 0.0), told.get("Pss", 0.0))
