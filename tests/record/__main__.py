"""Record a checkout: `python -m tests.record OUT_DIR [--tree DIR]`, run from the checkout's root."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.record import accounts, api, catalogue, pages, proposals, refusals, shared, shots, visits
from tests.record.client import Client
from tests.record.keeper import Keeper
from tests.record.service import Service, serve

SHOT = (
    "home", "visits-new", "sites", "site", "site-new", "import", "import-preview", "users", "account",
    "sign-in", "editor-one", "editor-three-2", "editor-closed", "editor-coach", "editor-backward",
    "editor-outdated", "editor-many-14", "share-three", "share-coach", "proposal-one", "proposal-closed",
    "what-if-week", "what-if-two", "parties", "parties-proposal", "parties-print", "shown-one-page",
    "shown-three-2", "shown-parties-page", "shown-party", "shown-closed-page", "print-one-page",
    "print-three-page", "print-party", "dead-coach-page", "no-such-page", "editor-missing",
)  # fmt: skip
PAPERS = ("parties-print", "print-one-page", "print-three-page", "print-party")


@dataclass
class Clock:
    """Tells how long each part has taken."""

    began: float = field(default_factory=time.monotonic)
    parts: dict[str, float] = field(default_factory=dict)

    def told(self, part: str) -> None:
        """The part that has just ended."""
        self.parts[part] = round(time.monotonic() - self.began - sum(self.parts.values()), 1)
        print(f"  {part}: {self.parts[part]} s", flush=True)  # noqa: T201


def record(tree: Path, out: Path) -> None:
    """Record a checkout into a folder."""
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="record-") as data, serve(tree, Path(data)) as service:
        clock.told("set up")
        _record(service, out, tree.parent / "shared" / "cases" / "30-days", clock)
    files = {kind.name: len(list(kind.iterdir())) for kind in sorted(out.iterdir()) if kind.is_dir()}
    summary = {"files": files, "seconds": clock.parts}
    (out / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


def _record(service: Service, out: Path, cases: Path, clock: Clock) -> None:
    posts = Keeper(out / "posts")
    made = accounts.make(service, posts)
    previews = catalogue.work(made.anna)
    clock.told("accounts and catalogue")
    own = visits.make(made.anna)
    clock.told("visits")
    shared.split(made.anna, own.parties)
    links = shared.publish(made.anna, own)
    proposals.work(made.anna, own)
    refusals.work(made, own)
    clock.told("sharing and refusals")
    api.record(Client(service.port), Keeper(out / "api"), cases)
    clock.told("API")
    listed = pages.listed(own, links, made, previews)
    pages.record(made, Keeper(out / "pages"), listed)
    clock.told("pages")
    _shoot(made, out, listed)
    clock.told("screenshots")
    catalogue.bring_in(made.anna, previews["changes"])
    again = accounts.sign_in_again(service, posts, accounts.PIOTR, accounts.OTHER_PASSWORD)
    again.send("sign-out", "/account", "/sign-out")
    _commands(service, Keeper(out / "commands"))
    clock.told("the last forms, and commands")


def _shoot(made: accounts.Accounts, out: Path, listed: dict[str, pages.Open]) -> None:
    """Pictures by the administrator's browser, and by one that nobody has signed in."""
    nobody = {name: listed[name].path for name in SHOT if listed[name].who == "nobody"}
    signed_in = {name: listed[name].path for name in SHOT if name not in nobody}
    outside = shots.shoot(made.anna.client, out / "shots", signed_in, PAPERS)
    outside += shots.shoot(Client(made.anna.client.port), out / "shots", nobody, PAPERS)
    (out / "outside.json").write_text(json.dumps(sorted(outside), indent=1) + "\n", encoding="utf-8")


def _commands(service: Service, keep: Keeper) -> None:
    keep.folder.mkdir(parents=True)
    asked = {
        "check": ("check",), "check-json": ("check", "--json"), "users": ("users", "list"),
        "network": ("network", "info"), "network-json": ("network", "info", "--json"),
        "timetable": ("timetable", "info"), "timetable-json": ("timetable", "info", "--json"),
    }  # fmt: skip
    with ThreadPoolExecutor(2) as pool:
        for name, said in zip(
            asked, pool.map(lambda words: service.command(*words), asked.values()), strict=True
        ):
            (keep.folder / f"{name}.txt").write_text(said, encoding="utf-8")


def main() -> None:
    """Read the arguments, and begin anew where something was recorded before."""
    reader = argparse.ArgumentParser(prog="python -m tests.record", description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("--tree", type=Path, default=Path(), help="the checkout to record, else this one")
    given = reader.parse_args()
    out: Path = given.out.resolve()
    if (out / "summary.json").exists():
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    record(given.tree.resolve(), out)


if __name__ == "__main__":
    main()
