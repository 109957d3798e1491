"""A served process: answers through HTTP, its memory, what it has imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.paths import ROOT
from tests.bench.rows import Row, row, timed
from tests.bench.towns import junctions, places
from tests.kit.web.served import HOST, Served, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.streets.query.network import Network

HEAVY = {"osmnx", "geopandas", "networkx", "osmium"}
IMPORTS = "import json, sys, wsgi; print(json.dumps(sorted(sys.modules)))"


def service_rows(network: Network, data_dir: Path) -> Iterator[Row]:
    """Ask gunicorn, as `make run` starts it, over a network of 7 500 nodes."""
    os.environ["RATE_LIMITS"] = "off"
    setup = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
    environ = {**os.environ, "PLANNER_DATA_DIR": str(data_dir)}
    subprocess.run(setup, cwd=ROOT, env=environ, capture_output=True, check=True)
    points = [{"at": place} for place in places(network, junctions(network, 12))]
    matrix = {"points": points, "mode": "walk"}
    route = {"from": points[0], "to": points[1], "mode": "walk", "depart": "2026-12-02T09:00"}
    with serve(data_dir, "a key that signs nothing for anybody", search_time=1) as served:
        connection = HTTPConnection(HOST, served.port, timeout=60)
        for name, body, goal in (("matrix", matrix, "< 15 ms"), ("route", route, "")):
            for _ in range(8):  # both workers, all threads
                ask(served, f"/api/v1/{name}", body)
            timing = timed(lambda n=name, b=body: post(connection, f"/api/v1/{n}", b), 40)  # type: ignore[misc]
            what = "12 x 12 walking matrix" if name == "matrix" else "one route, remembered,"
            yield row(f"{what} through HTTP", timing, goal, "one connection to gunicorn")
        connection.close()
        used = max(memory_mb(worker) for worker in workers())
    yield Row("memory of a web worker", f"{used:.0f} MB", "< 200 MB", "resident, after these questions")


def import_rows() -> Iterator[Row]:
    """Measure what a worker imports."""
    environ = {**os.environ, "PLANNER_DATA_DIR": "/nonexistent"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    took = time.perf_counter() - start
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    heavy = ", ".join(sorted(loaded & HEAVY)) or "none"
    yield Row("libraries of the build in a worker", heavy, "none", f"imports take {took:.1f} s")


def post(connection: HTTPConnection, path: str, body: dict[str, Any]) -> None:
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 200, text


def ask(served: Served, path: str, body: dict[str, Any]) -> None:
    connection = HTTPConnection(HOST, served.port, timeout=60)
    post(connection, path, body)
    connection.close()


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def workers() -> list[int]:
    """The processes that gunicorn, a child of this one, has started."""
    return [worker for master in children(os.getpid()) for worker in children(master)]


def memory_mb(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
