"""The day in one sentence: when it ends, what that leaves, what is to mend and what to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.warnings.codes import WarningCode
from planner.services.visits.readiness.points import UNCONFIRMED, Need, OpenKind
from planner.words.formats import minutes_text
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.visits import Day
    from planner.outputs.timeline.rows import Timeline
    from planner.services.visits.readiness.points import OpenPoint

Where = dict[str, str]
"""What has to be selected to see something, as a part of an address: {"stop": "s3"}."""

DAY: Where = {"part": "day"}
END: Where = {"part": "end"}
SETTINGS: Where = {"part": "settings"}
HOSTS: Where = {"page": "hosts"}
"""The page of the visit on which hosts are asked."""

RAIN: Where = {"page": "rain"}
"""The day as it goes when it rains."""

SEARCH: Where = {"page": "search"}
"""The editor's search, by which a day gets its first stop."""

MINUTE_S = 60


@dataclass(frozen=True)
class End:
    """When a day ends, and when it is to end at the latest, if that is asked."""

    finish: Instant
    limit: Instant | None


@dataclass(frozen=True)
class Verdict:
    """The parts of the sentence, '' for what there is nothing to say of, and where two of them lead to."""

    ends: str
    room: str
    is_late: bool
    mend: str
    mend_at: Where
    confirm: str
    confirm_at: Where


def verdict(timeline: Timeline, day: Day, end: End, points: Sequence[OpenPoint]) -> Verdict:
    """Return the sentence of a day, of what is open in it and in the visit; needs an application context."""
    with force_locale(timeline.language):
        left_s = None if end.limit is None else end.limit - end.finish
        bad = [point for point in points if point.need is Need.MEND]
        open_ones = [point for point in points if point.need is Need.CONFIRM]
        return Verdict(
            ends=gettext("Ends %(time)s", time=timeline.summary.finish),
            room=_room(left_s, timeline.language),
            is_late=left_s is not None and left_s < 0,
            mend=_to_mend(bad) if bad else "",
            mend_at=_where(bad[0], day) if bad else {},
            confirm=ngettext("%(num)d to confirm", "%(num)d to confirm", len(open_ones)) if open_ones else "",
            confirm_at=_confirmed_at(open_ones, day),
        )


def _room(left_s: int | None, language: str) -> str:
    if left_s is None:
        return ""
    if left_s < 0:
        late = minutes_text(-(left_s // MINUTE_S), language)
        return gettext("%(minutes)s after the limit", minutes=late)
    return gettext("%(minutes)s before the limit", minutes=minutes_text(left_s // MINUTE_S, language))


def _to_mend(points: Sequence[OpenPoint]) -> str:
    """How much is to mend; where the day without rain is in order, that it is not so when it rains."""
    if all(point.is_rain for point in points):
        return ngettext(
            "%(num)d to mend in the rain version", "%(num)d to mend in the rain version", len(points)
        )
    return ngettext("%(num)d to mend", "%(num)d to mend", len(points))


def _confirmed_at(points: Sequence[OpenPoint], day: Day) -> Where:
    """Where to begin: with the hosts, who are most of it; where all have answered, with the first point."""
    if any(point.kind in UNCONFIRMED and not point.is_rain for point in points):
        return HOSTS
    return _where(points[0], day) if points else {}


def _where(point: OpenPoint, day: Day) -> Where:
    """Where it is mended: a stop, the way to it, the day, or what holds for the whole visit."""
    if point.is_rain:
        return RAIN
    if point.kind is OpenKind.NO_STOPS:
        return SEARCH
    if point.day is None:
        return SETTINGS
    if point.stop is not None:
        return {"stop" if point.leg is None else "leg": day.stops[point.stop].id}
    is_late = any(warning.code is WarningCode.LATE for warning in point.warnings)
    return END if point.leg is not None or is_late else DAY
