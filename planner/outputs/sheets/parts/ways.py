"""Ways on paper: in a few lines beside the timetable, and as a list to tick off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.sheets.blocks import Heading, Line, Lines, Ticks, TimeRow
from planner.outputs.timeline.steps import RideStep
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.outputs.sheets.blocks import Block
    from planner.outputs.sheets.source import SheetSource
    from planner.outputs.timeline.rows import LegRow, Row

LONG_M = 300.0
MANY_TURNS = 3
"""A way is told turn by turn where it is longer than this, or has so many turns."""

ENDS = 2
"""The lines of directions that are no turns: setting out and being there."""


def way_lines(leg: LegRow, *, has_remarks: bool) -> tuple[Line, ...]:
    """Return a way in short: how and how long, and the walk to the first ride; the rides have their rows."""
    how = f"{leg.mode_name} {leg.minutes}"
    told = [Line(f"{how}, {leg.distance}" if leg.distance else how, "strong")]
    for step in leg.steps:
        if step.kind == "ride":
            break
        told.append(Line(f"{step.time.text} {step.text}", "soft"))
    if leg.in_parts and not leg.steps:
        told.append(Line(leg.in_parts, "soft"))
    told += [Line(where, "soft") for part in leg.parts for where in (part.before, part.after) if where]
    unseated = leg.unseated if has_remarks else ""
    if aside := " · ".join(text for text in (leg.estimated, leg.gather, leg.dark, unseated) if text):
        told.append(Line(aside, "soft"))
    told += [Line(notice.text, "warn") for notice in leg.alerts]
    if has_remarks:
        told += [Line(notice.text, "soft") for notice in leg.remarks if notice.code != "no_service"]
    return tuple(told)


def ride_rows(leg: LegRow, *, is_short: bool) -> Iterator[TimeRow]:
    """Return a row for each ride of a way, with the walk or the wait after it."""
    for number, step in enumerate(leg.steps):
        if step.kind != "ride":
            continue
        after = [later for later in leg.steps[number + 1 : number + 2] if later.kind != "ride"]
        head = " ".join(text for text in (step.name if step.line else "", step.towards) if text)
        lines = [Line(head, "strong")] if head else []
        lines.append(Line(f"{step.board.place} → {step.alight.place}, {step.stay}"))
        if not is_short:
            more = " · ".join(text for text in (step.service, step.later, step.last_back) if text)
            lines += [Line(text, "soft") for text in (more, step.asks) if text]
            lines += [Line(f"{later.time.text} {later.text}", "soft") for later in after]
        begins = f"~{step.board.time.text}" if step.board.about else step.board.time.text
        yield TimeRow(begins, step.alight.time.text, "", "", tuple(lines), badge=step.line or step.name)


def worth_telling(source: SheetSource, leg: LegRow) -> bool:
    """Whether one may go wrong: a long way, or one with many turns."""
    if not leg.directions:
        return False
    walked = sum(part.distance_m for part in source.itinerary.legs[leg.index].parts if part.kind == "walk")
    turns = max(0, len(leg.directions) - ENDS)
    return walked > LONG_M or turns >= MANY_TURNS


def goal(rows: Sequence[Row], leg: LegRow) -> tuple[str, str]:
    """Return number and name of where a way leads."""
    after = rows[rows.index(leg) + 1]
    if after.kind == "stop":
        return str(after.number), after.name
    return "", (after.name if after.kind == "end" else "") or gettext("End of the day")


def way_blocks(source: SheetSource, legs: Sequence[LegRow]) -> tuple[Block, ...]:
    """Return ways in running text: where to, and all the turns in one line."""
    if not legs:
        return ()
    lines = []
    for leg in legs:
        number, name = goal(source.timeline.rows, leg)
        said = " ".join(f"{text}." for part in leg.parts for text in part.lines)
        lines.append(Line(f"{leg.depart.text} → {' '.join(text for text in (number, name) if text)}: {said}"))
    return (Heading(gettext("Directions")), Lines(tuple(lines)))


def ticked(source: SheetSource, leg: LegRow) -> Iterator[Block]:
    """Return a way as a list to tick off, with each ride, the two after it and the last one back."""
    number, name = goal(source.timeline.rows, leg)
    told = [
        f"{leg.depart.text}–{leg.arrive.text}",
        f"{leg.mode_name} {leg.minutes}",
        leg.distance,
        leg.estimated,
        leg.dark,
    ]
    yield Heading(name, number, " · ".join(text for text in told if text))
    for part in leg.parts:
        if part.title:
            yield Lines((Line(part.title, "strong"),))
        if part.before:
            yield Lines((Line(part.before),))
        if part.lines:
            yield Ticks(part.lines)
        if part.after:
            yield Lines((Line(part.after),))
    rides = [step for step in leg.steps if isinstance(step, RideStep)]
    told_rides = tuple(line for step in rides for line in _ride_lines(step))
    if told_rides:
        yield Lines(told_rides)
    if notices := tuple(Line(notice.text, "warn") for notice in leg.alerts):
        yield Lines(notices)


def _ride_lines(step: RideStep) -> Iterator[Line]:
    for text in (step.later, step.last_back, step.service, step.asks):
        if text:
            yield Line(f"{step.name}: {text}")
