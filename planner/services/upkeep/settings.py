"""Settings, all from the environment (design.md section 5), with defaults that just work."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.hours.school import NO_SCHOOL_CALENDAR, SchoolCalendar, read_school_calendar
from planner.errors import SettingError
from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_FILE = "secret_key"
SCHOOL_SETTING = "SCHOOL_HOLIDAYS"
MOST_SEARCH_TIME = 100


@dataclass(frozen=True)
class Settings:
    """Where things lie and what the service is reached by."""

    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    tile_url: str | None = None
    tile_attribution: str | None = None
    trusted_proxies: int = 0
    """How many proxies of ours stand before the service: their X-Forwarded headers are believed."""

    rate_limits: bool = False
    """Whether calls are counted; read_settings switches it on unless RATE_LIMITS is "off"."""

    school: SchoolCalendar = NO_SCHOOL_CALENDAR
    """When the schools have holidays, for opening hours that speak of them."""

    search_time: float = 1.0
    """How many times the usual time searches are allowed, for slow machines; above 0."""

    @property
    def address(self) -> str:
        """The address to type into a browser on this machine."""
        return f"http://{self.host}:{self.port}"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; the data directory and the secret key are made at the first run.

    Raises
    ------
    SettingError
        If one cannot be used, with a sentence that says why.
    """
    data_dir = Path(environ.get("PLANNER_DATA_DIR") or ROOT / "instance").absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    return Settings(
        data_dir=data_dir,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'planner.sqlite'}",
        secret_key=environ.get("SECRET_KEY") or _kept_key(data_dir / KEY_FILE),
        host=environ.get("HOST") or "127.0.0.1",
        port=int(environ.get("PORT") or 8000),
        tile_url=environ.get("TILE_URL") or None,
        tile_attribution=environ.get("TILE_ATTRIBUTION") or None,
        trusted_proxies=int(environ.get("TRUSTED_PROXIES") or 0),
        rate_limits=environ.get("RATE_LIMITS") != "off",
        school=_school(environ.get(SCHOOL_SETTING, "").strip()),
        search_time=_search_time(environ.get("SEARCH_TIME") or "1"),
    )


def _search_time(given: str) -> float:
    try:
        found = float(given)
    except ValueError:
        found = 0.0
    if not 0 < found <= MOST_SEARCH_TIME:  # this refuses "nan" too
        msg = f"SEARCH_TIME: {given!r} is no number above 0 and up to {MOST_SEARCH_TIME}"
        raise SettingError(msg)
    return found


def _school(given: str) -> SchoolCalendar:
    """Read the school holidays: dates, or the path of a file with dates."""
    if not given:
        return NO_SCHOOL_CALENDAR
    is_dates = given[0].isdecimal() or given.startswith("covers ")
    try:
        return read_school_calendar(given if is_dates else Path(given).read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{SCHOOL_SETTING}: {given!r} is neither a readable file nor dates like 2026-12-23/2026-12-31"
        raise SettingError(msg) from error
    except ValueError as error:
        where = SCHOOL_SETTING if is_dates else f"{SCHOOL_SETTING}, the file {given}"
        msg = f"{where}: {error}"
        raise SettingError(msg) from error


def _kept_key(file: Path) -> str:
    """Return the key of this data directory; of two processes that start at once one makes it, whole."""
    if not file.exists():
        own = file.with_name(f"{KEY_FILE}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(own)
        own.unlink()
    return file.read_text(encoding="utf-8").strip()
