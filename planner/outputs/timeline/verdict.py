"""The day in one sentence: when it ends, what that leaves, what is to mend and what to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.outputs.timeline.rows import EndRow, LegRow, Noticed, StopRow
from planner.words.formats import minutes_text
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Itinerary
    from planner.domain.visits import Day
    from planner.outputs.timeline.rows import Timeline

Where = dict[str, str]
"""What has to be selected to see something, as a part of an address: {"stop": "s3"}."""

DAY: Where = {"part": "day"}
END: Where = {"part": "end"}
MINUTE_S = 60


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


def verdict(timeline: Timeline, day: Day, itinerary: Itinerary, limit: Instant | None) -> Verdict:
    """Return the sentence of a day with its latest end, if it has one; needs an application context."""
    with force_locale(timeline.language):
        left_s = None if limit is None else limit - itinerary.finish
        bad = list(_places(timeline, day, "alerts"))
        open_ones = list(_places(timeline, day, "remarks"))
        return Verdict(
            ends=gettext("Ends %(time)s", time=timeline.summary.finish),
            room=_room(left_s, timeline.language),
            is_late=left_s is not None and left_s < 0,
            mend=ngettext("%(num)d to mend", "%(num)d to mend", len(bad)) if bad else "",
            mend_at=bad[0] if bad else {},
            confirm=ngettext("%(num)d to confirm", "%(num)d to confirm", len(open_ones)) if open_ones else "",
            confirm_at=open_ones[0] if open_ones else {},
        )


def _room(left_s: int | None, language: str) -> str:
    if left_s is None:
        return ""
    if left_s < 0:
        late = minutes_text(-(left_s // MINUTE_S), language)
        return gettext("%(minutes)s after the limit", minutes=late)
    return gettext("%(minutes)s before the limit", minutes=minutes_text(left_s // MINUTE_S, language))


def _places(timeline: Timeline, day: Day, kind: str) -> Iterator[Where]:
    """Where each warning is, or each thing that is not confirmed."""
    if kind == "alerts":
        yield from (DAY for one in timeline.notices if one.tone != "note")
    for row in timeline.rows:
        if isinstance(row, Noticed):
            yield from [_where(row, day)] * len(getattr(row, kind))


def _where(row: Noticed, day: Day) -> Where:
    if isinstance(row, StopRow):
        return {"stop": row.id}
    if isinstance(row, LegRow) and row.index < len(day.stops):
        return {"leg": day.stops[row.index].id}
    return END if isinstance(row, EndRow | LegRow) else DAY
