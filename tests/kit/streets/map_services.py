"""A server on this machine that answers as Nominatim and Overpass do, from a list of answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.kit.threads import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

SQUARE = [[19.815, 49.965], [19.83, 49.965], [19.83, 49.975], [19.815, 49.975], [19.815, 49.965]]
"""An outline around the towns of `small`."""


def found(name: str = "Małe", number: int = 77, east: float = 0.0, **more: Any) -> dict[str, Any]:
    """A result of Nominatim; `east` moves its outline by so many degrees."""
    ring = [[lon + east, lat] for lon, lat in SQUARE]
    return {
        "osm_type": "relation",
        "osm_id": number,
        "name": name,
        "display_name": f"{name}, powiat, Polska",
        "importance": 0.5,
        "lat": "49.97",
        "lon": str(19.82 + east),
        "boundingbox": ["49.965", "49.975", str(19.815 + east), str(19.83 + east)],
        "geojson": {"type": "Polygon", "coordinates": [ring]},
        **more,
    }


@dataclass(frozen=True)
class Answer:
    """One answer; `whole` is false where the connection ends before the promised length."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    path: str
    agent: str
    form: Mapping[str, list[str]]


@dataclass
class MapServices:
    """Answers given in turn, the last one over and over; and what was asked."""

    url: str
    nominatim: list[Answer] = field(default_factory=lambda: [Answer(json.dumps([found()]))])
    overpass: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def overpass_url(self) -> str:
        return f"{self.url}/api/interpreter"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def take(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(asked)
            answers = self.overpass if asked.path == "/api/interpreter" else self.nominatim
            return answers.pop(0) if len(answers) > 1 else answers[0]


class _Handler(BaseHTTPRequestHandler):
    services: MapServices

    def do_GET(self) -> None:
        self._answer(parse_qs(urlsplit(self.path).query))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(parse_qs(body.decode()))

    def _answer(self, form: Mapping[str, list[str]]) -> None:
        services = self.services
        with services.lock:
            services.under_way += 1
            services.most_at_once = max(services.most_at_once, services.under_way)
        agent = self.headers["User-Agent"]
        answer = services.take(Asked(urlsplit(self.path).path, agent, form))
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(body) if answer.whole else len(body) + 1000))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with services.lock:
            services.under_way -= 1
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@contextmanager
def map_services() -> Iterator[MapServices]:
    """Serve on a free port until the block ends."""
    handler = type("Handler", (_Handler,), {})
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        services = MapServices(address)
        handler.services = services  # type: ignore[attr-defined]
        yield services
