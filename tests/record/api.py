"""The API asked all that it can be asked, and more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.record.api_days import ORDERS, PLANS, SPLITS
from tests.record.api_faults import FAULTS, ODD, Bad
from tests.record.api_ways import MATRICES, ROUTES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.record.client import Client
    from tests.record.keeper import Keeper

API = "/api/v1"
IN_ENGLISH_TOO = ("route-walk", "route-bus", "route-coach", "plan-bus", "plan-closed", "order-conflict")
FAULTS_IN_ENGLISH = ("outside", "unknown-site", "many-faults", "bad-time", "get", "too-large", "no-json")


def record(client: Client, keep: Keeper, cases: Path) -> None:
    """Ask everything; `cases` has bodies of days that are hard, where there is such a folder."""
    _look(client, keep)
    bodies: dict[str, tuple[str, Any]] = {
        **{f"route-{name}": ("route", body) for name, body in ROUTES.items()},
        **{f"matrix-{name}": ("matrix", body) for name, body in MATRICES.items()},
        **{f"plan-{name}": ("plan", body) for name, body in PLANS.items()},
        **{f"order-{name}": ("plan", body) for name, body in ORDERS.items()},
        **{f"parties-{name}": ("parties", body) for name, body in SPLITS.items()},
        **_hard(cases),
    }
    for name, (call, body) in bodies.items():
        _ask(client, keep, name, Bad(call, body))
        if name in IN_ENGLISH_TOO:
            _ask(client, keep, f"{name}-en", Bad(call, body, headers={"Accept-Language": "en"}))
    for name, bad in FAULTS.items():
        _ask(client, keep, f"fault-{name}", bad)
        if name in FAULTS_IN_ENGLISH:
            headers = {**bad.headers, "Accept-Language": "en-GB,en;q=0.9"}
            _ask(client, keep, f"fault-{name}-en", Bad(bad.call, bad.body, bad.method, headers))
    for name, bad in ODD.items():
        _ask(client, keep, f"odd-{name}", bad)
    _ask(client, keep, "route-lang-en", Bad("route?lang=en", ROUTES["walk"]))
    _ask(client, keep, "plan-lang-unknown", Bad("plan?lang=de", PLANS["walk-defaults"]))


def _look(client: Client, keep: Keeper) -> None:
    keep.keep("healthz", client.get("/healthz"))
    keep.keep("openapi", client.get(f"{API}/openapi.json"))
    sites = keep.keep("sites", client.get(f"{API}/sites"))
    known = {"If-None-Match": sites.header("etag")}
    keep.keep("sites-known", client.send("GET", f"{API}/sites", headers=known))
    keep.keep("sites-packed", client.send("HEAD", f"{API}/sites", headers={"Accept-Encoding": "gzip"}))
    keep.keep("options", client.send("OPTIONS", f"{API}/plan"))


def _ask(client: Client, keep: Keeper, name: str, asked: Bad) -> None:
    answer = client.send(asked.method, f"{API}/{asked.call}", asked.sent, asked.all_headers)
    text = asked.sent[:20_000].decode("utf-8", "replace")
    keep.keep(name, answer, {"body": text, "headers": asked.all_headers})


def _hard(cases: Path) -> dict[str, tuple[str, Any]]:
    """Days without a way out, and a delegation in five parties, from a folder beside the checkout."""
    found: dict[str, tuple[str, Any]] = {}
    file = cases / "impossible.json"
    if file.exists():
        bodies = json.loads(file.read_text(encoding="utf-8"))
        found |= {f"impossible-{name}": ("plan", body) for name, body in bodies.items()}
    file = cases / "parties_4.json"
    if file.exists():
        found["parties-of-five"] = ("parties", json.loads(file.read_text(encoding="utf-8")))
    return found
