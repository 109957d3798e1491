"""The rows of the load: no error, and how long what phones ask for takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.load.day import Crowd, ask_all, day_of_today, served_day
from tests.bench.rows import Row
from tests.bench.service import workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FROM = (("one address", 0), ("50 addresses", 50))
NAMES = {"page": "the page", "file": "its files", "copy": "the copy", "poll": "polls, 304", "news": "news"}


def load_rows(folder: Path, phones: int = Crowd.phones) -> Iterator[Row]:
    """500 phones open the page within a minute and go on asking; from one address, and from fifty."""
    links = day_of_today(folder)
    for where, addresses in FROM:
        with served_day(folder, proxies=1 if addresses else 0) as served:
            crowd, before = Crowd(phones, addresses=addresses), cpu_s(workers())
            seen = ask_all(served, links, crowd)
            used = cpu_s(workers()) - before
        every = sorted(one for times in seen["took"].values() for one in times)
        yield Row(
            f"{phones} phones in a minute, from {where}, p95",
            f"{at(every, 0.95):.0f} ms",
            "< 300 ms",
            f"{len(every)} requests, median {at(every, 0.5):.1f}, worst {every[-1]:.0f} ms; {_kinds(seen)}; "
            f"load {os.getloadavg()[0]:.1f}",
        )
        took = crowd.opening_s + crowd.polling_s
        yield Row("CPU of the workers meanwhile", f"{used:.0f} s", "", f"two cores have {2 * took:.0f} s")
        faults = ", ".join(f"{count} {what}" for what, count in seen["faults"].items()) or "none"
        note = f"{seen['presses']} presses; {seen['behind']} phones did not hear the last"
        yield Row("errors among them", faults, "none", note)


def at(values: Sequence[float], part: float) -> float:
    """The value below which a part of them lies."""
    return values[min(len(values) - 1, int(len(values) * part))]


def cpu_s(processes: Iterable[int]) -> float:
    """Seconds of CPU that processes have used."""
    ticks = 0
    for process in processes:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _kinds(seen: dict[str, Any]) -> str:
    p95 = (
        f"{name} {at(seen['took'][kind], 0.95):.0f}" for kind, name in NAMES.items() if seen["took"].get(kind)
    )
    return f"p95 of {', '.join(p95)}"
