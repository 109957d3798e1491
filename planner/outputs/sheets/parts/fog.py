"""What holds in fog, which nobody knows beforehand: for who leads a column along a carriageway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.schedule.column import is_on_carriageway
from planner.outputs.sheets.blocks import Line
from planner.outputs.sheets.parts.ways import goal
from planner.words.translation import gettext
from planner.words.warnings.rules import CARRIAGEWAY_SOURCE

if TYPE_CHECKING:
    from planner.outputs.sheets.source import SheetSource


def in_fog(source: SheetSource) -> list[Line]:
    """Return in one line which ways may not be walked in fog; none where none leads along a carriageway."""
    rows = source.timeline.rows
    legs = source.itinerary.legs
    ways = [leg for leg in source.timeline.legs if is_on_carriageway(legs[leg.index])]
    if not ways:
        return []
    goals = (" ".join(text for text in goal(rows, leg) if text) for leg in ways)
    told = gettext(
        "In fog a group may not walk on the carriageway: wait, or take another way to: %(goals)s.",
        goals=", ".join(goals),
    )
    return [Line(f"{told} {gettext('Why: %(source)s.', source=CARRIAGEWAY_SOURCE)}", "warn")]
