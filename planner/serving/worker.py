"""A worker of gunicorn's that serves with waitress: requests are read beside the threads that answer them.

gunicorn starts and watches over the workers. In each, one loop reads and writes all connections, and a thread
gets a request when it is there as a whole. So a client that sends byte by byte, or takes its answer so, holds
nothing but its connection (docs/decisions/0015-waitress-reads-gunicorn-watches.md).
"""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import create_server

from planner.domain.limits import UPLOAD_BYTES
from planner.memory_use import own_bytes
from planner.serving.channel import Channel

LOG = logging.getLogger(__name__)
MOST_CONNECTIONS = 800
"""Of a worker; below the 1 024 files that a process may usually have open."""

KEPT_OPEN_S = 20
MOST_HEADER_BYTES = 32 * 1024
IN_MEMORY_BYTES = 128 * 1024
"""Larger bodies wait in a file."""

LOOK_S = 1.0
LINGER_S = 2.0
"""So long a worker that ends answers what still comes over open connections, as the last over each."""

APART_MB = 12
WEIGH_S = 5.0
_MORE_THAN_ANY = UPLOAD_BYTES + 1_000_000
"""The application refuses a form that is too large; what is larger still is refused before it is read."""


class BufferingWorker(Worker):  # type: ignore[misc]  # gunicorn has no types
    """Serves with as many threads as gunicorn's settings say."""

    def run(self) -> None:
        """Serve until told to end, then let what is under way come to its end."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells of all that wait for a thread
        connections: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=connections,
            sockets=self._listening(),
            threads=self.cfg.threads,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=KEPT_OPEN_S,
            cleanup_interval=1,
            channel_request_lookahead=1,  # so that a client that has gone is noticed
            max_request_header_size=MOST_HEADER_BYTES,
            max_request_body_size=_MORE_THAN_ANY,
            inbuf_overflow=IN_MEMORY_BYTES,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # TRUSTED_PROXIES says which of them are believed
            log_socket_errors=False,
            ident=None,
            server_name="localhost",
        )
        doors = [one for one in connections.values() if hasattr(one, "channel_class")]
        for door in doors:
            door.channel_class = Channel
        limit = self._limit()
        looked = time.monotonic()
        while self.alive and self.ppid == os.getppid():
            self._look(connections)
            if time.monotonic() > looked + WEIGH_S:
                looked = time.monotonic()
                if own_bytes() > limit:
                    LOG.info("a worker has grown over %s MB: another takes its place", limit >> 20)
                    break
        self._end(doors, connections)
        server.task_dispatcher.shutdown(timeout=1)

    def _limit(self) -> int:
        """Bytes from which on it makes way for another; of two that grow alike one goes first."""
        most: int = self.wsgi.extensions["planner"].settings.worker_mb
        apart = APART_MB if self.age % 2 else 0
        return (most + apart) << 20

    def _end(self, doors: list[Any], connections: dict[int, Any]) -> None:
        """Take no more connections, answer what comes over those that are open, and let go of them."""
        for door in doors:
            door.is_ending = True
            door.accepting = False
            door.socket.close()
            door.del_channel()
        began = time.monotonic()
        while time.monotonic() < began + self.cfg.graceful_timeout and any(
            door.active_channels for door in doors
        ):
            is_over = time.monotonic() > began + LINGER_S
            for channel in [one for door in doors for one in door.active_channels.values()]:
                channel.will_close = channel.will_close or (is_over and channel.is_idle())
            self._look(connections)

    def _look(self, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=LOOK_S, use_poll=True, map=connections, count=1)

    def _listening(self) -> list[Any]:
        """The sockets that gunicorn has opened for all workers."""
        return [listener.sock for listener in self.sockets]
