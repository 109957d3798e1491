"""Where the time of the tests goes: a pytest plugin (`-p tests.kit.spent`) that tells it at the end.

It is the time of the processor, as the clock says nothing on a busy machine: what the worker has taken and
the programs that it has waited for. A browser is not in it; what many tests share is
the first one's where it is made, and the last one's where it ends.
"""

from __future__ import annotations

import os
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.terminal import TerminalReporter

MOST = 15
DEPTH = 3
"""Folders are told down to `tests/web/editor`."""

_workers: list[dict[str, float]] = []


def used_s() -> float:
    """The seconds of processor that this process and those it waited for have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember when a test begins."""
    item.config.stash[_BEGAN] = used_s()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Write into each report of a test what has been taken since the last one."""
    report: Any = yield
    now = used_s()
    report.spent_s = now - item.config.stash[_BEGAN]
    item.config.stash[_BEGAN] = now
    return report  # type: ignore[no-any-return]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Remember what importing and collecting has taken."""
    session.config.stash[_COLLECTED] = used_s()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the first process what this one has taken."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["spent"] = {"whole": used_s(), "collected": session.config.stash.get(_COLLECTED, 0.0)}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it."""
    _workers.append(getattr(node, "workeroutput", {}).get("spent", {}))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Tell the sum, the folders and the tests that take most."""
    tests: dict[str, float] = defaultdict(float)
    folders: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if spent := getattr(report, "spent_s", 0.0):
                tests[report.nodeid] += spent
                folders["/".join(report.nodeid.partition("::")[0].split("/")[:DEPTH])] += spent
    here = [{"whole": used_s(), "collected": terminalreporter.config.stash.get(_COLLECTED, 0.0)}]
    workers = _workers or here
    whole = sum(one.get("whole", 0.0) for one in workers)
    collected = sum(one.get("collected", 0.0) for one in workers)
    terminalreporter.section("seconds of processor")
    terminalreporter.line(
        f"{sum(tests.values()):.0f} in tests; {collected:.0f} for imports and collecting, "
        f"{whole:.0f} in all, in {len(workers)} processes (a browser's own are not counted)"
    )
    terminalreporter.line("  ".join(f"{name} {spent:.0f}" for name, spent in most(folders)))
    for name, spent in most(tests):
        terminalreporter.line(f"{spent:6.2f} {name}")


def most(spent: dict[str, float]) -> list[tuple[str, float]]:
    """Those that take most, the dearest first."""
    return sorted(spent.items(), key=itemgetter(1), reverse=True)[:MOST]


_BEGAN = pytest.StashKey[float]()
_COLLECTED = pytest.StashKey[float]()
