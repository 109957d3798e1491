"""The rain version of a day beside the day: what is somewhere else, at another time, by another way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.warnings.severity import Tone
from planner.words.formats import minutes_text
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.outputs.timeline.rows import EndRow, LegRow, StopRow, Timeline
    from planner.words.formats import Moment
    from planner.words.warnings.tell import Notice

SECONDS = 60


@dataclass(frozen=True)
class RainWarning:
    """A warning of the rain version, how loud it is, and whether the day has none such without rain."""

    text: str
    tone: str
    is_new: bool


@dataclass(frozen=True)
class RainRow:
    """A stop as it is when it rains, or the end of the day (`number` 0).

    Texts, '' where both versions have the same: `was` is the place without rain, `before` the times, `moved`
    by how much it begins later or earlier, `way_before` the way there. `way` and `address` are '' where
    there is none.
    """

    number: int
    id: str
    name: str
    times: str
    address: str = ""
    was: str = ""
    before: str = ""
    moved: str = ""
    way: str = ""
    way_before: str = ""
    warnings: tuple[RainWarning, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether anything of it is not as it is without rain."""
        return bool(self.was or self.before or self.way_before)


@dataclass(frozen=True)
class RainDay:
    """The rain version of a day, for all or for one party: its rows in their order.

    `times` are when it begins and ends, `before` those without rain, '' where they are the same; `warnings`
    are about the whole day.
    """

    rows: tuple[RainRow, ...]
    times: str
    before: str = ""
    party: str = ""
    warnings: tuple[RainWarning, ...] = ()

    @property
    def others(self) -> tuple[RainRow, ...]:
        """The rows that differ."""
        return tuple(row for row in self.rows if row.is_other)


def rain_day(dry: Timeline, wet: Timeline, party: str = "") -> RainDay:
    """Hold a day of the rain version against the day; both have the same stops in the same order.

    Needs an application context.
    """
    with force_locale(wet.language):
        times, before = (f"{day.summary.start}–{day.summary.finish}" for day in (wet, dry))
        return RainDay(
            rows=tuple(_rows(dry, wet)),
            times=times,
            before=before if before != times else "",
            party=party,
            warnings=_warnings(dry.notices, wet.notices),
        )


def _rows(dry: Timeline, wet: Timeline) -> Iterator[RainRow]:
    known = {_key(row): (row, way) for row, way in _with_ways(dry)}
    for row, way in _with_ways(wet):
        if found := known.get(_key(row)):
            yield _row(found[0], row, _ways(found[1], way), wet.language)


def _with_ways(day: Timeline) -> Iterator[tuple[StopRow | EndRow, LegRow | None]]:
    """Stops and the end, each with the way there."""
    way: LegRow | None = None
    for row in day.rows:
        if row.kind in {"stop", "end"}:
            yield row, way
        way = row if row.kind == "leg" else None


def _key(row: StopRow | EndRow) -> str:
    return row.id if row.kind == "stop" else ""


def _row(was: StopRow | EndRow, row: StopRow | EndRow, ways: tuple[str, str], language: str) -> RainRow:
    """A row of the rain version; `ways` are those of `_ways`."""
    begins, began = _begins(row), _begins(was)
    times, before = (one.times if one.kind == "stop" else one.time.text for one in (row, was))
    is_elsewhere = (row.name, row.address) != (was.name, was.address)
    return RainRow(
        number=row.number if row.kind == "stop" else 0,
        id=_key(row),
        name=row.name or gettext("End of the day"),
        times=times,
        address=row.address if row.address != row.name else "",
        was=was.name if is_elsewhere else "",
        before=before if before != times else "",
        moved=_moved(began, begins, language),
        way=ways[1],
        way_before=ways[0],
        warnings=_warnings(() if is_elsewhere else was.notices, row.alerts),
    )


def _begins(row: StopRow | EndRow) -> Moment:
    return row.start if row.kind == "stop" else row.time


def _moved(before: Moment, now: Moment, language: str) -> str:
    """By how much something comes earlier or later, '' where it does not."""
    later = dt.datetime.fromisoformat(now.iso) - dt.datetime.fromisoformat(before.iso)
    minutes = round(later.total_seconds() / SECONDS)
    if not minutes:
        return ""
    by = minutes_text(abs(minutes), language)
    return gettext("%(by)s earlier", by=by) if minutes < 0 else gettext("%(by)s later", by=by)


def _ways(before: LegRow | None, now: LegRow | None) -> tuple[str, str]:
    """How one comes there without rain, '' where it is the same, and in it."""
    if now is None:
        return "", ""
    is_same_mode = before is not None and before.mode_name == now.mode_name
    was = _way(before, has_mode=not is_same_mode) if before else ""
    return "" if was == _way(now, has_mode=not is_same_mode) else was, _way(now)


def _way(leg: LegRow, *, has_mode: bool = True) -> str:
    told = (f"{leg.mode_name} {leg.minutes}" if has_mode else leg.minutes, leg.distance)
    return ", ".join(text for text in told if text)


def _warnings(before: Iterable[Notice], now: Iterable[Notice]) -> tuple[RainWarning, ...]:
    """What must be seen at once; what is said without rain in the same words is not new."""
    known = {notice.text for notice in before}
    alerts = dict.fromkeys((notice.text, notice.tone) for notice in now if notice.tone != Tone.NOTE)
    return tuple(RainWarning(text, tone, text not in known) for text, tone in alerts)
