"""Remedies as short texts that a button can send: "start:09:40", "cut:s3:10,s4:5", "drop:s4"."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from planner.domain.clock import canonical_time
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.order.proposals import Cut
from planner.domain.visits import Mode
from planner.errors import EditRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

END = "*"
"""Stands for the way to the end of the day where a stop's id would stand; no id is written so."""

BOTH = "&"
"""Stands between the two remedies of a pair; no id is written so."""

UNTIL = "~"
"""Stands between the ends of a window: a time may have a plus or a minus of its own."""

_MINUTES = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MODES = frozenset({Mode.WALK, Mode.BUS, Mode.COACH})


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


def _body(remedy: Remedy) -> str:
    return _WRITTEN[remedy.code](remedy)


def _read(code: RemedyCode, body: str) -> Remedy:
    return _READ[code](body)


def _order_text(remedy: Remedy) -> str:
    order = ",".join(map(_quoted, remedy.order))
    return f"{order};{_cuts_text(remedy.cuts)}" if remedy.cuts else order


def _read_order(body: str) -> Remedy:
    order, is_cut, cuts = body.partition(";")
    return Remedy(RemedyCode.ORDER, order=_ids(order), cuts=_cuts(cuts) if is_cut else ())


def _with_order(text: str, order: tuple[str, ...]) -> str:
    """A text with the order that comes with it, if one does."""
    return f"{text};{','.join(map(_quoted, order))}" if order else text


def _read_unlock(body: str) -> Remedy:
    stop, _, order = body.partition(";")
    return Remedy(RemedyCode.UNLOCK, stop=_id(stop), order=_ids(order))


def _read_after(body: str) -> Remedy:
    stops, has_order, order = body.partition(";")
    stop, _, other = stops.partition(":")
    return Remedy(RemedyCode.AFTER, stop=_id(stop), other=_id(other), order=_ids(order) if has_order else ())


def _read_fixed(body: str) -> Remedy:
    stop, _, time = body.partition(":")
    return Remedy(RemedyCode.FIXED, stop=_id(stop), time=_time(time))


def _read_window(body: str) -> Remedy:
    stop, number, span = (*body.split(":", 2), "", "")[:3]
    opens, _, closes = span.partition(UNTIL)
    if not _NUMBER.fullmatch(number):
        raise _unread(number, "is no number of a window")
    return Remedy(RemedyCode.WINDOW, stop=_id(stop), number=int(number), span=(_time(opens), _time(closes)))


def _read_mode(body: str) -> Remedy:
    stop, _, mode = body.rpartition(":")
    return Remedy(RemedyCode.MODE, stop=None if stop == END else _id(stop), mode=_mode(mode))


def _read_day_mode(body: str) -> Remedy:
    mode, has_order, order = body.partition(";")
    return Remedy(RemedyCode.DAY_MODE, mode=_mode(mode), order=_ids(order) if has_order else ())


def _read_pair(body: str) -> Remedy:
    both = tuple(remedy_of(key) for key in body.split(BOTH))
    if len(both) != 2 or any(one.code is RemedyCode.PAIR for one in both):  # noqa: PLR2004 - a pair
        raise _unread(body, "is no pair")
    return Remedy(RemedyCode.PAIR, both=both)


_WRITTEN: dict[RemedyCode, Callable[[Remedy], str]] = {
    RemedyCode.ORDER: _order_text,
    RemedyCode.START: lambda remedy: remedy.time,
    RemedyCode.CUT: lambda remedy: _cuts_text(remedy.cuts),
    RemedyCode.UNLOCK: lambda remedy: _with_order(_quoted(remedy.stop or ""), remedy.order),
    RemedyCode.AFTER: lambda remedy: _with_order(
        f"{_quoted(remedy.stop or '')}:{_quoted(remedy.other or '')}", remedy.order
    ),
    RemedyCode.END: lambda remedy: remedy.time,
    RemedyCode.WINDOW: lambda remedy: (
        f"{_quoted(remedy.stop or '')}:{remedy.number}:{UNTIL.join(remedy.span)}"
    ),
    RemedyCode.FIXED: lambda remedy: f"{_quoted(remedy.stop or '')}:{remedy.time}",
    RemedyCode.MODE: lambda remedy: f"{END if remedy.stop is None else _quoted(remedy.stop)}:{remedy.mode}",
    RemedyCode.DAY_MODE: lambda remedy: _with_order(str(remedy.mode), remedy.order),
    RemedyCode.DATE: lambda remedy: remedy.date.isoformat() if remedy.date else "",
    RemedyCode.DROP: lambda remedy: _quoted(remedy.stop or ""),
    RemedyCode.PAIR: lambda remedy: BOTH.join(map(key_of, remedy.both)),
}

_READ: dict[RemedyCode, Callable[[str], Remedy]] = {
    RemedyCode.ORDER: _read_order,
    RemedyCode.START: lambda body: Remedy(RemedyCode.START, time=_time(body)),
    RemedyCode.CUT: lambda body: Remedy(RemedyCode.CUT, cuts=_cuts(body)),
    RemedyCode.UNLOCK: _read_unlock,
    RemedyCode.AFTER: _read_after,
    RemedyCode.END: lambda body: Remedy(RemedyCode.END, time=_time(body)),
    RemedyCode.WINDOW: _read_window,
    RemedyCode.FIXED: _read_fixed,
    RemedyCode.MODE: _read_mode,
    RemedyCode.DAY_MODE: _read_day_mode,
    RemedyCode.DATE: lambda body: Remedy(RemedyCode.DATE, date=_date(body)),
    RemedyCode.DROP: lambda body: Remedy(RemedyCode.DROP, stop=_id(body)),
    RemedyCode.PAIR: _read_pair,
}


def _ids(text: str) -> tuple[str, ...]:
    return tuple(map(_id, text.split(",")))


def _time(text: str) -> str:
    return canonical_time(text)


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
