"""The one process of a machine that lets costly requests wait in line and hands them to its children.

It lives for as long as a worker has a connection to it. A client that is gone is forgotten, and the child
that was at its request ended; a child that ends is replaced.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.serving.pool.frames import AT_ONCE, Frame, Incoming
from planner.serving.pool.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.serving.pool.child import Child

LOOK_S = 1.0
LOAD_AFTER_S = 20.0
"""With nothing to do for so long after its start it loads the application, before somebody waits for that."""

ALONE_S = 5.0
"""So long it waits for a worker, at the start and after the last one has gone."""

MOST_JOBS = 60
MOST_BYTES = 220 << 20
"""A child is replaced after so many requests, or when it has grown so large."""

LONGEST_S = 900.0
SEND_S = 5.0
REFUSED_AFTER_S = (2, 60)


@dataclass(eq=False)
class Client:
    """A worker's connection: for one request, or just to keep the keeper."""

    line: socket.socket
    incoming: Incoming = field(default_factory=Incoming)
    asked: Frame | None = None
    begun: float = 0.0
    is_first: bool = True


class Keeper:
    """Serves a socket until nobody is connected to it any more."""

    def __init__(
        self, door: socket.socket, start: Callable[[], Child], at_once: int, load: Callable[[], object] | None
    ) -> None:
        self.line: Line[Client] = Line()
        self.children: list[Child] = []
        self._clients: set[Client] = set()
        self._start, self._at_once, self._door, self._load = start, at_once, door, load
        self._took = deque([3.0], maxlen=20)
        self._is_wanted = False
        self._watched = selectors.DefaultSelector()
        self._watched.register(door, selectors.EVENT_READ, self._accept)

    def run(self) -> None:
        """Serve."""
        begun = alone_since = time.monotonic()
        while self._clients or time.monotonic() - alone_since < ALONE_S:
            self.turn()
            if self._clients:
                alone_since = time.monotonic()
                if self._load and (self._is_wanted or alone_since - begun > LOAD_AFTER_S):
                    self._load()
                    self._load = None
        self.close()

    def close(self) -> None:
        """End the children, and let go of who is connected."""
        for child in list(self.children):
            self._end(child)
        for client in list(self._clients):
            self._forget(client)
        self._watched.close()

    def turn(self) -> None:
        """Do what is to be done now, or wait a moment for it."""
        for key, _ in self._watched.select(LOOK_S):
            if self._watched.get_map().get(key.fd) is key:  # an earlier one of this turn may have ended it
                key.data()
        self._hand_out()
        now = time.monotonic()
        for child in [one for one in self.children if one.client and now - one.client.begun > LONGEST_S]:
            self._lost(child)

    def _accept(self) -> None:
        line, _ = self._door.accept()
        line.settimeout(SEND_S)
        client = Client(line)
        self._clients.add(client)
        self._watched.register(line, selectors.EVENT_READ, lambda: self._from_client(client))

    def _from_client(self, client: Client) -> None:
        piece = _piece(client.line)
        if not piece:
            self._gone(client)
            return
        for asked in client.incoming.fed(piece):
            client.asked = asked
            if self._load:  # whoever comes so early is answered sooner by its worker
                self._is_wanted = True
                self._tell(client, Frame({"away": True}))
            elif not self.line.put(str(asked.head["who"]), client):
                self._tell(client, Frame({"full": self._again_s()}))

    def _gone(self, client: Client) -> None:
        """Forget a client; what it asked for is not looked for any more."""
        self.line.drop(client)
        for child in [one for one in self.children if one.client is client]:
            self._end(child)
        self._forget(client)

    def _hand_out(self) -> None:
        while len(self.line):
            free = next((child for child in self.children if child.client is None), None)
            if free is None and len(self.children) >= self._at_once:
                return
            client = self.line.next()
            if client is None:
                return
            self._give(free or self._new(), client)

    def _give(self, child: Child, client: Client) -> None:
        child.client, client.begun = client, time.monotonic()
        with suppress(OSError):  # it has ended: that is heard at the next turn
            child.line.sendall(client.asked.packed() if client.asked else b"")

    def _new(self) -> Child:
        child = self._start()
        self.children.append(child)
        self._watched.register(child.line, selectors.EVENT_READ, lambda: self._from_child(child))
        return child

    def _from_child(self, child: Child) -> None:
        piece = _piece(child.line)
        if not piece:
            self._lost(child)
            return
        for answer in child.incoming.fed(piece):
            client, child.client = child.client, None
            child.done += 1
            self._took.append(time.monotonic() - client.begun)
            self._tell(client, answer)
            if child.done >= MOST_JOBS or child.memory > MOST_BYTES:
                self._end(child)

    def _lost(self, child: Child) -> None:
        """A child has ended, or never ends: what it was at is tried once more where that does no harm."""
        client = child.client
        self._end(child)
        if client is None:
            return
        if client.asked is not None and client.is_first and _is_safe(client.asked):
            client.is_first = False
            self._give(self._new(), client)
        else:
            self._tell(client, Frame({"full": self._again_s()}))

    def _end(self, child: Child) -> None:
        self._watched.unregister(child.line)
        self.children.remove(child)
        child.end()

    def _tell(self, client: Client, answer: Frame) -> None:
        with suppress(OSError):  # it has gone meanwhile
            client.line.sendall(answer.packed())
        self._forget(client)

    def _forget(self, client: Client) -> None:
        self._watched.unregister(client.line)
        self._clients.discard(client)
        client.line.close()

    def _again_s(self) -> int:
        """When there will be room: after as many searches as wait, at the pace of the last ones."""
        least, most = REFUSED_AFTER_S
        pace = sum(self._took) / len(self._took) / self._at_once
        return min(max(round(len(self.line) * pace), least), most)


def _is_safe(asked: Frame) -> bool:
    """Whether a request changes nothing, so that it may be answered twice."""
    told = asked.head["environ"]
    return told["REQUEST_METHOD"] == "GET" or str(told["PATH_INFO"]).startswith("/api/")


def _piece(line: socket.socket) -> bytes:
    try:
        return line.recv(AT_ONCE)
    except OSError:
        return b""
