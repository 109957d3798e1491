"""Work in the background: what a kind of it is, and how far one piece of it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from planner.domain.clock import Instant

LONGEST_SENTENCE = 300


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})
"""It has not come to its end."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work. `calls` is what does it, as `module:function`, imported by the job's own process alone.

    The function is called with (services, arguments, work) and returns what JSON can hold, or None.
    """

    name: str
    calls: str
    queue: str = ""
    """Of all jobs of a queue one runs at a time; '' is a queue of the kind's own."""

    minutes: float = 60.0
    memory_mb: int = 2_048
    """Both limits hold for its process; what is over them fails, in words."""

    tries: int = 2
    """So often it is begun when whoever ran it was killed; what fails by itself is not begun again."""

    every_s: int = 0
    """Begun by itself so often, in seconds; 0: only when somebody asks."""

    is_local: bool = False
    """Done on each machine for itself, for what lies in its data directory; else once over all machines."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `total` steps `done` are over, in a sentence what is going on; no total, nothing known."""

    done: int = 0
    total: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class JobFault:
    """Why a job failed: in English, and by reason and params for a page in its reader's language."""

    message: str
    reason: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now. `by` is the account of who asked for it; None: a command, or the service."""

    id: int
    kind: str
    queue: str
    args: Mapping[str, Any] = field(hash=False)
    state: JobState
    progress: Progress
    created: Instant
    by: int | None = None
    result: Any = field(default=None, hash=False)
    error: JobFault | None = None
    began: Instant | None = None
    ended: Instant | None = None
    tries: int = 0
    is_cancelling: bool = False
    """It runs, and was told to end."""


class Work(Protocol):
    """What a job's function is given besides its arguments."""

    def progress(self, done: int, total: int, sentence: str) -> None:
        """Say how far it has come; as often as one likes."""

    def cancelled(self) -> bool:
        """Whether it is to end: what returns or raises after this was true counts as cancelled."""
