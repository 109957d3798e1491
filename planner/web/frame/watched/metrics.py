"""Figures for Prometheus: requests by route, how long they took, what is in force.

A route is named as the program knows it (`/v/<token>`), never as it was asked: no token gets into a figure.
With several workers each counts in a file of its own in the folder of `PROMETHEUS_MULTIPROC_DIR`, which the
client library adds up. A request that is sent over to the pool is counted by the worker that sent it.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from planner import __version__
from planner.errors import NetworkMissingError, StoreError
from planner.web.frame.context import services

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask

PATH = "/metrics"
FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
"""Where workers count, as the client library found it when it was imported."""

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
NOTED, NO_ROUTE = "planner.route", "none"

REQUESTS = Counter("planner_requests", "Answers by route, method and status", ("route", "method", "status"))
TOOK = Histogram("planner_request_seconds", "Seconds to an answer, by route", ("route",), buckets=SECONDS)

blueprint = Blueprint("metrics", __name__)


def install(app: Flask) -> None:
    """Serve the figures, and note the route of each request for who counts."""
    app.before_request(_note_route)
    app.register_blueprint(blueprint)


def count(app: Flask) -> None:
    """Count and time every request, the refused ones and those of the pool too: the outermost of all."""
    app.wsgi_app = Counting(app.wsgi_app)  # type: ignore[method-assign, assignment]


@dataclass(frozen=True)
class Counting:
    """Calls the application, and counts its answer by the route that was noted meanwhile."""

    app: Callable[..., Iterable[bytes]]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        begun, told = perf_counter(), list[str]()

        def started(status: str, *rest: Any) -> Any:
            told.append(status[:3])
            return start(status, *rest)

        pieces: Iterable[bytes] = self.app(environ, started)
        route = environ.get(NOTED, NO_ROUTE)
        if told:
            REQUESTS.labels(route, environ["REQUEST_METHOD"], told[-1]).inc()
            TOOK.labels(route).observe(perf_counter() - begun)
        return pieces


@blueprint.get(PATH)
def metrics() -> Response:
    """The figures; for this machine itself, and for who knows METRICS_KEY."""
    if not (_is_known() or _is_this_machine()):
        abort(404)
    text = generate_latest(_counted()) + generate_latest(_now())
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _note_route() -> None:
    if request.url_rule:
        request.environ[NOTED] = request.url_rule.rule


def _counted() -> CollectorRegistry:
    """What was counted, by all workers of this machine."""
    registry = CollectorRegistry()
    if FOLDER:
        MultiProcessCollector(registry, FOLDER)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(TOOK)
    return registry


def _now() -> CollectorRegistry:
    """What is in force at this moment."""
    registry = CollectorRegistry()
    build = Gauge("planner_build_info", "The program's version", ("version",), registry=registry)
    build.labels(__version__).set(1)
    _ready(Gauge("planner_ready", "1 while database and network can be used", registry=registry))
    return registry


def _ready(gauge: Gauge) -> None:
    try:
        services().database.answers()
        gauge.set(int(bool(services().town)))
    except (StoreError, NetworkMissingError):
        gauge.set(0)


def _is_known() -> bool:
    key = services().settings.metrics_key
    given = request.headers.get("Authorization", "")
    return key is not None and hmac.compare_digest(given.encode(), f"Bearer {key}".encode())


def _is_this_machine() -> bool:
    """Whether it is asked from here, and not through a proxy that stands here."""
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    address = request.remote_addr
    return bool(address) and not is_forwarded and ip_address(str(address)).is_loopback
