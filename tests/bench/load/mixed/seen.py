"""What came back: each kind of request with its statuses and seconds. What is refused has failed."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.record.client import Client
from tests.record.forms import NoSuchFormError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.record.client import Answer

WELL = 400
"""Statuses below it are answers as they should be."""

GONE = (OSError, http.client.HTTPException, NoSuchFormError)


@dataclass
class Seen:
    """Counts of all who ask; written by their threads."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: str, seconds: float) -> None:
        """Count one answer, or that there was none."""
        with self._lock:
            self.took[kind].append(seconds)
            self.statuses[kind][status] += 1

    @property
    def failed(self) -> Counter[str]:
        """What was refused, went wrong or was not answered at all, by its kind."""
        with self._lock:
            return Counter(
                {
                    f"{kind}: {status}": count
                    for kind, counts in self.statuses.items()
                    for status, count in counts.items()
                    if not status.isdecimal() or int(status) >= WELL
                }
            )

    @property
    def count(self) -> int:
        """All requests."""
        with self._lock:
            return sum(map(len, self.took.values()))

    def lines(self) -> list[tuple[str, ...]]:
        """A row for each kind: how many, what statuses, median, p95 and worst in milliseconds."""
        with self._lock:
            rows = []
            for kind, times in sorted(self.took.items()):
                ordered = sorted(times)
                p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
                told = ", ".join(f"{status} {count}" for status, count in self.statuses[kind].items())
                middle = statistics.median(ordered)
                figures = (f"{one * 1000:.0f}" for one in (middle, p95, ordered[-1]))
                rows.append((kind, str(len(times)), told, *figures))
            return rows


@dataclass
class Person(Client):
    """A client with an address of its own, whose answers are counted by the kind of what it does."""

    seen: Seen = field(default_factory=Seen)
    address: str = "198.51.100.1"
    kind: str = ""

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Ask, and count what comes back."""
        begun = time.perf_counter()
        try:
            answer = super().send(method, path, body, {"X-Forwarded-For": self.address, **(headers or {})})
        except (OSError, http.client.HTTPException) as error:
            self.seen.note(self.kind or path, type(error).__name__, time.perf_counter() - begun)
            raise
        self.seen.note(self.kind or path, str(answer.status), time.perf_counter() - begun)
        return answer

    def does(self, kind: str, once: Callable[[], object]) -> None:
        """Do something, counted as of this kind; a page without its form is a failure."""
        self.kind = kind
        try:
            once()
        except NoSuchFormError as error:
            self.seen.note(kind, f"no form {error.args[0]}", 0.0)
        except (OSError, http.client.HTTPException):
            return
