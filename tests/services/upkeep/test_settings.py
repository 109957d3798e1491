"""The settings that are read from the environment: what is taken, and what is refused with a reason."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planner.errors import SettingError
from planner.paths import ROOT
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


def search_time(folder: Path, given: str) -> float:
    environ = {"PLANNER_DATA_DIR": str(folder), "SECRET_KEY": "for tests", "SEARCH_TIME": given}
    return read_settings(environ).search_time


@pytest.mark.parametrize(("given", "taken"), [("", 1.0), ("2.5", 2.5), ("0.1", 0.1), ("100", 100.0)])
def test_searches_may_take_so_many_times_the_usual_time(tmp_path: Path, given: str, taken: float) -> None:
    assert search_time(tmp_path, given) == taken


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "101", "long"])
def test_a_time_in_which_nothing_can_be_searched_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingError, match=f"^SEARCH_TIME: '{given}' is no number above 0 and up to 100$"):
        search_time(tmp_path, given)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("PORT", "abc", "'abc' is not a port: give a whole number from 1 to 65535"),
        ("PORT", "0", "'0' is not a port"),
        ("PORT", "65536", "'65536' is not a port"),
        ("PORT", "-1", "'-1' is not a port"),
        ("PORT", "9" * 5000, "is not a port"),
        ("TRUSTED_PROXIES", "x", "'x' is not a number of proxies: give a whole number from 0 to 100"),
        ("TRUSTED_PROXIES", "1.5", "'1.5' is not a number of proxies"),
        ("RATE_LIMITS", "no", "'no' is neither on nor off"),
        ("TILE_URL", "tiles.example/{z}/{x}/{y}.png", "is no address of map tiles"),
        ("TILE_URL", "ftp://tiles.example/{z}/{x}/{y}.png", "is no address of map tiles"),
        ("TILE_URL", "https:///{z}/{x}/{y}.png", "is no address of map tiles"),
        ("TILE_URL", "https://tiles.example/{z}/{x}.png", "is no address of map tiles"),
        ("DATABASE_URL", "planner", "this is no SQLAlchemy address"),
        ("DATABASE_URL", "postgresql://me:secret@host:port/planner", "this is no SQLAlchemy address"),
        ("DATABASE_URL", "mongo://host/planner", "there is no driver for 'mongo'"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all/planner.sqlite", "there is no folder '/nowhere/at/all'"),
        ("STORAGE_URL", "/srv/shared", "'/srv/shared' is no storage: write one like file:///srv/shared or"),
        ("STORAGE_URL", "s3://UPPER/x", "is no storage"),
        ("NOMINATIM_URL", "nominatim.example", "is no address of a server: write one like https://nominatim"),
        ("NOMINATIM_URL", "https:///search", "is no address of a server"),
        (
            "OVERPASS_URL",
            "ftp://overpass.example/api",
            "is no address of a server: write one like https://over",
        ),
        ("OVERPASS_URL", "https://overpass.example/api?data=x", "is no address of a server"),
        ("OVERPASS_URL", "https://me@overpass.example/api", "is no address of a server"),
        ("SCHOOL_HOLIDAYS", "/nowhere/school.txt", "neither a readable file nor dates"),
        ("SCHOOL_HOLIDAYS", "2026-02-30", "2026-02-30"),
    ],
)
def test_what_cannot_be_used_is_named_and_said_in_one_line(
    tmp_path: Path, name: str, given: str, said: str
) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"PLANNER_DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests", name: given})
    told = refused.value.message
    assert told.startswith(f"{name}: ")
    assert said in told
    assert "\n" not in told
    assert "secret" not in told


def test_a_file_in_place_of_the_data_directory_is_said(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("", encoding="utf-8")
    for folder in (file, file / "below"):
        with pytest.raises(SettingError, match=r"^PLANNER_DATA_DIR: .*: give a folder that can be read"):
            read_settings({"PLANNER_DATA_DIR": str(folder)})


def test_a_data_directory_that_may_not_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write anywhere
    with pytest.raises(SettingError, match=r"^PLANNER_DATA_DIR: .*: Permission denied: give a folder"):
        read_settings({"PLANNER_DATA_DIR": str(tmp_path), "SECRET_KEY": "for tests"})


def test_a_kept_key_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("", encoding="utf-8")
    with pytest.raises(SettingError, match=r"^SECRET_KEY: no key can be read from .*secret_key"):
        read_settings({"PLANNER_DATA_DIR": str(tmp_path)})


def test_without_a_word_everything_has_its_default(tmp_path: Path) -> None:
    blank = dict.fromkeys(
        ("HOST", "PORT", "TRUSTED_PROXIES", "RATE_LIMITS", "TILE_URL", "DATABASE_URL", "SEARCH_TIME"), ""
    )
    for environ in ({}, blank):
        found = read_settings({"PLANNER_DATA_DIR": str(tmp_path), **environ})
        assert found.address == "http://127.0.0.1:8000"
        assert found.database_url == f"sqlite:///{tmp_path / 'planner.sqlite'}"
        assert (found.trusted_proxies, found.rate_limits, found.tile_url) == (0, True, None)
        assert found.secret_key == (tmp_path / "secret_key").read_text(encoding="utf-8")


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    tiles = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    environ = {"PORT": "8080", "TRUSTED_PROXIES": "2", "RATE_LIMITS": "off", "TILE_URL": tiles}
    environ |= {"PLANNER_DATA_DIR": str(tmp_path), "SECRET_KEY": " kept as it is "}
    found = read_settings(environ)
    assert (found.port, found.trusted_proxies, found.rate_limits) == (8080, 2, False)
    assert (found.tile_url, found.secret_key) == (tiles, " kept as it is ")


@pytest.mark.parametrize(
    "command",
    [("gunicorn", "wsgi:app"), pytest.param(("flask", "--app", "wsgi", "setup"), marks=pytest.mark.slow)],
)
def test_nothing_starts_with_bad_settings_and_all_of_them_are_told(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    bad = {"PORT": "abc", "TRUSTED_PROXIES": "x", "RATE_LIMITS": "no", "PLANNER_DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **bad},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert [line.split(":")[1] for line in ended.stderr.splitlines()] == [
        " PORT",
        " TRUSTED_PROXIES",
        " RATE_LIMITS",
    ]
