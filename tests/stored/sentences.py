"""Every warning with the parameters that it has had, as releases keep them: code, seconds, parameters."""

from __future__ import annotations

Said = tuple[str, int | None, dict[str, str | int]]


def _obstacles(*names: str) -> list[Said]:
    """What is in the way of a group that cannot climb steps."""
    where: dict[str, str | int] = {"metres": 40, "lon": "19.82", "lat": "49.97"}
    return [("not_step_free", None, {"obstacle": name, **where}) for name in names]


DOORS: list[Said] = [
    ("closed", None, {"kind": "none"}),
    ("closed", None, {"kind": "none", "because": "public_holiday"}),
    ("closed", None, {"kind": "none", "because": "school_holiday"}),
    ("closed", 1800, {"kind": "opens", "at": "07:30", "dwell_min": 20, "opens": "08:00", "in_min": 30}),
    ("closed", 1800, {"kind": "closes", "at": "15:31", "dwell_min": 60, "closes": "16:00", "left_min": 29}),
    ("closed", 9760, {"kind": "closes", "at": "14:22", "dwell_min": 20, "closes": "12:00", "left_min": 0}),
    ("closed", 1800, {"kind": "closes", "at": "09:13", "dwell_min": 150, "from": "10:00", "closes": "12:00",
                      "left_min": 120}),
    ("closed", 1800, {"kind": "closes", "at": "09:14", "dwell_min": 151, "opens": "10:00", "closes": "12:00",
                      "left_min": 121}),
    ("closed", None, {}),
    ("closed", 2783, {"opens": "10:00"}),
    ("closed", None, {"opens": "10:01"}),
    ("closed", 2617, {"closes": "12:00"}),
    ("closed", None, {"closes": "12:01"}),
    ("closed", 60, {"opens": "10:00", "closes": "12:00"}),
    ("tight", 30, {"limit": "12:00"}),
    ("tight", 240, {"limit": "12:00"}),
    ("tight", 180, {}),
    ("hours_unknown", None, {}),
    ("hours_unknown", None, {"doubt": "school_holidays"}),
    ("hours_unknown", None, {"comment": "bei gutem Wetter"}),
    ("by_appointment", None, {"comment": "by appointment"}),
    ("by_appointment", None, {"comment": "tel. 12 000 00 00."}),
]  # fmt: skip
TIMES: list[Said] = [
    ("late", 10177, {"limit": "10:00", "kind": "fixed"}),
    ("late", 601, {"limit": "12:20", "kind": "window"}),
    ("late", 601, {"limit": "12:30", "kind": "finish"}),
    ("late", 601, {}),
    ("late", None, {"limit": "12:30"}),
    ("late", None, {}),
    ("precedence", None, {"name": "Ratusz", "after": 2}),
    ("precedence", None, {"after": 2}),
    ("precedence", None, {}),
]
PLACES: list[Said] = [
    ("no_way", None, {}),
    ("no_way", None, {"coach": "no_way"}),
    ("no_way", None, {"coach": "limits"}),
    ("no_way", None, {"coach": "no_kerb_near"}),
    ("long_walk", None, {"metres": 2450}),
    ("long_walk", None, {}),
    ("far_from_streets", None, {"metres": 300}),
    ("far_from_streets", None, {}),
    ("location_approximate", None, {"error_m": 400, "low_min": 16, "high_min": 29}),
    ("location_approximate", None, {"error_m": 401}),
    ("location_approximate", None, {}),
    ("not_placed", None, {}),
    ("site_unconfirmed", None, {}),
    ("step_free_unknown", None, {"metres": 120}),
    ("step_free_unknown", None, {"lines": "1, 2N"}),
    ("step_free_unknown", None, {}),
    *_obstacles("unconfirmed", "steps", "wheelchair_no", "kerb", "incline", "surface", "narrow", "barrier"),
    ("not_step_free", None, {"obstacle": "steps"}),
    ("not_step_free", None, {}),
    ("over_capacity", None, {"capacity": 15, "group": 30}),
    ("over_capacity", None, {}),
    ("off_main_network", None, {}),
    ("sketch_data", None, {"estimated_percent": 6}),
    ("sketch_data", None, {}),
]  # fmt: skip
RIDES: list[Said] = [
    ("coach_unchecked", None, {}),
    ("long_kerb_walk", None, {"metres": 500}),
    ("long_kerb_walk", None, {}),
    ("no_service", None, {"reason": "none"}),
    ("no_service", None, {"reason": "day"}),
    ("no_service", None, {"reason": "place"}),
    ("no_service", None, {"reason": "time", "at": "08:00"}),
    ("no_service", None, {"reason": "unknown", "lines": "SKA", "stop": "Rynek"}),
    ("no_service", None, {"reason": "unknown", "lines": "SKA 1"}),
    ("no_service", None, {}),
    ("service_estimated", None, {"line": "9", "every_min": 30}),
    ("service_estimated", None, {"line": "9"}),
    ("service_estimated", None, {}),
    ("timetable_outdated", None, {"source": "feed", "from": "2026-11-02", "to": "2027-06-30"}),
    ("timetable_outdated", None, {"from": "2026-11-02", "to": "2027-06-30", "like": "2026-11-09"}),
    ("timetable_outdated", None, {}),
    ("group_too_big_for_bus", None, {"line": "1", "room": 60, "group": 120}),
    ("group_too_big_for_bus", None, {"room": 60, "group": 120}),
    ("group_too_big_for_bus", None, {}),
    ("on_request", None, {"line": "2N", "stop": "Rynek"}),
    ("on_request", None, {}),
]
SAID: list[Said] = [*DOORS, *TIMES, *PLACES, *RIDES]
