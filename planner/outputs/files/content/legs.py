"""A way between two places as files tell it: its lines, and its pieces for maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.files.content.plan import FileLeg, FilePiece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.domain.itinerary import PartyItinerary
    from planner.outputs.maps.content import MapLeg
    from planner.outputs.timeline.rows import LegRow


def leg_of(row: LegRow, way: PartyItinerary, pieces: Iterable[MapLeg]) -> FileLeg:
    """Return a leg of a party's way; what is only assumed has no line to draw."""
    itinerary = way.itinerary
    leg = itinerary.legs[row.index]
    to = itinerary.calls[row.index].stop + 1 if row.index < len(itinerary.calls) else None
    drawn = [] if leg.assumed else [one for one in pieces if one.index == row.index and one.geometry]
    return FileLeg(
        party=way.name,
        to=to,
        mode=row.mode,
        depart=leg.depart,
        arrive=leg.arrive,
        distance_m=None if leg.assumed else leg.distance_m,
        estimated_m=leg.estimated_m,
        is_assumed=leg.assumed,
        told=tuple(_told(row)),
        pieces=tuple(FilePiece(one.mode, one.geometry, one.is_estimated) for one in drawn),
    )


def _told(row: LegRow) -> Iterator[str]:
    """Yield the lines of a leg: how and how long, its rides, what is doubtful about it."""
    how = f"{row.mode_name} {row.minutes}"
    yield f"{row.depart.text}–{row.arrive.text}: {', '.join(text for text in (how, row.distance) if text)}"
    if row.in_parts and not row.steps:
        yield row.in_parts
    for step in row.steps:
        if step.kind == "ride":
            yield " · ".join(text for text in (step.sentence, step.service, step.asks, step.later) if text)
    if row.estimated:
        yield row.estimated
    yield from (notice.text for notice in row.notices)
