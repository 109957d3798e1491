"""Fetching feeds from a server on this machine; nothing sleeps, the clock is ours."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from planner.buses.build.build import BuildSettings, build_timetable
from planner.buses.build.gtfs import download as gtfs_download
from planner.buses.build.gtfs.download import FetchSettings, fetch_feed, plain_address
from planner.buses.build.gtfs.files import open_feed
from planner.download import receive
from planner.download.public import check_public
from planner.errors import InvalidInputError, PlannerError, ServiceError, SourceFileError
from tests.kit.buses.feeds import packed, tiny
from tests.kit.streets.small import CROSS_OSM, build
from tests.kit.threads import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = packed(tiny())


@dataclass(frozen=True)
class Answer:
    """One answer; `whole` is false where the connection ends before the promised length."""

    body: bytes = FEED
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    whole: bool = True


@dataclass
class Server:
    """Answers given in turn, the last one over and over; and what was asked."""

    url: str = ""
    answers: list[Answer] = field(default_factory=lambda: [Answer()])
    asked: list[tuple[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    served: Server

    def do_GET(self) -> None:
        served = self.served
        served.asked.append((self.path, self.headers["User-Agent"]))
        answer = served.answers.pop(0) if len(served.answers) > 1 else served.answers[0]
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body) + (0 if answer.whole else 1000)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    served = Server()
    handler = type("Handler", (_Handler,), {"served": served})
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        served.url = address
        yield served


@dataclass
class Desk:
    """Where the feed goes, a clock that only pauses move, and what is said."""

    target: Path
    server: Server
    now: float = 0.0
    pauses: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        self.said.append(text)

    def passing(self, text: str) -> None:
        self.said.append(text)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def settings(self, contact: str = "", budget_min: float = 10.0) -> FetchSettings:
        return FetchSettings(contact, budget_min, clock=lambda: self.now, sleep=self.sleep)

    def get(self, path: str = "/feed.zip", budget_min: float = 10.0) -> None:
        fetch_feed(self.server.url + path, self.target, self.settings(budget_min=budget_min), self)

    def refused(self, kind: type[PlannerError], match: str, budget_min: float = 10.0) -> None:
        with pytest.raises(kind, match=match) as caught:
            self.get(budget_min=budget_min)
        assert "\n" not in caught.value.message


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with serving() as server:
        yield Desk(tmp_path / "feed.zip", server)


def test_a_feed_is_fetched_by_somebody_who_says_who(desk: Desk) -> None:
    fetch_feed(f"{desk.server.url}/a/feed.zip?key=1", desk.target, desk.settings("me@town.test"), desk)
    assert desk.target.read_bytes() == FEED
    [(path, agent)] = desk.server.asked
    assert path == "/a/feed.zip?key=1"
    assert agent.startswith("study-visit-planner/")
    assert "me@town.test" in agent
    assert desk.pauses == []


def test_a_busy_server_is_asked_again(desk: Desk) -> None:
    desk.server.answers = [Answer(b"", 503), Answer(b"", 429, {"Retry-After": "30"}), Answer()]
    desk.get()
    assert desk.target.read_bytes() == FEED
    assert desk.pauses == [5.0, 30.0]
    assert len(desk.server.asked) == 3


def test_an_answer_that_breaks_off_is_asked_for_again_and_given_up(desk: Desk) -> None:
    desk.server.answers = [Answer(FEED[:100], whole=False), Answer()]
    desk.get()
    assert desk.target.read_bytes() == FEED
    desk.server.answers = [Answer(FEED[:100], whole=False)]
    desk.refused(ServiceError, r"127\.0\.0\.1 breaks off in the middle, 3 times: try again later")


def test_a_server_that_stays_busy_ends_with_the_budget(desk: Desk) -> None:
    desk.server.answers = [Answer(b"", 504)]
    desk.refused(ServiceError, r"too busy \(504\), and the next try in 10 s is beyond", budget_min=0.2)
    assert desk.pauses == [5.0]


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_refusal_is_not_asked_again(desk: Desk, status: int) -> None:
    desk.server.answers = [Answer(b"no", status)]
    desk.refused(ServiceError, rf"does not give the feed \({status}\): check the address")
    assert len(desk.server.asked) == 1


def test_too_much_is_not_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gtfs_download, "LARGEST_BYTES", 2**20)
    desk.server.answers = [Answer(bytes(2**20 + 1))]
    desk.refused(ServiceError, "sends more than 1 MB: take a feed of the region alone")


def test_a_server_that_sends_too_slowly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "CHUNK", 10)
    passing = desk.passing

    def later(text: str) -> None:
        desk.now += 1.0
        passing(text)

    monkeypatch.setattr(desk, "passing", later)
    desk.refused(ServiceError, r"after 0\.1 min \(0\.0 MB\): give a larger --budget", budget_min=0.1)


def test_redirections_are_followed_but_not_without_end_or_away_from_https(desk: Desk) -> None:
    desk.server.answers = [Answer(b"", 302, {"Location": "/there.zip"}), Answer()]
    desk.get()
    assert [path for path, _ in desk.server.asked] == ["/feed.zip", "/there.zip"]
    desk.server.answers = [Answer(b"", 302, {"Location": "/again"})]
    desk.refused(ServiceError, "from one address to the next without end")


@pytest.mark.parametrize(
    "url",
    [
        "http://feeds.test/feed.zip", "http://10.0.0.1/feed.zip", "ftp://feeds.test/a", "file:///etc/passwd",
        "https:///feed.zip", "https://[::1/feed.zip", "https://feeds.test:port/feed.zip",
    ],
)  # fmt: skip
def test_only_https_and_this_machine(desk: Desk, url: str) -> None:
    with pytest.raises(InvalidInputError, match="begins with https://"):
        fetch_feed(url, desk.target, desk.settings(), desk)
    assert desk.server.asked == []


def test_a_contact_that_cannot_be_sent(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="contact has characters that cannot be sent"):
        fetch_feed(f"{desk.server.url}/feed.zip", desk.target, desk.settings("Łąka\n"), desk)


def test_nobody_there(desk: Desk) -> None:
    with pytest.raises(ServiceError, match="cannot be reached"):
        fetch_feed("http://127.0.0.1:9/feed.zip", desk.target, desk.settings(), desk)
    assert desk.pauses == [5.0, 10.0]


def test_a_target_that_cannot_be_written(desk: Desk) -> None:
    desk.target.mkdir()
    desk.refused(SourceFileError, "cannot write .*: free some space")


def test_names_and_keys_are_not_shown() -> None:
    assert (
        plain_address("https://me:secret@feeds.test:8443/a/feed.zip?key=1#x")
        == "https://feeds.test:8443/a/feed.zip"
    )


class Quiet:
    """A progress that says nothing."""

    def __call__(self, step: int, steps: int, text: str) -> None: ...

    def line(self, text: str) -> None: ...

    def passing(self, text: str) -> None: ...


def test_a_timetable_from_an_address(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "small.osm").write_text(CROSS_OSM, encoding="utf-8")
    data_dir = tmp_path / "data"
    build(data_dir, tmp_path / "small.osm")
    address = f"{desk.server.url}/gtfs/feed.zip?key=secret"
    meta = build_timetable([address], data_dir, BuildSettings(fetch=desk.settings()), Quiet())
    [source] = meta.sources
    assert (source.name, source.url) == ("feed.zip", f"{desk.server.url}/gtfs/feed.zip")
    (tmp_path / "same.zip").write_bytes(FEED)
    assert source.sha256 == open_feed(tmp_path / "same.zip").digest()
    assert not list(data_dir.glob("feed-*")), "what was fetched is not kept"
    desk.server.answers = [Answer(b"<html>Log in</html>")]
    with pytest.raises(SourceFileError, match=r"feed\.zip cannot be read as a zip"):
        build_timetable([address], data_dir, BuildSettings(fetch=desk.settings()), Quiet())
    assert not list(data_dir.glob("feed-*"))


def test_each_redirect_is_admitted_anew(desk: Desk) -> None:
    """An operator lets `localhost` pass; where it leads on to another private address, that is not asked."""
    port = urlsplit(desk.server.url).port
    first, other = f"http://localhost:{port}/a.zip", f"http://127.0.0.1:{port}/b.zip"
    settings = replace(desk.settings(), admit=partial(check_public, exceptions=("localhost",)))
    desk.server.answers = [Answer(b"", 302, {"Location": "/b.zip"}), Answer()]
    fetch_feed(first, desk.target, settings, desk)
    assert (desk.target.read_bytes(), [path for path, _ in desk.server.asked]) == (FEED, ["/a.zip", "/b.zip"])
    desk.server.asked.clear()
    desk.server.answers = [Answer(b"", 302, {"Location": other}), Answer()]
    with pytest.raises(InvalidInputError, match=r"http://127\.0\.0\.1 is no https address"):
        fetch_feed(first, desk.target, settings, desk)
    desk.server.answers = [Answer(b"", 302, {"Location": other.replace("http:", "https:")}), Answer()]
    with pytest.raises(InvalidInputError, match=r"127\.0\.0\.1 lies in a private network or on this machine"):
        fetch_feed(first, desk.target, settings, desk)
    assert [path for path, _ in desk.server.asked] == ["/a.zip", "/a.zip"], "the other one was never asked"
    assert desk.target.read_bytes() == FEED
    assert desk.pauses == []
