"""What would cure a warning: one edit of the day, in a fixed ranking, with a key that a button can send."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from planner.domain.clock import parse_clock_time
from planner.domain.edits import stops as edits
from planner.domain.order.proposals import Cut
from planner.domain.visits import Mode
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from planner.domain.visits import Day, Stop

END = "*"
"""Stands for the way to the end of the day where a stop's id would stand; no id is written so."""

_MINUTES = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MODES = frozenset({Mode.WALK, Mode.BUS, Mode.COACH})


class RemedyCode(StrEnum):
    """The kinds of remedies, in the order in which they are offered."""

    ORDER = "order"
    START = "start"
    CUT = "cut"
    MODE = "mode"
    DATE = "date"
    DROP = "drop"


@dataclass(frozen=True)
class Remedy:
    """An edit of a day. Which fields it has tells `code`; the others are empty.

    `order` names all stops in their new order, which may come with `cuts`; `time` is the new local
    start; `mode` is that of the way to `stop`, of the way to the end of the day where that is None.
    """

    code: RemedyCode
    order: tuple[str, ...] = ()
    time: str = ""
    cuts: tuple[Cut, ...] = ()
    stop: str | None = None
    mode: Mode | None = None
    date: dt.date | None = None


def applied(day: Day, remedy: Remedy) -> Day:
    """Return the day with the remedy.

    Raises
    ------
    EditRefusedError
        If it does not fit the day: an unknown stop, a stay shorter than its minimum, a locked stop moved.
    """
    if remedy.code is RemedyCode.ORDER:
        return _cut(_reordered(day, remedy.order), remedy.cuts)
    if remedy.code is RemedyCode.START:
        return replace(day, start=replace(day.start, time=remedy.time))
    if remedy.code is RemedyCode.CUT:
        return _cut(day, remedy.cuts)
    if remedy.code is RemedyCode.MODE:
        return _moved_by(day, remedy.stop, remedy.mode)
    if remedy.code is RemedyCode.DATE:
        return replace(day, date=remedy.date or day.date)
    return edits.remove_stop(day, remedy.stop or "")


def least_min(stop: Stop) -> int:
    """Return the shortest stay in minutes; who names no minimum means the stay as it is."""
    return stop.dwell_min if stop.min_dwell_min is None else min(stop.min_dwell_min, stop.dwell_min)


def key_of(remedy: Remedy) -> str:
    """Return the remedy as a short text: "start:09:40", "cut:s3:10,s4:5", "mode:s2:coach", "drop:s4"."""
    return f"{remedy.code}:{_body(remedy)}"


def remedy_of(key: str) -> Remedy:
    """Read a remedy's key.

    Raises
    ------
    EditRefusedError
        If it is none that `key_of` writes.
    """
    code, _, body = key.partition(":")
    if code not in set(RemedyCode):
        raise _unread(key, "is no remedy")
    try:
        remedy = _read(RemedyCode(code), body)
    except EditRefusedError as error:
        raise _unread(key, "cannot be read") from error
    if key_of(remedy) != key:
        raise _unread(key, "is not how a remedy is written")
    return remedy


def _reordered(day: Day, order: tuple[str, ...]) -> Day:
    stops = {stop.id: stop for stop in day.stops}
    if sorted(order) != sorted(stops):
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the order does not name every stop once")
    if any(stop.locked and order[at] != stop.id for at, stop in enumerate(day.stops)):
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the order moves a locked stop")
    return replace(day, stops=tuple(stops[stop_id] for stop_id in order))


def _cut(day: Day, cuts: tuple[Cut, ...]) -> Day:
    for cut in cuts:
        stop = next((stop for stop in day.stops if stop.id == cut.stop), None)
        if stop is None or stop.dwell_min - cut.minutes < least_min(stop):
            msg = f"the stay at {cut.stop!r} cannot be {cut.minutes} min shorter"
            raise EditRefusedError(Reason.REMEDY_UNFIT, msg)
        day = edits.change_stop(day, cut.stop, {"dwell_min": stop.dwell_min - cut.minutes})
    return day


def _moved_by(day: Day, stop: str | None, mode: Mode | None) -> Day:
    """The day with another mode of one leg; what the whole day has is not said again."""
    own = None if mode is day.mode else mode
    if stop is not None:
        return edits.change_stop(day, stop, {"mode_to": own})
    if day.end is None or day.end.place is None:
        raise EditRefusedError(Reason.REMEDY_UNFIT, "the day ends where its last stop is")
    return replace(day, end=replace(day.end, mode_to=own))


def _body(remedy: Remedy) -> str:
    if remedy.code is RemedyCode.ORDER:
        order = ",".join(map(_quoted, remedy.order))
        return f"{order};{_cuts_text(remedy.cuts)}" if remedy.cuts else order
    if remedy.code is RemedyCode.START:
        return remedy.time
    if remedy.code is RemedyCode.CUT:
        return _cuts_text(remedy.cuts)
    if remedy.code is RemedyCode.MODE:
        return f"{END if remedy.stop is None else _quoted(remedy.stop)}:{remedy.mode}"
    if remedy.code is RemedyCode.DATE:
        return remedy.date.isoformat() if remedy.date else ""
    return _quoted(remedy.stop or "")


def _read(code: RemedyCode, body: str) -> Remedy:
    if code is RemedyCode.ORDER:
        order, is_cut, cuts = body.partition(";")
        return Remedy(code, order=tuple(map(_id, order.split(","))), cuts=_cuts(cuts) if is_cut else ())
    if code is RemedyCode.START:
        parse_clock_time(body)
        return Remedy(code, time=body)
    if code is RemedyCode.CUT:
        return Remedy(code, cuts=_cuts(body))
    if code is RemedyCode.MODE:
        stop, _, mode = body.rpartition(":")
        return Remedy(code, stop=None if stop == END else _id(stop), mode=_mode(mode))
    if code is RemedyCode.DATE:
        return Remedy(code, date=_date(body))
    return Remedy(code, stop=_id(body))


def _quoted(stop: str) -> str:
    return quote(stop, safe="")


def _id(text: str) -> str:
    if not text:
        raise _unread(text, "is a stop without an id")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise _unread(text, "is no id of a stop") from error


def _cuts_text(cuts: tuple[Cut, ...]) -> str:
    return ",".join(f"{_quoted(cut.stop)}:{cut.minutes}" for cut in cuts)


def _cuts(text: str) -> tuple[Cut, ...]:
    pairs = [cut.rpartition(":") for cut in text.split(",")]
    if len({stop for stop, _, _ in pairs}) < len(pairs):
        raise _unread(text, "cuts a stop twice")
    return tuple(Cut(_id(stop), _minutes(minutes)) for stop, _, minutes in pairs)


def _minutes(text: str) -> int:
    if not _MINUTES.fullmatch(text):
        raise _unread(text, "is no number of minutes")
    return int(text)


def _mode(text: str) -> Mode:
    if text not in _MODES:
        raise _unread(text, "is no way of moving on one leg")
    return Mode(text)


def _date(text: str) -> dt.date:
    with suppress(ValueError):  # 2026-02-30
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    raise _unread(text, "is no date")


def _unread(text: str, why: str) -> EditRefusedError:
    return EditRefusedError(Reason.NO_REMEDY, f"not a remedy: {text[:80]!r} {why}", value=text[:80])
