"""Settings, all from the environment, with defaults that just work."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.domain.hours.school import NO_SCHOOL_CALENDAR, SchoolCalendar, read_school_calendar
from planner.errors import SettingError
from planner.paths import ROOT
from planner.storage.place import FORM as STORAGE_FORM
from planner.storage.place import SETTING as STORAGE_SETTING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_FILE = "secret_key"
DATA_SETTING, SCHOOL_SETTING = "PLANNER_DATA_DIR", "SCHOOL_HOLIDAYS"
_HOST = r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-f:.]+\])"
"""A name, or an address; of version 6 in brackets."""

LEAST_KEY = 16
LAST_PORT, MOST_PROXIES, MOST_SEARCH_TIME, MOST_DAYS, MOST_UPLOAD_MB = 65_535, 100, 100, 3_650, 10_000
MOST_WORKER_MB = 100_000


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

    public_url: str | None = None
    """How everybody reaches the service, without a slash at the end: links, codes and files begin so."""

    trusted_hosts: tuple[str, ...] = ()
    """By which names it answers besides, without ports; one that begins with a dot, all below it."""

    audit_days: int = 365
    """So many days the log of who did what is kept."""

    second_factor_for_admins: bool = False
    """Whether administrators have to set up a second factor before they may do anything."""

    access_log: bool = True
    """Whether each request leaves a line in the service's log."""

    json_log: bool = False
    """Whether the service's log is one JSON object a line."""

    rate_limits: bool = False
    """Whether calls are counted; read_settings switches it on unless RATE_LIMITS is "off"."""

    limits_url: str | None = None
    """The Redis or Valkey in which all workers count calls together; without one each counts for itself."""

    school: SchoolCalendar = NO_SCHOOL_CALENDAR
    """When the schools have holidays, for opening hours that speak of them."""

    storage_url: str | None = None
    """Where machines share what is built, photos and uploads; None: there is one machine."""

    metrics_key: str | None = None
    """What a machine elsewhere must say to read /metrics; None: only this machine may."""

    town_upload_mb: int = 300
    """So large a map or timetable may be that administrators send."""

    feed_hosts: tuple[str, ...] = ()
    """Hosts of timetables that may lie in a private network or on this machine."""

    nominatim_url: str = ""
    overpass_url: str = ""
    """Other servers than OpenStreetMap's own, '' for those."""

    worker_mb: int = 180
    """Megabytes of its own from which on a worker makes way: long work leaves memory in pieces."""

    search_time: float = 1.0
    """How many times the usual time searches are allowed, for slow machines; above 0."""

    @property
    def address(self) -> str:
        """The address to type into a browser: the public one, else the one on this machine."""
        return self.public_url or f"http://{self.host}:{self.port}"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; the data directory and the secret key are made at the first run.

    Raises
    ------
    SettingError
        If some cannot be used, with a sentence for each that says what to do.
    """
    reader = _SettingReader(environ)
    data_dir = reader.data_dir()
    settings = Settings(
        data_dir=data_dir,
        database_url=reader.database_url(data_dir),
        secret_key=reader.secret_key(data_dir),
        host=reader.text("HOST") or "127.0.0.1",
        port=reader.whole("PORT", 8000, (1, LAST_PORT), "a port"),
        tile_url=reader.tile_url(),
        tile_attribution=reader.text("TILE_ATTRIBUTION") or None,
        trusted_proxies=reader.whole("TRUSTED_PROXIES", 0, (0, MOST_PROXIES), "a number of proxies"),
        public_url=reader.public_url(),
        trusted_hosts=reader.hosts("TRUSTED_HOSTS"),
        audit_days=reader.whole("AUDIT_DAYS", 365, (1, MOST_DAYS), "a number of days"),
        second_factor_for_admins=reader.one_of("SECOND_FACTOR", ("offered", "admins")) == "admins",
        access_log=reader.is_on("ACCESS_LOG"),
        json_log=reader.one_of("LOG_FORMAT", ("text", "json")) == "json",
        rate_limits=reader.is_on("RATE_LIMITS"),
        limits_url=reader.limits_url(),
        school=reader.school(),
        storage_url=reader.storage_url(),
        metrics_key=reader.metrics_key(),
        worker_mb=reader.whole("WORKER_MB", 180, (1, MOST_WORKER_MB), "a number of megabytes"),
        search_time=reader.search_time(),
        town_upload_mb=reader.whole("TOWN_UPLOAD_MB", 300, (1, MOST_UPLOAD_MB), "a number of megabytes"),
        feed_hosts=reader.hosts("FEED_HOSTS"),
        nominatim_url=reader.web_address("NOMINATIM_URL", "https://nominatim.example/"),
        overpass_url=reader.web_address("OVERPASS_URL", "https://overpass.example/api/interpreter"),
    )
    if reader.faults:
        raise SettingError(reader.faults)
    return settings


class _SettingReader:
    """Reads one setting after the other; what cannot be used gets its default and a sentence in `faults`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        """What is set, '' where nothing is."""
        return self._environ.get(name, "").strip()

    def whole(self, name: str, default: int, limits: tuple[int, int], what: str) -> int:
        """A whole number within limits."""
        given, (least, most) = self.text(name), limits
        if not given:
            return default
        if given.isascii() and given.isdecimal() and least <= int(given[:9]) <= most:
            return int(given)
        self._blame(name, f"{given!r} is not {what}: give a whole number from {least} to {most}")
        return default

    def is_on(self, name: str) -> bool:
        """Whether something is on; it is, unless it is switched off."""
        given = self.text(name)
        if given.casefold() not in {"", "on", "off"}:
            self._blame(name, f"{given!r} is neither on nor off: write one of them, or leave it out")
        return given.casefold() != "off"

    def one_of(self, name: str, words: tuple[str, str]) -> str:
        """One of two words; the first where nothing is set."""
        given = self.text(name).casefold() or words[0]
        if given not in words:
            self._blame(name, f"{given!r} is neither {words[0]} nor {words[1]}: write one of them")
        return given

    def data_dir(self) -> Path:
        """The data directory, made where it is not there yet."""
        folder = Path(self._environ.get(DATA_SETTING) or ROOT / "instance").absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            why = "a file stands there" if isinstance(error, FileExistsError) else error.strerror
            self._blame(DATA_SETTING, f"{str(folder)!r}: {why}: give a folder that can be read and written")
        return folder

    def database_url(self, data_dir: Path) -> str:
        """An address that SQLAlchemy can open, as far as that can be told without opening it."""
        given = self.text("DATABASE_URL")
        if not given:
            return f"sqlite:///{data_dir / 'planner.sqlite'}"
        from planner.store.engine.address import fault_of  # noqa: PLC0415 - SQLAlchemy takes a while
        from planner.store.engine.postgres import with_driver  # noqa: PLC0415

        url = with_driver(given)
        if fault := fault_of(url):
            self._blame("DATABASE_URL", fault)
        return url

    def secret_key(self, data_dir: Path) -> str:
        """The key that is set, else the one kept in the data directory."""
        given = self._environ.get("SECRET_KEY", "")
        if given or not data_dir.is_dir():
            return given
        file = data_dir / KEY_FILE
        try:
            kept = _kept_key(file)
        except (OSError, UnicodeDecodeError):
            kept = ""
        if not kept:
            self._blame("SECRET_KEY", f"no key can be read from {str(file)!r}: mend the file, or set the key")
        return kept

    def tile_url(self) -> str | None:
        """A pattern of addresses of map tiles."""
        given = self.text("TILE_URL")
        is_web = re.match(r"https?://[^/{}]*(?:\{s\})?[^/{}]+/", given, re.ASCII)
        has_y = "{y}" in given or "{-y}" in given  # the latter counts from the south
        if given and not (is_web and "{z}" in given and "{x}" in given and has_y):
            wanted = "https://tiles.example/{z}/{x}/{y}.png"
            self._blame("TILE_URL", f"{given!r} is no address of map tiles: write one like {wanted}")
        return given or None

    def limits_url(self) -> str | None:
        """The address of a Redis, or of a Valkey, which speaks the same."""
        given = self.text("LIMITS_URL")
        if given and not re.match(r"(?:redis|rediss|valkey|valkeys|redis\+unix)://.", given, re.ASCII):
            self._blame(
                "LIMITS_URL", "it is no address of a Redis or Valkey: write one like redis://127.0.0.1:6379/0"
            )
        return re.sub("^valkey", "redis", given) or None

    def public_url(self) -> str | None:
        """A scheme and a host, such as https://visits.example."""
        given = self.text("PUBLIC_URL").rstrip("/")
        if given and not re.fullmatch(rf"https?://{_HOST}(:\d{{1,5}})?", given, re.ASCII | re.IGNORECASE):
            self._blame(
                "PUBLIC_URL", f"{given!r} is no address without a path: write one like https://visits.example"
            )
        return given.lower() or None

    def web_address(self, name: str, wanted: str) -> str:
        """The address of a server, with its path; `wanted` is one like it."""
        given = self.text(name)
        form = rf"https?://{_HOST}(:\d{{1,5}})?(/[^\s?#]*)?"
        if given and not re.fullmatch(form, given, re.ASCII | re.IGNORECASE):
            self._blame(name, f"{given!r} is no address of a server: write one like {wanted}")
        return given

    def hosts(self, setting: str) -> tuple[str, ...]:
        """Names of hosts, between commas."""
        given = tuple(name.strip().casefold() for name in self.text(setting).split(",") if name.strip())
        for name in given:
            if not re.fullmatch(rf"\.?{_HOST}", name, re.ASCII):
                self._blame(setting, f"{name!r} is no host: write names like visits.example, without ports")
        return given

    def storage_url(self) -> str | None:
        """A directory or a bucket that all machines reach."""
        given = self.text(STORAGE_SETTING).rstrip("/")
        if given and not STORAGE_FORM.fullmatch(given):
            wanted = "file:///srv/shared or s3://BUCKET/FOLDER"
            self._blame(STORAGE_SETTING, f"{given!r} is no storage: write one like {wanted}")
        return given or None

    def metrics_key(self) -> str | None:
        """A secret that another machine says when it reads /metrics."""
        given = self.text("METRICS_KEY")
        if given and (len(given) < LEAST_KEY or not given.isascii()):
            self._blame("METRICS_KEY", f"give at least {LEAST_KEY} plain characters: openssl rand -hex 24")
        return given or None

    def search_time(self) -> float:
        """How many times the usual time searches may take."""
        given = self.text("SEARCH_TIME") or "1"
        try:
            times = float(given)
        except ValueError:
            times = 0.0
        if not 0 < times <= MOST_SEARCH_TIME:  # this refuses "nan" too
            self._blame("SEARCH_TIME", f"{given!r} is no number above 0 and up to {MOST_SEARCH_TIME}")
        return times

    def school(self) -> SchoolCalendar:
        """The school holidays: dates, or the path of a file with dates."""
        given = self.text(SCHOOL_SETTING)
        if not given:
            return NO_SCHOOL_CALENDAR
        is_dates = given[0].isdecimal() or given.startswith("covers ")
        try:
            return read_school_calendar(given if is_dates else Path(given).read_text(encoding="utf-8"))
        except OSError:
            why = f"{given!r} is neither a readable file nor dates like 2026-12-23/2026-12-31"
        except ValueError as error:
            why = str(error) if is_dates else f"the file {given}: {error}"
        self._blame(SCHOOL_SETTING, why)
        return NO_SCHOOL_CALENDAR

    def _blame(self, name: str, why: str) -> None:
        self.faults.append(f"{name}: {why}")


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
