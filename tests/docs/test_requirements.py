"""Every package has a lowest version that is tried, and the pinned one is none below it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT
from tests import try_versions

if TYPE_CHECKING:
    from pathlib import Path

ASKED = re.compile(r"^([\w-]+)>=([\d.]+)(?: ; .+)?$")
"""What follows a semicolon says on which machines it is there at all."""
UV = """#!/bin/sh
for last; do :; done
[ "$1" != venv ] || { mkdir -p "$last/bin"; ln -s ENDS "$last/bin/python"; }
"""
"""A stand-in for uv that installs nothing; in place of the tests a command runs that ends so or so."""


def numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def test_every_package_has_a_lowest_version_below_the_pinned_ones() -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if not line.startswith("#")]
    assert [line for line in asked if not ASKED.match(line)] == []
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for line in asked:
        name, lowest = line.partition(" ;")[0].split(">=")
        pinned = re.findall(rf"^{name}==(\S+)", pins, re.MULTILINE | re.IGNORECASE)
        assert pinned, name
        assert all(numbers(version) >= numbers(lowest) for version in pinned), name


@dataclass(frozen=True)
class Ends:
    """How the tests end, whether there is another Python, and what is then told."""

    command: str
    other: str
    status: int
    told: list[str]


@pytest.mark.parametrize(
    "ends",
    [
        Ends("true", "", 0, ["oldest: passed", "newest: passed", "Python 3.13: not tried, not installed"]),
        Ends(
            "false",
            "python3.13",
            1,
            ["oldest: tests failed", "newest: tests failed", "python3.13: tests failed"],
        ),
    ],
    ids=["good", "bad"],
)
def test_each_set_is_tried_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ends: Ends
) -> None:
    uv = tmp_path / "uv"
    uv.write_text(UV.replace("ENDS", shutil.which(ends.command) or ""), encoding="utf-8")
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(try_versions, "FOLDER", tmp_path / "deps")
    monkeypatch.setattr(try_versions, "_other_python", lambda: ends.other)
    assert try_versions.main([]) == ends.status
    assert capsys.readouterr().out.splitlines()[-3:] == ends.told


def test_without_uv_one_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert try_versions.main([]) == 1
    assert "pipx install uv" in capsys.readouterr().out
