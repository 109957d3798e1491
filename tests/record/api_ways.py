"""Bodies of legs and of distances for the API."""

from __future__ import annotations

from typing import Any

from tests.record.api_days import BEYOND, CHRISTMAS, MONDAY, STATION, Body, at

MUSEUM, SQUARE = {"site": "muzeum"}, {"site": "rynek"}
WEST, MANOR = {"site": "pr-zachodnia"}, {"site": "dwor-radziszow"}
FIELD = at(19.70, 49.956, "W polu")
AT_NINE = f"{MONDAY}T09:00"


def leg(start: Body, to: Body, **more: Any) -> Body:
    """A leg at nine on a Monday, if no other time is given."""
    times = {} if "arrive" in more else {"depart": AT_NINE}
    return {"from": start, "to": to, **times, **more}


ROUTES: dict[str, Body] = {
    "walk": leg(STATION, SQUARE),
    "walk-arrive": leg(STATION, MANOR, arrive=f"{MONDAY}T12:00"),
    "walk-step-free": leg(STATION, {"site": "teznia"}, step_free=True, pace_kmh=3),
    "walk-free": leg(at(19.8261, 49.9755, "Rynek <b>"), at(19.8289, 49.9737)),
    "walk-same": leg(SQUARE, SQUARE),
    "walk-far": leg(FIELD, SQUARE),
    "walk-not-placed": leg(STATION, {"site": "stadion"}),
    "walk-night": leg(STATION, SQUARE, depart="2026-10-25T02:30"),
    "bus": leg(SQUARE, MANOR, mode="bus"),
    "bus-arrive": leg(MANOR, SQUARE, mode="bus", arrive=f"{MONDAY}T12:00"),
    "bus-holiday": leg(SQUARE, WEST, mode="bus", depart=f"{CHRISTMAS}T10:00"),
    "bus-night": leg(SQUARE, MANOR, mode="bus", depart=f"{MONDAY}T23:50"),
    "bus-beyond": leg(SQUARE, MANOR, mode="bus", depart=f"{BEYOND}T09:00"),
    "bus-stand-in": leg(SQUARE, MANOR, mode="bus", depart=f"{BEYOND}T09:00", stand_in_timetable=True),
    "bus-crowd": leg(SQUARE, MANOR, mode="bus", group_size=200, step_free=True),
    "bus-near": leg(SQUARE, MUSEUM, mode="bus"),
    "coach": leg(SQUARE, MANOR, mode="coach", group_size=45),
    "coach-arrive": leg(WEST, MANOR, mode="coach", arrive=f"{MONDAY}T15:30"),
    "coach-tall": leg(SQUARE, WEST, mode="coach", coach={"height_m": 4.5, "weight_t": 40, "length_m": 15}),
    "coach-far": leg(FIELD, WEST, mode="coach"),
    "best": leg(SQUARE, MANOR, mode="best"),
    "best-coach": leg(SQUARE, MANOR, mode="best", coach={}),
    "best-near": leg(SQUARE, MUSEUM, mode="best"),
    "best-arrive": leg(STATION, WEST, mode="best", coach={}, arrive=f"{MONDAY}T10:00"),
}
POINTS = [STATION, SQUARE, MUSEUM, WEST, MANOR]
MATRICES: dict[str, Body] = {
    "walk": {"points": [*POINTS, {"site": "stadion"}, FIELD]},
    "walk-step-free": {"points": POINTS, "step_free": True, "pace_kmh": 2},
    "bus": {"points": POINTS, "mode": "bus", "depart": AT_NINE},
    "coach": {"points": POINTS, "mode": "coach"},
    "best": {"points": POINTS, "mode": "best", "depart": AT_NINE, "coach": {}},
    "best-holiday": {"points": POINTS[:3], "mode": "best", "depart": f"{CHRISTMAS}T09:00"},
    "one": {"points": [SQUARE, SQUARE]},
}
