"""A request that is late or odd is refused, by the application where its address is known."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from waitress import wasyncore
from waitress.server import create_server

from planner.serving import channel
from planner.serving.channel import REFUSED, Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HEAD = b"POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
TURNS = 200
"""So many times at most the loop is gone through, a twentieth of a second each; mostly a few are enough."""


class Server:
    """A server whose loop a test goes through by hand."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, bytes]] = []
        self.connections: dict[int, Any] = {}
        door = socket.create_server(("127.0.0.1", 0))
        self.port = door.getsockname()[1]
        self.server = create_server(
            self._answer, map=self.connections, sockets=[door], threads=1, channel_request_lookahead=1
        )
        self.server.channel_class = Channel

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        self.asked.append((environ["PATH_INFO"], environ.get(REFUSED), environ["wsgi.input"].read()))
        status = environ.get(REFUSED, 200)
        start(f"{status} Told", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"told"]

    def turn(self) -> None:
        """Go once through the loop."""
        wasyncore.loop(timeout=0.05, use_poll=True, map=self.connections, count=1)

    def told(self, client: socket.socket) -> bytes:
        """The whole of one answer: head and body may come apart, and the body would pass for the next."""
        client.settimeout(0)
        answer = b""
        for _ in range(TURNS):
            self.turn()
            try:
                piece = client.recv(65_536)
            except BlockingIOError:
                continue
            answer += piece
            if not piece or answer.endswith(b"told") or b"HTTP/1.0" in answer:
                return answer
        return answer or b"nothing"

    def close(self) -> None:
        """End all."""
        self.server.task_dispatcher.shutdown()
        wasyncore.close_all(self.connections)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def test_a_request_in_pieces_reaches_the_application_whole(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        for piece in (HEAD[:9], HEAD[9:], b"01234"):
            client.sendall(piece)
            server.turn()
        assert server.asked == []
        client.sendall(b"56789")
        assert server.told(client).startswith(b"HTTP/1.1 200 ")
    assert server.asked == [("/here", None, b"0123456789")]


def test_a_late_head_is_refused_in_a_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(HEAD[:9])
        server.turn()
        server.turn()
        monkeypatch.setattr(channel, "HEAD_S", -1.0)
        assert server.told(client).startswith(b"HTTP/1.0 408 Request Timeout")
    assert server.asked == []


def test_a_late_body_is_refused_by_the_application(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "BODY_S", -100.0)
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(HEAD + b"01234")
        answer = server.told(client)
    assert answer.startswith(b"HTTP/1.1 408 Told")
    assert b"Connection: close" in answer
    assert server.asked == [("/here", 408, b"")]


def test_what_is_there_in_time_may_be_answered_late(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is for what comes in, and begins anew with each request of a connection."""
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(HEAD + b"0123456789")
        assert server.told(client).startswith(b"HTTP/1.1 200 ")
        monkeypatch.setattr(channel, "HEAD_S", -1.0)
        server.turn()
        monkeypatch.undo()
        client.sendall(HEAD + b"0123456789")
        assert server.told(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "head",
    [
        "POST /here HTTP/1.1\r\nContent-Length: 10\r\nTransfer-Encoding: chunked",
        "POST /here HTTP/1.0\r\nTransfer-Encoding: chunked",
        "POST /here HTTP/1.1\r\nContent-Length: 10\r\nContent-Length: 11",
        "POST /here HTTP/1.1\r\nContent-Length: -1",
    ],
)
def test_a_body_of_doubtful_length_is_refused(server: Server, head: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"{head}\r\nHost: localhost\r\n\r\n".encode())
        assert b" 400 " in server.told(client).partition(b"\r\n")[0]
    assert server.asked == [("/here", 400, b"")]
