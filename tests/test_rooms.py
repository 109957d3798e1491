"""Who imports whom: the contract of the rooms, and what a serving process has loaded."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from planner.paths import ROOT
from planner.store.database import Database
from tests.kit.databases import sqlite_in

HEAVY = [
    "alembic",
    "geopandas",
    "networkx",
    "ortools",
    "osmium",
    "osmnx",
    "pandas",
    "pygments",
    "pyvrp",
    "zxcvbn",
]

SERVE = """
import json, sys
from planner.web.app import create_app

client = create_app().test_client()
health = client.get("/healthz")
ask = {"from": {"at": [19.82222, 49.97722]}, "to": {"at": [19.82609, 49.97548]}, "mode": "walk",
       "depart": "2026-12-02T09:00"}
leg = client.post("/api/v1/route", json=ask)
rooms = sorted({name.partition(".")[0] for name in sys.modules})
told = {"health": health.status_code, "route": leg.status_code, "leg": leg.get_json(), "rooms": rooms}
print(json.dumps(told))
"""


def test_a_serving_process_never_loads_what_only_builds_need(skawina_dir: Path, tmp_path: Path) -> None:
    data_dir = shutil.copytree(skawina_dir, tmp_path / "data")
    database = Database(sqlite_in(data_dir))
    database.upgrade()
    database.close()
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SERVE],
        cwd=ROOT,
        env={**kept, "PLANNER_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["health"], told["route"]) == (200, 200), told
    assert told["leg"]["distance_m"] > 200
    assert {"planner", "flask", "numpy", "scipy"} <= set(told["rooms"])
    assert sorted(set(HEAVY) & set(told["rooms"])) == []


def test_the_contract_of_the_rooms_is_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", done.stdout)
    assert kept is not None
    assert int(kept[1]) >= 3
