"""Sheets about people: the list to tick, the school card, and an empty lined page.

Names come from tables of their own and go nowhere but onto the sheet that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.outputs.sheets.blocks import Counts, Facts, Heading, Line, Page, Ruled, Table, Title
from planner.outputs.timeline.rows import StopRow
from planner.words.formats import distance_text, plain_date
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.sheets.source import SheetSource

EMPTY_ROWS = 22
SIGNATURES = 4


def list_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the list to tick off: names, or empty rows to write them in."""
    names = [
        (name, party) for name, party in source.roll.names if not source.way or party in ("", source.party)
    ]
    rows = [(str(number), name, party, "", "", "") for number, (name, party) in enumerate(names, start=1)]
    rows += [("", "", "", "", "", "")] * (0 if names else EMPTY_ROWS)
    head = (
        gettext("No."),
        gettext("First name and surname"),
        gettext("Party"),
        gettext("Before"),
        gettext("Half way"),
        gettext("End"),
    )
    blocks = (
        Title(gettext("List of names"), (Line(source.title, "strong"), Line(source.when, "strong"))),
        Table(head, tuple(rows), (1, 8, 2.2, 1.7, 1.7, 1.7), is_open=True),
        Counts((gettext("Before setting out"), gettext("Half way"), gettext("At the end"))),
    )
    return (Page(blocks),)


def school_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return the card of a school trip: what was filled in, the programme, signatures left blank."""
    sums = source.itinerary.totals
    metres = sums.walk_m + sums.drive_m + sums.ride_m
    timeline = source.timeline
    trip = (
        (gettext("Date"), plain_date(source.plan.date, source.language)),
        (gettext("Departure and return"), f"{timeline.summary.start}–{timeline.summary.finish}"),
        (gettext("Length of the way"), distance_text(metres, source.language)),
        (gettext("Meeting point"), timeline.meeting_point),
    )
    rows = tuple((row.times, row.name, row.address) for row in timeline.rows if isinstance(row, StopRow))
    head = (gettext("Time"), gettext("Programme"), gettext("Address"))
    blank = (("", ""),) * SIGNATURES
    blocks = (
        Title(gettext("School trip card"), (Line(source.title, "strong"),)),
        Facts((*source.roll.card, *trip)),
        Heading(gettext("Programme")),
        Table(head, rows, (1.6, 5, 4)),
        Heading(gettext("Signatures")),
        Table((gettext("Head of the trip and carers"), gettext("Signature")), blank, (3, 2), is_open=True),
        Facts(((gettext("Approved (headteacher)"), ""),)),
    )
    return (Page(blocks),)


def lined_pages(source: SheetSource) -> tuple[Page, ...]:
    """Return an empty page with lines."""
    return (Page(tuple(_lined(source))),)


def _lined(source: SheetSource) -> Iterator[Title | Ruled]:
    yield Title(gettext("Notes"), (Line(source.title, "strong"), Line(source.when, "strong")))
    yield Ruled(0)
