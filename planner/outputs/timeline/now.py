"""What the first screen of a phone says at each time of the day, ready written: a script picks what is true.

A card begins when the one before it ends. The first says where and when all meet, the last that all is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.outputs.timeline.rows import EndRow, LegRow, SplitRow, StartRow, StopRow
from planner.words.formats import Moment
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.outputs.timeline.rows import Row, Timeline


@dataclass(frozen=True)
class NowCard:
    """What is true from `begins` (None: from ever) until the next card begins.

    `label` "Now", `title` a place, `until` "until 11:05", `lines` what comes next. `counts` is what happens
    at `ends`, with {left} for the time until then, '' where nothing is counted. `stop` is the number of
    the stop that is reached next, or where one is, None without any; `anchor` leads to the row of the list.
    """

    kind: str
    begins: Moment | None
    ends: Moment | None
    label: str
    title: str
    until: str = ""
    lines: tuple[str, ...] = ()
    counts: str = ""
    stop: int | None = None
    anchor: str = ""


def now_cards(timeline: Timeline) -> tuple[NowCard, ...]:
    """Return the cards of a day in the order of their times; needs an application context."""
    with force_locale(timeline.language):
        return tuple(_cards(timeline))


def _cards(timeline: Timeline) -> Iterator[NowCard]:
    rows = timeline.rows
    yield _before(timeline)
    for at, row in enumerate(rows):
        if isinstance(row, StartRow):
            yield _gathering(timeline, rows, at)
        elif isinstance(row, LegRow):
            yield _moving(rows, at, row)
        elif isinstance(row, StopRow):
            yield _staying(rows, at, row)
        elif isinstance(row, SplitRow):
            yield _parted(rows, at, row)
        else:
            yield _after(timeline, row)


def _before(timeline: Timeline) -> NowCard:
    where = (timeline.meeting_address,) if timeline.meeting_address not in timeline.meeting_point else ()
    bring = (gettext("Please bring: %(things)s", things=timeline.bring),) if timeline.bring else ()
    return NowCard(
        kind="before",
        begins=None,
        ends=timeline.meeting_time,
        label=gettext("We meet"),
        title=timeline.meeting_point,
        until=gettext("%(date)s at %(time)s", date=timeline.date, time=timeline.meeting_time.text),
        lines=tuple(text for text in (*where, *bring) if text),
        counts=gettext("in {left}"),
    )


def _gathering(timeline: Timeline, rows: Sequence[Row], at: int) -> NowCard:
    ends = _begins(rows[at + 1])
    return NowCard(
        kind="stop",
        begins=timeline.meeting_time,
        ends=ends,
        label=gettext("Now"),
        title=timeline.meeting_point,
        until=gettext("until %(time)s", time=ends.text),
        lines=_onward(rows, at),
        counts=gettext("leave in {left}"),
    )


def _moving(rows: Sequence[Row], at: int, leg: LegRow) -> NowCard:
    to = rows[at + 1]
    return NowCard(
        kind="leg",
        begins=leg.depart,
        ends=leg.arrive,
        label=gettext("On the way to"),
        title=_name(to),
        until=gettext("there at %(time)s", time=leg.arrive.text),
        lines=(how_told(leg), *rides_told(leg)),
        counts=gettext("there in {left}"),
        stop=to.number if isinstance(to, StopRow) else None,
        anchor=leg.anchor,
    )


def how_told(leg: LegRow) -> str:
    """How one goes a way, for how long and how far."""
    return ", ".join(text for text in (f"{leg.mode_name} {leg.minutes}", leg.distance) if text)


def rides_told(leg: LegRow) -> tuple[str, ...]:
    """Each ride with its line, stops and minutes, and what goes after it."""
    rides = [step for step in leg.steps if step.kind == "ride"]
    told = [text for ride in rides for text in (ride.sentence, ride.later, ride.last_back) if text]
    return tuple(told) or ((leg.in_parts,) if leg.in_parts else ())


def _staying(rows: Sequence[Row], at: int, stop: StopRow) -> NowCard:
    onward = rows[at + 1]
    waits = gettext("Begins at %(time)s", time=stop.start.text) if stop.wait else ""
    return NowCard(
        kind="stop",
        begins=stop.arrive,
        ends=_begins(onward),
        label=gettext("Now"),
        title=stop.name,
        until=gettext("until %(time)s", time=stop.leave.text),
        lines=tuple(text for text in (waits, *_onward(rows, at)) if text),
        counts=gettext("{left} left") if isinstance(onward, EndRow) else gettext("leave in {left}"),
        stop=stop.number,
        anchor=stop.anchor,
    )


def _parted(rows: Sequence[Row], at: int, split: SplitRow) -> NowCard:
    return NowCard(
        kind="split",
        begins=split.time,
        ends=_begins(rows[at + 1]),
        label=gettext("Now"),
        title=gettext("In parties"),
        lines=(gettext("Choose your party above to see where it is."), *_onward(rows, at)),
        counts=gettext("all meet again in {left}"),
    )


def _after(timeline: Timeline, end: EndRow) -> NowCard:
    later = timeline.days[timeline.day + 1 :]
    lines = (gettext("Next day: %(day)s", day=later[0].label),) if later else timeline.thanks
    return NowCard(
        kind="after",
        begins=end.time,
        ends=None,
        label=gettext("The day is over"),
        title=gettext("Thank you for coming!"),
        lines=lines,
    )


def _onward(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """How it goes on from a place: the way and when to leave, or what comes at the same place."""
    onward = rows[at + 1]
    if isinstance(onward, LegRow):
        words = {"minutes": onward.minutes, "way": onward.mode_name.lower(), "time": onward.depart.text}
        words["place"] = _name(rows[at + 2])
        return (gettext("Then %(minutes)s %(way)s to %(place)s: leave at %(time)s", **words),)
    if isinstance(onward, StopRow):
        return (gettext("Then: %(place)s at %(time)s", place=onward.name, time=onward.start.text),)
    return ()


def _begins(row: Row) -> Moment:
    """When a row begins."""
    if isinstance(row, LegRow):
        return row.depart
    return row.arrive if isinstance(row, StopRow) else row.time


def _name(row: Row) -> str:
    """Where a way leads."""
    if isinstance(row, StopRow | EndRow) and row.name:
        return row.name
    return gettext("the end of the day") if isinstance(row, EndRow) else gettext("the next stop")
