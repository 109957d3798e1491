"""Documents of older forms, raised to the present one when they are read: here and nowhere else.

A release is frozen, so its document stays as the program of its day wrote it. Forms so far:

- 1, of releases without a mark: a warning has `params`, a mapping of texts and numbers, each of which may be
  missing; a `closed` warning of the earliest releases has no `kind` among them.
- 2: a warning is one dataclass of `planner.domain.warnings` with fields of its own.
- 3: stays are held in whole minutes, and arrivals are shown rounded up. Before, all was in seconds and shown
  rounded down: such instants are cut to the minute that was shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from planner.domain.clock import MINUTE_S, minute_until
from planner.domain.warnings.codes import (
    ClosedKind,
    Doubt,
    Holiday,
    LateFor,
    NoCoach,
    NoRide,
    ObstacleKind,
    WarningCode,
)

if TYPE_CHECKING:
    from enum import StrEnum

LOG = logging.getLogger(__name__)

FORM = 3
"""The form in which releases are written."""

_WARNINGS_OF_THEIR_OWN, _WHOLE_MINUTES = 2, 3

_INSTANTS = frozenset(
    {"start", "finish", "arrive", "leave", "depart", "time", "following", "last_back"},
)

_TOLD_LATE = frozenset({WarningCode.LATE.value})

Params = Mapping[str, Any]


def raise_release(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a release in the present form; one in the present form as it is."""
    release = {key: value for key, value in document.items() if key != "form"}
    form = document.get("form", 1)
    if form < _WARNINGS_OF_THEIR_OWN:
        release = {key: _raised(value) for key, value in release.items()}
    if form < _WHOLE_MINUTES:
        release |= {key: _in_minutes(release[key]) for key in ("itineraries", "parties") if key in release}
    return release


def _in_minutes(value: Any) -> Any:
    """Return a part of an itinerary with its instants cut to the minute."""
    if isinstance(value, list):
        return [_in_minutes(item) for item in value]
    if not isinstance(value, dict):
        return value
    cut = {key: _cut(item) if key in _INSTANTS else _in_minutes(item) for key, item in value.items()}
    return cut | _told_late(value) if value.get("code") in _TOLD_LATE else cut


def _told_late(warning: Mapping[str, Any]) -> dict[str, Any]:
    """By how much something was said to be late: rounded down, but never nothing."""
    by_s = warning.get("by_s")
    return {"by_s": max(MINUTE_S, minute_until(by_s))} if by_s else {}


def _cut(value: Any) -> Any:
    if isinstance(value, list):
        return [_cut(item) for item in value]
    return minute_until(value) if isinstance(value, int) else value


def _raised(value: Any) -> Any:
    """Return a part of a document with every list of warnings in it raised."""
    if isinstance(value, list):
        return [_raised(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _warnings(item) if key == "warnings" else _raised(item) for key, item in value.items()}


def _warnings(value: Any) -> Any:
    return [raised for warning in value if (raised := raise_warning(warning)) is not None]


def raise_warning(warning: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a warning of form 1 in form 2; None, and a line in the log, for a code that nobody knows."""
    try:
        code = WarningCode(str(warning.get("code")))
    except ValueError:
        LOG.warning("a release has a warning of an unknown code: %r", warning.get("code"))
        return None
    params: Params = warning.get("params") or {}
    place = {key: warning.get(key) for key in ("stop", "leg", "by_s")}
    return {"code": code.value, **place, **_FIELDS.get(code, _nothing)(params)}


def _text(params: Params, key: str) -> str:
    value = params.get(key)
    return "" if value is None else str(value)


def _number(params: Params, key: str) -> int | None:
    try:
        return int(float(_text(params, key)))
    except (ValueError, OverflowError):
        return None


def _word(kinds: type[StrEnum], params: Params, key: str) -> str | None:
    """Return a word that a field may be; None for any other."""
    text = _text(params, key)
    return text if text in set(kinds) else None


def _nothing(_params: Params) -> dict[str, Any]:
    return {}


def _metres(params: Params) -> dict[str, Any]:
    return {"metres": _number(params, "metres")}


def _closed(params: Params) -> dict[str, Any]:
    """Releases that were frozen before there were kinds have `opens` and `closes` at the most."""
    kind = _word(ClosedKind, params, "kind") or ClosedKind.NOT_TOLD
    told: dict[str, Any] = {"kind": str(kind)}
    if kind == ClosedKind.CLOSES:
        told |= {key: _text(params, key) for key in ("at", "closes")} | {"opens": _text(params, "from")}
        told |= {key: _number(params, key) for key in ("left_min", "dwell_min")}
    elif kind == ClosedKind.OPENS:
        told |= {key: _text(params, key) for key in ("at", "opens")}
        told |= {key: _number(params, key) for key in ("in_min", "dwell_min")}
    elif kind == ClosedKind.NONE:
        told |= {"because": _word(Holiday, params, "because")}
    else:
        told |= {key: _text(params, key) for key in ("opens", "closes")}
    return told


def _not_step_free(params: Params) -> dict[str, Any]:
    try:
        at = [float(params["lon"]), float(params["lat"])]
    except (KeyError, TypeError, ValueError):
        at = None
    return {"obstacle": _word(ObstacleKind, params, "obstacle"), **_metres(params), "at": at}


_FIELDS: dict[WarningCode, Callable[[Params], dict[str, Any]]] = {
    WarningCode.CLOSED: _closed,
    WarningCode.LATE: lambda p: {"limit": _text(p, "limit"), "kind": _word(LateFor, p, "kind")},
    WarningCode.TIGHT: lambda p: {"limit": _text(p, "limit")},
    WarningCode.HOURS_UNKNOWN: lambda p: {"doubt": _word(Doubt, p, "doubt"), "comment": _text(p, "comment")},
    WarningCode.BY_APPOINTMENT: lambda p: {"comment": _text(p, "comment")},
    WarningCode.NO_WAY: lambda p: {"coach": _word(NoCoach, p, "coach")},
    WarningCode.LONG_WALK: _metres,
    WarningCode.FAR_FROM_STREETS: _metres,
    WarningCode.LONG_KERB_WALK: _metres,
    WarningCode.LOCATION_APPROXIMATE: lambda p: {
        key: _number(p, key) for key in ("error_m", "low_min", "high_min")
    },
    WarningCode.STEP_FREE_UNKNOWN: lambda p: {**_metres(p), "lines": _text(p, "lines")},
    WarningCode.NOT_STEP_FREE: _not_step_free,
    WarningCode.OVER_CAPACITY: lambda p: {key: _number(p, key) for key in ("capacity", "group")},
    WarningCode.PRECEDENCE: lambda p: {"name": _text(p, "name"), "after": _number(p, "after")},
    WarningCode.SKETCH_DATA: lambda p: {"estimated_percent": _number(p, "estimated_percent")},
    WarningCode.NO_SERVICE: lambda p: {
        "reason": _word(NoRide, p, "reason"),
        "at": _text(p, "at"),
        "lines": _text(p, "lines"),
        "near": _text(p, "stop"),
    },
    WarningCode.SERVICE_ESTIMATED: lambda p: {"line": _text(p, "line"), "every_min": _number(p, "every_min")},
    WarningCode.TIMETABLE_OUTDATED: lambda p: {
        "source": _text(p, "source"),
        "valid_from": _text(p, "from"),
        "valid_to": _text(p, "to"),
        "like": _text(p, "like"),
    },
    WarningCode.GROUP_TOO_BIG_FOR_BUS: lambda p: {
        "line": _text(p, "line"),
        "room": _number(p, "room"),
        "group": _number(p, "group"),
    },
    WarningCode.ON_REQUEST: lambda p: {"line": _text(p, "line"), "halt": _text(p, "stop")},
}
