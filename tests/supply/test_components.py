"""The page of components is that of the packages that are pinned."""

from __future__ import annotations

import json
import re

from planner.paths import ROOT
from tests.supply.components import PAGE, PIN, canonical, pinned

ROWS = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[2:]


def test_every_package_that_is_asked_for_is_listed_as_it_is_pinned() -> None:
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    allowed = {(canonical(name), version) for name, version in PIN.findall(pins)}
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    allowed |= {(path.removeprefix("node_modules/"), one.get("version")) for path, one in lock.items()}
    listed = {
        (canonical(name) if canonical(name) in pinned() else name, version) for name, version, _ in ROWS
    }
    assert listed - allowed == set(), "make components"
    asked = re.findall(r"^([\w-]+)>=", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name for name, _ in listed}
    assert [name for name in asked if canonical(name) not in names] == [], "make components"
    assert {"leaflet", "sortablejs"} <= names


def test_each_has_a_licence() -> None:
    assert [name for name, _, licence in ROWS if licence == "not declared"] == []


def test_every_pin_has_hashes() -> None:
    for file in ROOT.glob("requirements*.txt"):
        text = file.read_text(encoding="utf-8")
        bare = [
            name
            for name, rest in re.findall(r"^(\S+==\S+)(.*(?:\n {4}.*)*)", text, re.MULTILINE)
            if "sha256:" not in rest
        ]
        assert bare == [], file.name
