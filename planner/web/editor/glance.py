"""The day at a glance above the timetable: drawn to scale, and for the whole group told in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for
from markupsafe import Markup

from planner.outputs.glance.strip import StripDay, StripStop, draw_strip
from planner.outputs.glance.verdict import END, End, verdict
from planner.services.planning.case import Case
from planner.services.visits.readiness.find import open_points
from planner.web.frame.context import services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.domain.schedule.timed import TimedDay
    from planner.outputs.timeline.draft import DraftRow
    from planner.outputs.timeline.rows import Timeline
    from planner.services.visits.drafts import Draft
    from planner.services.visits.readiness.points import HostsSaid


def day_told(
    plan: Draft,
    timeline: Timeline | None,
    rows: tuple[DraftRow, ...],
    at: int,
    known: tuple[HostsSaid, frozenset[str]],
) -> dict[str, Any]:
    """Return `strip`, by which the day is also edited, and `verdict`, the sentence below it.

    `known` is what the hosts of the visit answered, and the drivers whose telephones are kept.
    """
    if plan.content is None or timeline is None:
        return {}
    visit, timed = plan.content.visit, _timed(plan.content, at)
    points = [point for point in open_points(visit, plan, *known).points if point.day in (None, at)]
    number = at + 1 if at else None

    def link(stop: str) -> str:
        shown: dict[str, Any] = {"stop": stop} if stop else END
        return url_for("editor.show", visit_id=(request.view_args or {})["visit_id"], day=number, **shown)

    itinerary = plan.content.itineraries[at]
    drawn = draw_strip(StripDay(itinerary, timed, _stops(rows), services().desk_town.clock), language(), link)
    return {
        "strip": Markup(drawn),  # noqa: S704 - all that was typed is escaped where it is drawn
        "verdict": verdict(timeline, visit.days[at], End(itinerary.finish, timed.end_limit), points),
    }


def party_told(content: ReleaseContent, rows: tuple[DraftRow, ...], at: int) -> dict[str, Any]:
    """Return `strip` of a day as one party has it: it is read, and leads to the rows below it."""
    anchors = {row.stop.id: row.row.anchor for row in rows if row.row}
    day = StripDay(content.itineraries[at], _timed(content, at), _stops(rows), services().desk_town.clock)
    drawn = draw_strip(day, language(), lambda stop: f"#{anchors.get(stop, 'day-end')}", is_edited=False)
    return {"strip": Markup(drawn)}  # noqa: S704 - all that was typed is escaped where it is drawn


def _timed(content: ReleaseContent, at: int) -> TimedDay:
    return Case.of_visit(services().desk_town, content.visit, at, content.sites).timed


def _stops(rows: tuple[DraftRow, ...]) -> tuple[StripStop, ...]:
    return tuple(
        StripStop(
            row.stop.id,
            row.position + 1,
            row.name,
            row.row.times if row.row else "",
            row.tone,
            row.stop.dwell_min,
            tuple(alert.text for alert in row.row.alerts) if row.row else (),
        )
        for row in rows
    )
