"""The load tool: so many phones open a visit's page and go on asking, while its guide presses buttons.

A process of its own: `python -m tests.bench.load.phones` reads its orders as JSON and writes what it saw.
Each phone does what a browser does: the page, its files, the map, the worker, the copy for where there is no
signal, then `live.json` again and again with the tag of its last answer.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.bench.load.client import Answer, Client

_FILES = re.compile(r'(?:(?:href|src|data-library)=|from )"(/static/[^"?]+\.(?:css|js|svg))"')
_MAP = re.compile(r'data-map="([^"]+)"')
OK, NOT_MODIFIED = 200, 304
PRESS_EVERY_S = 4.0


@dataclass(frozen=True)
class Orders:
    """What to do: within `opening_s` all open the page, go on for `polling_s`, poll every `every_s` seconds.

    From one address (`addresses` 0) or as a proxy would tell of several.
    """

    port: int
    visit: str
    guide: str
    stop: str
    phones: int
    opening_s: float
    polling_s: float
    every_s: float
    addresses: int


@dataclass(frozen=True)
class Asked:
    """What a phone asks for when it opens the page."""

    page: str
    files: tuple[str, ...]
    copy: tuple[str, ...]


@dataclass
class Seen:
    """What came back: seconds by kind of request, what went wrong, the version each phone saw last."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    versions: dict[int, str] = field(default_factory=dict)
    presses: int = 0

    def note(self, kind: str, answer: Answer) -> None:
        self.took[kind].append(answer.took)
        if answer.status not in (OK, NOT_MODIFIED):
            self.faults[f"{kind}: {answer.status}"] += 1


def client_of(orders: Orders, number: int) -> Client:
    headers = {"Accept-Encoding": "br, gzip", "User-Agent": "phone"}
    if orders.addresses:
        headers["X-Forwarded-For"] = f"198.51.100.{number % orders.addresses + 1}"
    return Client("127.0.0.1", orders.port, headers)


async def learned(orders: Orders) -> Asked:
    """What the page loads, read once: all phones load the same."""
    client = Client("127.0.0.1", orders.port)
    page = f"{orders.visit}?lang=en"
    html = (await client.ask(page)).body.decode()
    (chart,) = (found.replace("&amp;", "&") for found in _MAP.findall(html))
    script = (await client.ask(chart)).body.decode()
    files = dict.fromkeys(_FILES.findall(html + script))
    listed = json.loads((await client.ask(f"{orders.visit}/copy.json?lang=en")).body)["entries"]
    copy = (entry["url"] for entry in listed if not entry["url"].startswith("/static/"))
    client.close()
    return Asked(page, (*files, chart), tuple(copy))


async def phone(orders: Orders, asked: Asked, seen: Seen, number: int, ends: float) -> None:
    """One phone: it opens the page at its time, and asks until the end."""
    chance = random.Random(number)  # noqa: S311 - no secret
    await asyncio.sleep(number / orders.phones * orders.opening_s)
    client = client_of(orders, number)
    try:
        seen.note("page", await client.ask(asked.page))
        for file in asked.files:
            seen.note("file", await client.ask(file))
        tag = await _poll(orders, client, seen, number, "")
        seen.note("copy", await client.ask(f"{orders.visit}/worker.js"))
        seen.note("copy", await client.ask(f"{orders.visit}/copy.json?lang=en"))
        for entry in asked.copy:
            seen.note("copy", await client.ask(entry))
        while time.monotonic() < ends:
            await asyncio.sleep(orders.every_s * chance.uniform(0.8, 1.2))
            tag = await _poll(orders, client, seen, number, tag)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        seen.faults[f"phone: {type(error).__name__}"] += 1
    finally:
        client.close()


async def _poll(orders: Orders, client: Client, seen: Seen, number: int, tag: str) -> str:
    headers = {"If-None-Match": tag} if tag else {}
    answer = await client.ask(f"{orders.visit}/live.json?lang=en", headers)
    seen.note("news" if answer.status == OK else "poll", answer)
    if answer.status == OK:
        seen.versions[number] = answer.headers["etag"]
    return answer.headers.get("etag", tag)


async def guide(orders: Orders, seen: Seen, last: float) -> None:
    """Press a button every few seconds, and at last let everybody catch up."""
    client = client_of(orders, 0)
    while time.monotonic() < last:
        seen.presses += 1
        minutes = 5 if seen.presses % 2 else -5
        body = {"kind": "shift", "stop": orders.stop, "minutes": minutes, "day": 1, "hand": "load"}
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"load-{seen.presses:06}"}
        sent = json.dumps(body).encode()
        seen.note("press", await client.ask(f"{orders.guide}/events", headers, method="POST", body=sent))
        await asyncio.sleep(PRESS_EVERY_S)
    client.close()


async def run(orders: Orders) -> dict[str, Any]:
    """Let all phones ask; what was seen, in milliseconds."""
    asked, seen = await learned(orders), Seen()
    ends = time.monotonic() + orders.opening_s + orders.polling_s
    calm = 2 * orders.every_s
    phones = [phone(orders, asked, seen, number, ends) for number in range(orders.phones)]
    await asyncio.gather(guide(orders, seen, ends - calm), *phones)
    client = client_of(orders, 0)
    newest = (await client.ask(f"{orders.visit}/live.json?lang=en")).headers["etag"]
    client.close()
    behind = sum(seen.versions.get(number) != newest for number in range(orders.phones))
    took = {kind: sorted(round(one * 1000, 1) for one in times) for kind, times in seen.took.items()}
    return {"took": took, "faults": dict(seen.faults), "behind": behind, "presses": seen.presses}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(run(Orders(**json.loads(sys.stdin.read()))))))
