"""Where each open point of a visit is mended: the stop in the editor, its settings, or another page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import url_for

from planner.domain.warnings.codes import WarningCode
from planner.services.visits.readiness import OpenKind

if TYPE_CHECKING:
    from planner.domain.visits import Visit
    from planner.errors import Fault
    from planner.services.visits.readiness import OpenPoint

_FIELDS = {
    OpenKind.NO_COORDINATOR: "coordinator",
    OpenKind.NO_MEETING_POINT: "meeting-pl",
}
_TEXTS = {"title": "title", "meeting_point": "meeting", "bring": "bring", "thanks": "thanks"}
_OF_DAY, _OF_STOP = re.compile(r"/days/(\d+)"), re.compile(r"/stops/(\d+)")


def stop_address(visit_id: int, visit: Visit, day: int, stop: int | None = None) -> str:
    """Return where a stop of a day (from 0) is edited; of no stop, the day."""
    number = day + 1 if day else None
    if stop is None:
        return url_for("editor.show", visit_id=visit_id, day=number)
    name = visit.days[day].stops[stop].id
    return url_for("editor.show", visit_id=visit_id, day=number, stop=name, _anchor=f"stop-item-{name}")


def point_address(visit_id: int, visit: Visit, point: OpenPoint) -> str:
    """Return where a point is mended."""
    if point.kind is OpenKind.OLD_ROTATION or _is_of_party(point):
        return url_for("parties.show", visit_id=visit_id, day=(point.day or 0) + 1)
    if point.kind is OpenKind.HOST and point.day is not None and point.stop is not None:
        name = visit.days[point.day].stops[point.stop].id
        return url_for("visit_hosts.show", visit_id=visit_id, _anchor=f"host-{point.day + 1}-{name}")
    if point.day is not None:
        return stop_address(visit_id, visit, point.day, point.stop)
    if point.fault is not None:
        return stop_address(visit_id, visit, *_place_of(point.fault, visit))
    text = f"{_TEXTS[point.field]}-{point.language}" if point.field else ""
    field = text or _FIELDS.get(point.kind)
    return url_for("editor.show", visit_id=visit_id, settings="visit", _anchor=field)


def _is_of_party(point: OpenPoint) -> bool:
    """Whether only another split helps: too many of a party come to a stop at once."""
    codes = {warning.code for warning in point.warnings}
    return bool(point.party) and WarningCode.OVER_CAPACITY in codes


def _place_of(fault: Fault, visit: Visit) -> tuple[int, int | None]:
    """The day and the stop that a fault names; the first day where it names none."""
    day, stop = (
        found and int(found[1]) for found in (_OF_DAY.match(fault.pointer), _OF_STOP.search(fault.pointer))
    )
    if day is None or not 0 <= day < len(visit.days):
        return 0, None
    return day, stop if stop is not None and stop < len(visit.days[day].stops) else None
