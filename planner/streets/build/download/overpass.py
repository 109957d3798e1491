"""A small Overpass client: one question for one town, the answer checked before it counts."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planner.download.patience import BROKEN_TRIES, TryAgainError, patiently
from planner.download.receive import Request, receive, whole
from planner.errors import ServiceError
from planner.streets.build.download.refusal import check_status

if TYPE_CHECKING:
    from pathlib import Path

    from planner.download.patience import Patience, Report
    from planner.streets.query.layers import Bounds

SERVER_S = 240
"""How long the service may work on the question; it refuses sooner what asks for more than it has free."""

SERVER_BYTES = 512 * 2**20
LARGEST_BYTES = 2**30
_EDGE = 2**16
"""How much of an answer's beginning and end is looked at."""

_DRAWN = ("highway", "waterway", "natural", "landuse", "leisure", "building", "place")
_SEEN = ("tourism", "amenity", "historic", "leisure", "office")
"""What may be a site of the catalogue, or is told of on the way: also where it is a point."""

_KEYS = (*dict.fromkeys((*_DRAWN, "railway", "public_transport", "man_made", *_SEEN)),)
_ROUTES = "bus|train|tram|trolleybus|share_taxi"
_BUSY_WORDS = ("too busy", "rate_limited", "Dispatcher_Client")


def query(bounds: Bounds) -> str:
    """Return the question in Overpass QL.

    Ways come whole, area relations with all their ways; of bus and train
    lines only the stops and ways in the bounds, for they lead far away.
    """
    west, south, east, north = bounds
    box = f"({south:.5f},{west:.5f},{north:.5f},{east:.5f})"
    ways = "".join(f'way["{key}"]{box};' for key in _KEYS)
    drawn = dict.fromkeys((*_DRAWN, *_SEEN))
    areas = "".join(f'relation["type"="multipolygon"]["{key}"]{box};' for key in drawn)
    points = "".join(f'node["{key}"]{box};' for key in _SEEN)
    return (
        f"[out:xml][timeout:{SERVER_S}][maxsize:{SERVER_BYTES}];\n"
        f"({areas})->.areas;\n"
        f'relation["type"="route"]["route"~"^({_ROUTES})$"]{box}->.routes;\n'
        f'relation["type"~"^restriction"]{box}->.turns;\n'
        f"({ways}way(r.areas);way(r.routes){box};)->.ways;\n"
        f'(node(w.ways);node(r.routes){box};node["place"]{box};node["public_transport"]{box};'
        f'node["highway"="bus_stop"]{box};{points}.ways;.areas;.routes;.turns;);\n'
        "out meta;\n"
    )


def fetch(
    url: str,
    agent: str,
    question: str,
    target: Path,
    budget: Patience,
    report: Report,
    *,
    may_be_empty: bool = False,
) -> None:
    """Ask and write the answer to a file; what stands there afterwards is whole.

    A piece of a town `may_be_empty`: a wood, a lake.

    Raises
    ------
    ServiceError, SourceFileError
        In words that say what to do.
    """
    host = urlsplit(url).netloc
    asked = Request(
        url,
        host,
        agent,
        silent_s=SERVER_S + 30.0,
        most_bytes=LARGEST_BYTES,
        too_much=f"{LARGEST_BYTES / 1e9:.1f} GB: choose a smaller place",
        too_slow="give a larger --budget or a smaller place",
        check=lambda response: check_status(response, host, "" if response.ok else _said(response.text)),
        form={"data": question},
    )

    def ask() -> None:
        receive(asked, part, budget, report)
        check_answer(part, host, may_be_empty=may_be_empty)

    report.passing(f"asking {host} for the streets")
    with whole(target) as part:
        patiently(ask, budget, report)


def check_answer(file: Path, host: str, *, may_be_empty: bool = False) -> None:
    """Look whether an answer is OpenStreetMap data, whole, without a complaint, and has streets.

    Raises
    ------
    TryAgainError, ServiceError
        The first where the same question may do better.
    """
    with file.open("rb") as data:
        head = data.read(_EDGE)
        data.seek(max(0, file.stat().st_size - _EDGE))
        tail = data.read()
    if b"<osm" not in head:
        said = _said(head.decode("utf-8", "replace"))
        if any(word in said for word in _BUSY_WORDS):
            raise TryAgainError(f"{host} is too busy")
        msg = f"{host} answers with a page in place of data ({said or 'empty'}): check OVERPASS_URL"
        raise ServiceError(msg)
    remark = re.search(rb"<remark>(.*?)</remark>", tail, re.DOTALL)
    if remark:
        _refuse_remark(" ".join(html.unescape(remark[1].decode("utf-8", "replace")).split()), host)
    if not tail.rstrip().endswith(b"</osm>"):
        raise TryAgainError(f"the answer of {host} breaks off in the middle", tries=BROKEN_TRIES)
    if not may_be_empty and not _has_ways(file):
        msg = f"{host} has no streets there: check the place, or give an extract to network build"
        raise ServiceError(msg)


def _refuse_remark(remark: str, host: str) -> None:
    """Act on what Overpass says at the end of an answer that it could not finish, with status 200."""
    if "error" not in remark:
        return
    if any(word in remark for word in _BUSY_WORDS):
        raise TryAgainError(f"{host} is too busy")
    msg = f"{host} could not finish ({remark[:200]}): choose a smaller place or try again later"
    raise ServiceError(msg)


def _has_ways(file: Path) -> bool:
    with file.open("rb") as lines:
        return any(b"<way " in line for line in lines)


def _said(page: str) -> str:
    """Return the text of an error page: what follows "Error", else its beginning, on one line."""
    body = re.sub(r"<(head|style|script)\b.*?</\1>", " ", page, flags=re.DOTALL | re.IGNORECASE)
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
    at = text.find("Error")
    return text[max(at, 0) :][:160]
