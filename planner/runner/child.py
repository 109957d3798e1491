"""The process of one job: `python -m planner.runner.child MODULE:FUNCTION MEMORY_MB PIPE LOCK`.

The arguments come as a line of JSON on standard input, which stays open for as long as the runner lives: at
its end this process ends with all that it has started. What is to be told goes into a pipe, line by line as
JSON: {"progress": [done, total, sentence]}, {"result": ...} or {"error": {...}}.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import resource
import signal
import sys
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from planner.errors import PlannerError, Reason
from planner.process import Services
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from types import FrameType

MEGABYTE = 1 << 20
LOWER = 10
"""So much lower is its priority than that of those who answer."""

_LOG = logging.getLogger("planner.runner")


@dataclass
class Telling:
    """A job's `Work`, seen from its own process."""

    pipe: int
    ended: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def progress(self, done: int, total: int, sentence: str) -> None:
        """Say how far it has come."""
        self.tell({"progress": [done, total, sentence]})

    def cancelled(self) -> bool:
        """Whether it was told to end."""
        return self.ended.is_set()

    def tell(self, what: dict[str, Any]) -> None:
        """Write a line, whole."""
        line = json.dumps(what).encode() + b"\n"
        with self._lock:
            while line:
                line = line[os.write(self.pipe, line) :]


def main(calls: str, memory_mb: int, pipe: int) -> None:
    """Do the job."""
    telling = Telling(pipe)

    def end(_number: int, _frame: FrameType | None) -> None:
        telling.ended.set()

    signal.signal(signal.SIGTERM, end)
    os.nice(max(0, LOWER - os.nice(0)))
    args = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_the_runner, daemon=True).start()
    _limit(memory_mb)
    try:
        telling.tell({"result": _called(calls, args, telling)})
    except MemoryError:
        telling.tell({"error": too_large(memory_mb)})
    except PlannerError as error:
        reason = error.reason.value if error.reason else None
        params = {name: str(value) for name, value in error.params.items()}
        telling.tell({"error": {"message": error.message, "reason": reason, "params": params}})
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        telling.tell({"error": {"message": f"{where}{error.strerror or error}"}})
    except Exception:  # noqa: BLE001 - whatever it is, who asked is told
        _LOG.exception("a job failed: %s", calls)
        telling.tell({"error": {"message": "a fault of the program", "reason": Reason.JOB_BROKEN}})


def too_large(memory_mb: int) -> dict[str, Any]:
    """What is told of a job that needs more memory than it may have."""
    message = f"it needs more memory than the {memory_mb} MB it may use"
    return {"message": message, "reason": Reason.JOB_TOO_LARGE, "params": {"megabytes": memory_mb}}


def _called(calls: str, args: Any, telling: Telling) -> Any:
    module, _, name = calls.partition(":")
    function = getattr(importlib.import_module(module), name)
    services = Services(read_settings())
    try:
        return function(services, args, telling)
    finally:
        if "database" in services.__dict__:  # it was opened
            services.database.close()


def _limit(memory_mb: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory_mb * MEGABYTE
    resource.setrlimit(
        resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most)
    )


def _end_with_the_runner() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
