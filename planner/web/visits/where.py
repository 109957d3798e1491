"""Where each open point of a visit is mended: the stop in the editor, its settings, or another page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import url_for

from planner.domain.warnings.codes import OverCapacity, WarningCode
from planner.outputs.sheets.parts.agreed import anchor_of
from planner.services.visits.readiness.points import OpenKind

if TYPE_CHECKING:
    from planner.domain.visits import Visit
    from planner.errors import Fault
    from planner.services.visits.readiness.points import OpenPoint

_FIELDS = {
    OpenKind.NO_COORDINATOR: "coordinator",
    OpenKind.NO_MEETING_POINT: "meeting-pl",
}
_PARTS: dict[OpenKind, dict[str, str]] = {OpenKind.NO_STOPS: {}}
"""What is selected in the editor for points of a whole day that are not about its form."""

OF_HOST = frozenset({OpenKind.HOST, OpenKind.HOST_DECLINED, OpenKind.HOST_SILENT, OpenKind.HOST_TIME})
"""What is settled with a host, on the page of hosts."""

_TEXTS = {"title": "title", "meeting_point": "meeting", "bring": "bring", "thanks": "thanks"}
_OF_DAY, _OF_STOP = re.compile(r"/days/(\d+)"), re.compile(r"/stops/(\d+)")


def stop_address(
    visit_id: int, visit: Visit, day: int, stop: int, *, is_leg: bool = False, is_rain: bool = False
) -> str:
    """Return where a stop of a day (from 0), the way to it, or its other place for rain is edited."""
    name = visit.days[day].stops[stop].id
    if is_rain:
        return _plan(visit_id, day, anchor=f"rain-{name}", stop=name)
    kind = "leg" if is_leg else "stop"
    return _plan(visit_id, day, anchor=f"stop-item-{name}", **{kind: name})


def host_address(visit_id: int, day: int, stop: str, *, is_rain: bool = False) -> str:
    """Return where the page of hosts has the host of a stop of a day (from 0), or of its place for rain."""
    return url_for("visit_hosts.show", visit_id=visit_id, _anchor=anchor_of(day, stop, is_rain=is_rain))


def point_address(visit_id: int, visit: Visit, point: OpenPoint) -> str:
    """Return where a point is mended; one of the rain version where its other place is chosen or seen."""
    address = _rain_address if point.is_rain else _dry_address
    return address(visit_id, visit, point)


def _dry_address(visit_id: int, visit: Visit, point: OpenPoint) -> str:
    if point.kind is OpenKind.OLD_ROTATION or _is_of_party(point):
        return url_for("parties.show", visit_id=visit_id, day=(point.day or 0) + 1)
    if point.fault is not None:
        day, stop = _place_of(point.fault, visit)
        return _plan(visit_id, day) if stop is None else stop_address(visit_id, visit, day, stop)
    if point.day is None:
        text = f"{_TEXTS[point.field]}-{point.language}" if point.field else ""
        field = text or _FIELDS.get(point.kind)
        return _plan(visit_id, 0, anchor=field, part="settings", panel="visit" if field else None)
    if point.stop is None:
        return _plan(visit_id, point.day, **_PARTS.get(point.kind, {"part": _part_of(point)}))
    if point.kind in OF_HOST:
        name = visit.days[point.day].stops[point.stop].id
        return host_address(visit_id, point.day, name)
    return stop_address(visit_id, visit, point.day, point.stop, is_leg=point.leg is not None)


def _rain_address(visit_id: int, visit: Visit, point: OpenPoint) -> str:
    """The host or the form of the other place, where it is about that; else the day as it goes then."""
    day, number = point.day or 0, point.stop
    if point.fault is not None:
        day, number = _place_of(point.fault, visit)
    stop = visit.days[day].stops[number] if number is not None else None
    if stop is not None and stop.rain is not None and point.kind in OF_HOST:
        return host_address(visit_id, day, stop.id, is_rain=True)
    if stop is not None and number is not None and stop.rain is not None and point.leg is None:
        return stop_address(visit_id, visit, day, number, is_rain=True)
    return url_for("rain_preview.show", visit_id=visit_id, day=day + 1)


def _plan(visit_id: int, day: int, anchor: str | None = None, **selected: Any) -> str:
    """Return the address of a day in the editor, with what is selected there."""
    number = day + 1 if day else None
    return url_for("editor.show", visit_id=visit_id, day=number, _anchor=anchor, **selected)


def _part_of(point: OpenPoint) -> str:
    """What of the day a warning is about: its end, where the way there or its time does not fit."""
    is_late = any(warning.code is WarningCode.LATE for warning in point.warnings)
    return "end" if point.leg is not None or is_late else "day"


def _is_of_party(point: OpenPoint) -> bool:
    """Whether a split, or another one, helps: too many come to a stop at once."""
    crowds = [warning for warning in point.warnings if isinstance(warning, OverCapacity)]
    return bool(crowds) and (bool(point.party) or any(crowd.parties for crowd in crowds))


def _place_of(fault: Fault, visit: Visit) -> tuple[int, int | None]:
    """The day and the stop that a fault names; the first day where it names none."""
    day, stop = (
        found and int(found[1]) for found in (_OF_DAY.match(fault.pointer), _OF_STOP.search(fault.pointer))
    )
    if day is None or not 0 <= day < len(visit.days):
        return 0, None
    return day, stop if stop is not None and stop < len(visit.days[day].stops) else None
