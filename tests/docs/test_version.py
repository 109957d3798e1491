"""The version stands in one place, and the changelog's newest is it."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib

from planner import __version__
from planner.download.receive import agent
from planner.paths import ROOT
from planner.web.api.openapi import description

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", CHANGELOG, re.MULTILINE)
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def test_the_newest_version_of_the_changelog_is_the_programs() -> None:
    assert VERSIONS[0][0] == __version__


def test_versions_and_their_dates_go_down_and_each_says_what_changed() -> None:
    assert len(VERSIONS) > 5
    assert [version for version, _ in VERSIONS] == sorted(
        {version for version, _ in VERSIONS}, key=numbers, reverse=True
    )
    dates = [dt.date.fromisoformat(date) for _, date in VERSIONS]
    assert dates == sorted(dates, reverse=True)
    parts = re.split(r"^## .*\n", CHANGELOG, flags=re.MULTILINE)[1:]
    assert [part for part in parts if not re.search(r"^### \w+\n- ", part, re.MULTILINE)] == []


def test_headings_are_versions_and_kinds_of_changes() -> None:
    headings = re.findall(r"^##+ .*$", CHANGELOG, re.MULTILINE)
    told = {f"## {version} - {date}" for version, date in VERSIONS} | {f"### {kind}" for kind in KINDS}
    assert [line for line in headings if line not in told | {"## Unreleased"}] == []


def test_the_version_stands_in_no_other_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    for file in ("package.json", "package-lock.json"):
        assert "version" not in json.loads((ROOT / file).read_text(encoding="utf-8")), file


def test_whoever_asks_hears_it() -> None:
    assert description()["info"]["version"] == __version__
    assert agent("", "town").startswith(f"study-visit-planner/{__version__} (")
