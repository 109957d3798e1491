"""What only the real server shows: bodies in chunks, odd requests, the log, many readers during a build."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT
from planner.streets.build.build import TownSettings, build_network
from tests.kit.web.served import HOST, PATIENCE_S, Served, serve
from tests.web.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.kit.web.releases import Links

MEGABYTES = 50
FORM = {"Content-Type": "application/json"}


pytestmark = pytest.mark.dear  # a service of its own has to be set up first


@pytest.fixture(scope="module")
def served(app: Flask, app_dir: Path) -> Iterator[Served]:
    """The service over the data of `app`."""
    del app
    with serve(app_dir, SECRET) as running:
        yield running


def get(served: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def raw(served: Served, sent: bytes) -> bytes:
    """Send bytes as they are; what comes back until the server closes."""
    with served.connect() as connection:
        connection.sendall(sent)
        received = b""
        try:
            while part := connection.recv(65_536):
                received += part
        except ConnectionResetError:
            pass  # it closed before it had read all: what it said has been received
        return received


def test_fifty_megabytes_in_chunks_are_refused_while_they_come(served: Served) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    head = (
        f"POST /api/v1/plan HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with served.connect() as connection:
        connection.sendall(head.encode())
        sent = 0
        try:
            while sent < MEGABYTES * 1_000_000:
                connection.sendall(chunk)
                sent += 0x10000
            connection.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before the end: just what is wanted
        received = b""
        try:
            while part := connection.recv(65_536):
                received += part
        except ConnectionResetError:
            pass
    status, _, rest = received.partition(b"\r\n")
    assert status == b"HTTP/1.1 413 REQUEST ENTITY TOO LARGE"
    document = json.loads(rest.partition(b"\r\n\r\n")[2])
    assert document["error"]["code"] == "too_large"
    assert get(served, "/healthz")[0] == 200


def test_a_body_in_chunks_is_not_cut_at_the_limit(served: Served) -> None:
    """Blanks after a question are JSON up to the limit; one more is too large, never cut off in silence."""
    question = json.dumps({"from": {"site": "rynek"}, "to": {"site": "ratusz"}}).encode()
    for size, status in ((1_000_000, 200), (1_000_001, 413)):
        body = question.ljust(size)
        connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
        chunks = iter([body[:400_000], body[400_000:]])
        connection.request("POST", "/api/v1/route", chunks, FORM, encode_chunked=True)
        assert connection.getresponse().status == status
        connection.close()


def test_a_small_body_in_chunks_is_read(served: Served) -> None:
    body = json.dumps({"from": {"site": "rynek"}, "to": {"site": "ratusz"}}).encode()
    connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
    connection.request("POST", "/api/v1/route", iter([body[:10], body[10:]]), FORM, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 200
    assert json.loads(answer.read())["duration_s"] == 120
    connection.close()


def test_a_declared_length_of_fifty_megabytes_is_refused_before_it_comes(served: Served) -> None:
    head = (
        f"POST /api/v1/plan HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        f"Connection: close\r\nContent-Length: {MEGABYTES * 1_000_000}\r\n\r\n"
    )
    received = raw(served, head.encode())
    assert received.startswith(b"HTTP/1.1 413 ")
    assert b'"too_large"' in received


def chunked(path: str) -> str:
    """The head of a request whose body comes in chunks."""
    kind = "application/json" if "api" in path else "application/x-www-form-urlencoded"
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nTransfer-Encoding: chunked"
    return f"{head}\r\nContent-Type: {kind}\r\n\r\n"


@pytest.mark.parametrize(
    "request_line",
    [
        "GET {path} HTTP/9.9",
        "GET {path} and more HTTP/1.1",
        "get {path} HTTP/1.1",
        "GET {path}",
        "GET {path} HTTP/1.1\r\nBad Header: x",
        "GET {path} HTTP/1.1\r\nContent-Length: -1",
        "POST {path} HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        "GET {path}?day=%00&lang[]=%ff HTTP/1.1",
        "GET http://other.example{path} HTTP/1.1",
    ],
)
def test_no_request_however_odd_is_a_500_or_leaves_a_token_in_the_log(
    served: Served, sample: Links, request_line: str
) -> None:
    before = len(served.log.read_text(encoding="utf-8"))
    for path in sample.pages:
        line = request_line.format(path=path)
        received = raw(served, f"{line}\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        assert not re.match(rb"HTTP/1\.\d 5", received), received[:200]
    log = served.log.read_text(encoding="utf-8")[before:]
    assert sample.participant not in log
    assert sample.guide not in log


@pytest.mark.parametrize("body", ["zz\r\nabc\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n"])
@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/route"])
def test_a_malformed_chunk_is_the_senders_fault(served: Served, path: str, body: str) -> None:
    received = raw(served, f"{chunked(path)}{body}".encode())
    assert received.startswith(b"HTTP/1.1 400 "), received[:200]
    assert (b'"malformed"' if "api" in path else b"<html") in received


def test_who_breaks_off_gets_no_answer_and_harms_nobody(served: Served) -> None:
    with served.connect() as connection:
        connection.sendall(f"{chunked('/sign-in')}3\r\nab".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536) == b""
    assert get(served, "/healthz")[0] == 200


def test_fifty_slow_heads_and_fifty_slow_bodies_are_in_nobodys_way(served: Served) -> None:
    """A byte at a time, and more of them than the service has threads."""
    head = f"GET /sign-in HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode()
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000"
    body = f"POST /sign-in HTTP/1.1\r\nHost: {HOST}\r\n{form}\r\n\r\n".encode()
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(served.connect()) for _ in range(100)]
        for number, connection in enumerate(slow):
            connection.sendall(head if number % 2 else body)
        answered = 0
        for _ in range(24):
            for connection in slow:
                connection.sendall(b"a")
            answered += get(served, "/sign-in")[0] == 200
        assert answered == 24
        for connection in slow:
            connection.settimeout(0)
            with pytest.raises(BlockingIOError):
                connection.recv(1)


def test_who_does_not_take_the_answers_holds_no_thread(served: Served) -> None:
    """Thirty ask for some megabytes in all and read nothing of it."""
    asked = f"GET /static/dist/manifest.json HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode() * 40
    with contextlib.ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(served.connect()).sendall(asked)
        assert [get(served, "/sign-in")[0] for _ in range(10)] == [200] * 10


def test_static_files_stay_below_their_folder(served: Served) -> None:
    for path in (
        "/static/../wsgi.py",
        "/static/%2e%2e/wsgi.py",
        "/static/..%2fwsgi.py",
        "/static/..%5cwsgi.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/css/../../wsgi.py",
        "/static/....//wsgi.py",
        "//etc/passwd",
    ):
        status, body = get(served, path)
        assert status in {301, 308, 404}, path
        assert b"create_app" not in body
        assert b"root:" not in body


@pytest.mark.slow
def test_eight_readers_while_the_network_is_built_anew(served: Served, app_dir: Path, sample: Links) -> None:
    """Every page comes with its map, and none fails, however often the streets are replaced."""
    faults: list[str] = []
    readers_left = threading.Semaphore(0)
    paths = (sample.pages[0], sample.pages[1], "/healthz")

    def read() -> None:
        connection = http.client.HTTPConnection(HOST, served.port, timeout=PATIENCE_S)
        try:
            for number in range(6):
                path = paths[number % len(paths)]
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
                if response.status != 200:
                    faults.append(f"{path}: {response.status}")
                elif path == sample.pages[0] and b"data-map=" not in body:
                    faults.append(f"{path}: no map")
        except OSError as error:
            faults.append(repr(error))
        finally:
            connection.close()
            readers_left.release()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    done = 0
    while done < len(readers):
        build_network(ROOT / "data" / "skawina.osm", app_dir, TownSettings("Skawina"), lambda *_: None)
        while readers_left.acquire(blocking=False):
            done += 1
    for reader in readers:
        reader.join()
    assert faults == []
