"""Work that nobody waits for: in a thread beside the requests, one thing after the other.

Only a server's worker has such threads (`begin_later`): tests and commands do not, and what was not done is
done when somebody asks for it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from planner.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Job = Callable[[], Iterator[None]]

_KEY = "planner.later"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Later:
    """Does jobs step by step; between two steps it rests as long as the last one took: pages go first.

    A job ends early when a newer one of its name has come, or when `ended` is set.
    """

    app: Flask
    ended: Event = field(default_factory=Event)
    _newest: dict[str, object] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def do(self, name: str, job: Job) -> Thread:
        """Start a job, in place of an older one of the same name."""
        mark = self._newest[name] = object()
        thread = Thread(target=self._run, args=(name, mark, job), daemon=True)
        thread.start()
        return thread

    def _run(self, name: str, mark: object, job: Job) -> None:
        with self._turn, self.app.app_context():
            try:
                began = time.monotonic()
                for _ in job():
                    if self._newest[name] is not mark or self.ended.wait(time.monotonic() - began):
                        return
                    began = time.monotonic()
            except (PlannerError, SQLAlchemyError, OSError) as error:
                _LOG.warning("%s was not done to its end: %s", name, type(error).__name__)


def begin_later(app: Flask) -> Later:
    """Let a server's worker do things later."""
    made = Later(app)
    app.extensions[_KEY] = made
    return made


def do_later(name: str, job: Job) -> bool:
    """Do a job beside the requests; whether this process does such things."""
    later = cast("Later | None", current_app.extensions.get(_KEY))
    if later is not None:
        later.do(name, job)
    return later is not None
