"""The keeper with real children: answers, turns, and what becomes of those who leave or are killed."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.serving.pool.child import start_child
from planner.serving.pool.frames import Frame, Incoming, received
from planner.serving.pool.keeper import Keeper
from planner.serving.pool.place import connected, only_one
from planner.serving.pool.state import INSIDE, POOL

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TURNS = 40


def answer(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    """Say who answers; with a pipe as the query, only once somebody has written into it."""
    assert environ[POOL] == INSIDE
    if environ["QUERY_STRING"]:
        Path(environ["QUERY_STRING"]).read_bytes()
    start("200 OK", [("X-Child", str(os.getpid()))])
    return [b"got ", environ["wsgi.input"].read()]


class Pool:
    """A keeper of two children whose loop a test goes through by hand."""

    def __init__(self, door: socket.socket, folder: Path) -> None:
        self.folder = folder
        self.keeper = Keeper(door, lambda: start_child(answer), 2, None)
        self._left = ExitStack()

    def asks(self, who: str, body: bytes = b"", *, pipe: str = "", method: str = "GET") -> socket.socket:
        """Ask for something, with a pipe for something that lasts; the connection to be told on."""
        line = self._left.enter_context(connected(self.folder))
        path = str(self.folder / pipe) if pipe else ""
        if pipe:
            os.mkfifo(path)
        environ = {"PATH_INFO": "/", "QUERY_STRING": path, "REQUEST_METHOD": method}
        line.sendall(Frame({"who": who, "environ": environ}, body).packed())
        self.keeper.turn()  # it comes in
        self.keeper.turn()  # what it asks is heard
        return line

    def told(self, line: socket.socket) -> Frame:
        """What a client is told in the end."""
        line.settimeout(0)
        incoming = Incoming()
        for _ in range(TURNS):
            try:
                for frame in incoming.fed(line.recv(65_536)):
                    return frame
            except BlockingIOError:
                self.keeper.turn()
        raise AssertionError("nothing was told")

    def release(self, pipe: str) -> None:
        """Let go on what waits for a pipe."""
        with (self.folder / pipe).open("wb"):
            pass

    def busy(self) -> list[int]:
        """The children that are at something."""
        return [child.pid for child in self.keeper.children if child.client is not None]

    def close(self) -> None:
        self._left.close()
        self.keeper.close()


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    # A child of this process has all that its tests have loaded.
    monkeypatch.setattr("planner.serving.pool.keeper.MOST_BYTES", 1 << 40)
    with only_one(tmp_path) as door:
        assert door is not None
        made = Pool(door, tmp_path)
        yield made
        made.close()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_answers_and_stays_for_the_next(pool: Pool) -> None:
    first, second = (pool.told(pool.asks("ann", body)) for body in (b"one", b"x" * 60_000))
    assert first.head["status"] == "200 OK"
    assert first.body == b"got one"
    assert second.body == b"got " + b"x" * 60_000
    assert first.head["headers"] == second.head["headers"], "by the same process"
    assert first.head["headers"][0][1] != str(os.getpid())


def test_two_are_served_at_once_and_the_next_by_turns(pool: Pool) -> None:
    pool.asks("ann", pipe="a1")
    pool.asks("ann", pipe="a2")
    often, once = pool.asks("ann", b"a3"), pool.asks("bob", b"b1")
    pool.asks("ann", b"a4")
    assert len(pool.busy()) == 2
    assert len(pool.keeper.line) == 3
    pool.release("a1")
    assert pool.told(often).body == b"got a3"
    assert pool.told(once).body == b"got b1"


def test_who_leaves_is_not_searched_for(pool: Pool) -> None:
    leaving = pool.asks("ann", pipe="a1")
    stays = pool.asks("bob", pipe="b1")
    waits = pool.asks("ann", b"a2")
    gone = pool.asks("eve", b"e1")
    killed = pool.busy()[0]
    leaving.close()
    gone.close()
    assert pool.told(waits).body == b"got a2"
    assert not is_there(killed)
    assert len(pool.keeper.line) == 0
    pool.release("b1")
    assert pool.told(stays).body == b"got "


def test_what_a_killed_child_was_at_is_tried_once_more(pool: Pool) -> None:
    line = pool.asks("ann", pipe="a1")
    killed = pool.busy()[0]
    os.kill(killed, signal.SIGKILL)
    while pool.busy() in ([killed], []):
        pool.keeper.turn()
    os.kill(pool.busy()[0], signal.SIGKILL)
    assert pool.told(line).head["full"] > 0
    assert pool.told(pool.asks("ann", b"again")).body == b"got again"


def test_what_may_have_been_written_is_not_tried_again(pool: Pool) -> None:
    line = pool.asks("ann", pipe="a1", method="POST")
    os.kill(pool.busy()[0], signal.SIGKILL)
    assert pool.told(line).head["full"] > 0


def test_whoever_finds_the_line_full_is_told_when_to_come_again(pool: Pool) -> None:
    pool.keeper.line.most = 1
    pool.asks("ann", pipe="a1")
    pool.asks("ann", pipe="a2")
    pool.asks("ann", b"a3")
    assert pool.told(pool.asks("bob", b"b1")).head == {"full": 2}


def test_children_are_replaced_before_they_grow(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.serving.pool.keeper.MOST_JOBS", 2)
    by = [pool.told(pool.asks("ann")).head["headers"][0][1] for _ in range(3)]
    assert by[0] == by[1] != by[2]
    assert not is_there(int(by[0]))


def test_whoever_comes_before_it_is_loaded_is_answered_by_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.serving.pool.keeper.ALONE_S", 0)
    loaded = list[str]()

    def load() -> None:
        loaded.append("once")
        ours.close()  # the last worker leaves

    with only_one(tmp_path) as door:
        assert door is not None
        keeper = Keeper(door, lambda: start_child(answer), 2, load)
        ours = connected(tmp_path)
        with connected(tmp_path) as line:
            line.sendall(Frame({"who": "ann", "environ": {}}, b"").packed())
            for _ in ("one comes in", "the other", "what it asks is heard"):
                keeper.turn()
            assert received(line) == Frame({"away": True}, b"")
        keeper.run()
    assert loaded == ["once"]
    assert keeper.children == []


def test_there_is_one_keeper_of_a_folder_however_long_its_name(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    with only_one(folder) as door:
        assert door is not None
        with only_one(folder) as other:
            assert other is None
        connected(folder).close()
    with pytest.raises(OSError, match="No such file"):
        connected(folder)
    with only_one(folder) as again:
        assert again is not None
