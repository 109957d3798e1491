"""A job that runs here: its process, what it tells, and its limits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planner.domain.jobs.job import Job, JobFault, JobKind, JobState, Progress
from planner.errors import Reason
from planner.paths import ROOT
from planner.runner.child import too_large
from planner.services.upkeep.settings import DATA_SETTING
from planner.storage.place import SETTING as STORAGE_SETTING

if TYPE_CHECKING:
    from planner.services.upkeep.settings import Settings

GRACE_S = 10.0
"""So long a process that was told to end may take for it."""

_AT_ONCE = 1 << 16
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV}
"""How a process ends whose libraries do not notice that they got no memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    state: JobState
    result: Any = None
    error: JobFault | None = None


@dataclass(eq=False)
class Working:
    """The process of a job; the one who began it looks at it again and again."""

    job: Job
    kind: JobKind
    process: subprocess.Popen[bytes]
    pipe: int
    lock: int
    began: float
    beat: float
    """When its lease was last made longer."""

    has_ended: bool = False
    is_cancelled: bool = False
    progress: Progress = field(default_factory=Progress)
    kept: Progress = field(default_factory=Progress)
    """What of its progress is in the database."""

    told: dict[str, Any] = field(default_factory=dict)
    is_late: bool = False
    _killed_at: float | None = None
    _rest: bytes = b""

    def listen(self) -> None:
        """Read what it has told meanwhile."""
        with suppress(BlockingIOError):
            while piece := os.read(self.pipe, _AT_ONCE):
                *lines, self._rest = (self._rest + piece).split(b"\n")
                for line in lines:
                    self._hear(json.loads(line))

    def _hear(self, said: dict[str, Any]) -> None:
        if "progress" in said:
            self.progress = Progress(*said["progress"])
        else:
            self.told = said

    def look(self, now: float) -> None:
        """Hear what it tells, notice its end, hold it to its limits."""
        self.listen()
        if self.process.poll() is not None:
            self.listen()
            self._kill()  # whatever it has left behind
            self.has_ended = True
            return
        if now - self.began > self.kind.minutes * 60:
            self.is_late = True
            self.stop(now)
        if self._killed_at is not None and now > self._killed_at:
            self._kill()

    def cancel(self, now: float) -> None:
        """Let it end because somebody wants it to."""
        if not self.has_ended:
            self.is_cancelled = True
            self.stop(now)

    def stop(self, now: float) -> None:
        """Tell it to end, and end it after a while."""
        if self._killed_at is None:
            self._killed_at = now + GRACE_S
            self.process.terminate()

    def end(self, grace_s: float = 0.0) -> None:
        """End it now, after so many seconds at most."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(grace_s)
        self._kill()
        self.process.wait()
        self.listen()

    def close(self) -> None:
        """Let go of what was open for it."""
        if self.process.stdin:
            self.process.stdin.close()
        os.close(self.pipe)
        os.close(self.lock)

    def outcome(self) -> Outcome:
        """How it went, once it has come to its end."""
        if "result" in self.told:
            return Outcome(JobState.DONE, result=self.told["result"])
        if self.is_cancelled:
            return Outcome(JobState.CANCELLED)
        return Outcome(JobState.FAILED, error=self._fault())

    def _fault(self) -> JobFault:
        """Why it failed."""
        if self.is_late:
            minutes = f"{self.kind.minutes:g}"
            message = f"it took longer than the {minutes} minutes it may take"
            return JobFault(message, Reason.JOB_TOO_LONG, {"minutes": minutes})
        if "error" in self.told:
            return JobFault(**self.told["error"])
        if self.process.returncode in _OUT_OF_MEMORY:
            return JobFault(**too_large(self.kind.memory_mb))
        if self.process.returncode < 0:
            message = "its process was ended from outside: the machine may be short of memory"
            return JobFault(message, Reason.JOB_KILLED)
        return JobFault("its process ended without a word", Reason.JOB_BROKEN)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def begin(job: Job, kind: JobKind, settings: Settings, lock: int, now: float) -> Working:
    """Start the process of a job, at an instant of the runner's clock; it holds the lock of its queue."""
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    command = [sys.executable, "-m", "planner.runner.child", kind.calls, str(kind.memory_mb), str(writes)]
    environ = {
        **os.environ,
        DATA_SETTING: str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        STORAGE_SETTING: settings.storage_url or "",
    }
    try:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=(writes, lock),
            start_new_session=True,
        )
    finally:
        os.close(writes)
    made = Working(job, kind, process, reads, lock, began=now, beat=now)
    if process.stdin:
        with suppress(BrokenPipeError):  # it could not even begin: that is told when it has ended
            process.stdin.write(json.dumps(dict(job.args)).encode() + b"\n")
            process.stdin.flush()
    return made
