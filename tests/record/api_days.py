"""Bodies of days for the API: every mode, every wish of a stop, orders, cuts, conflicts, parties."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]
STATION: Body = {"site": "dworzec-biblioteka"}
MONDAY, SATURDAY, CHRISTMAS, BEYOND = "2026-12-07", "2026-12-19", "2026-12-25", "2028-02-07"


def at(lon: float, lat: float, name: str | None = None) -> Body:
    """A free position."""
    return {"at": [lon, lat], **({} if name is None else {"name": name})}


def stop(site: str, dwell: int | None = 15, **more: Any) -> Body:
    """A stop at a site."""
    return {"id": site, "place": {"site": site}, **({} if dwell is None else {"dwell_min": dwell}), **more}


def day(*stops: Body, date: str = MONDAY, time: str = "09:00", **more: Any) -> Body:
    """A day from the station."""
    return {"date": date, "start": {"place": STATION, "time": time}, "stops": list(stops), **more}


def end(**more: Any) -> Body:
    """The end at the station."""
    return {"place": STATION, **more}


TOWN = [stop(name) for name in ("rynek", "muzeum", "park-miejski", "kosciol", "teznia", "synagoga")]
FAR = [stop("pr-zachodnia"), stop("dwor-radziszow", 30), stop("rynek"), stop("jagielnia")]
LUNCH: Body = {"id": "lunch", "kind": "meal", "dwell_min": 45, "windows": [["12:00", "14:30"]]}
PAUSE: Body = {"id": "pause", "kind": "break", "dwell_min": 10, "place": at(19.8219, 49.9742, "Ławka")}
CLOSED = day(*(stop(name) for name in ("muzeum", "ratusz", "senior-rynek-24", "rynek")), date=SATURDAY)

PLANS: dict[str, Body] = {
    "walk": day(*TOWN, end=end()),
    "walk-defaults": day(stop("muzeum", None), stop("ratusz", None)),
    "no-stops": day(end=end(latest="10:00")),
    "bus": day(*FAR, mode="bus", end=end()),
    "bus-holiday": day(*FAR, mode="bus", date=CHRISTMAS),
    "bus-beyond": day(*FAR, mode="bus", date=BEYOND),
    "bus-stand-in": day(*FAR, mode="bus", date=BEYOND, stand_in_timetable=True),
    "bus-crowd": day(*FAR, mode="bus", group_size=150),
    "coach": day(*FAR, mode="coach", end=end(), group_size=45),
    "coach-tall": day(*FAR, mode="coach", coach={"height_m": 4.2, "weight_t": 28}),
    "best": day(*FAR, mode="best", end=end()),
    "best-coach": day(*FAR, mode="best", coach={}, end=end()),
    "mixed": day(
        FAR[0], {**FAR[1], "mode_to": "bus"}, {**FAR[2], "mode_to": "coach"}, end=end(mode_to="best")
    ),
    "backward": day(*TOWN, end=end(arrive="13:00")),
    "backward-bus": day(*FAR, mode="bus", time="06:00", end=end(arrive="14:15")),
    "backward-impossible": day(*FAR, time="09:00", end=end(arrive="10:00")),
    "latest": day(*TOWN, end=end(latest="11:00")),
    "meals": day(TOWN[0], LUNCH, PAUSE, TOWN[2], time="11:30"),
    "fixed": day(stop("rynek", fixed="09:40"), stop("ratusz", 50, fixed="10:00", talk=True), interpreter=1.5),
    "fixed-late": day(stop("dwor-radziszow", 40, fixed="09:10"), stop("rynek")),
    "windows": day(stop("rynek", windows=[["08:00", "08:30"], ["10:00", "11:00"]]), stop("muzeum", 30)),
    "reserves": day(*TOWN[:3], buffers={"walk_min": 5, "bus_min": 10}, end=end(latest="11:30")),
    "step-free": day(*TOWN, step_free=True, pace_kmh=2.5),
    "closed": CLOSED,
    "closed-quiet": {**CLOSED, "remedies": False},
    "holiday": day(*TOWN, date=CHRISTMAS),
    "school-holiday": day(stop("ogrod-deszczowy-szkola"), date="2026-12-28"),
    "school-unknown": day(stop("ogrod-deszczowy-szkola"), date="2027-09-15"),
    "own-hours": day(stop("muzeum", hours="Mo 10:00-10:20"), stop("sokol", hours='Mo "by appointment"')),
    "night": day(stop("rynek", 60), stop("teznia", fixed="00:30+1"), time="23:00"),
    "clocks-go-back": day(stop("rynek", 200), stop("teznia"), date="2026-10-24", time="22:30"),
    "not-placed": day(stop("stadion"), stop("rynek"), stop("pszok")),
    "far-away": day({"place": at(19.70, 49.956, "W polu")}, stop("rynek")),
    "crowded": day(stop("muzeum"), stop("rynek"), group_size=90),
    "after": day(stop("rynek", after=["muzeum"]), stop("muzeum")),
}
ORDERS: dict[str, Body] = {
    "finish": day(*TOWN, end=end(), optimise=True),
    "finish-walking": day(*TOWN, end=end(), optimise=True, objective="finish_walking"),
    "walking": day(*TOWN, optimise=True, objective="walking"),
    "waiting": day(*TOWN[:4], LUNCH, optimise=True, objective="waiting", time="10:30"),
    "bus": day(*FAR, mode="bus", end=end(), optimise=True),
    "coach": day(*FAR, mode="coach", end=end(), optimise=True),
    "best": day(*FAR, mode="best", coach={}, optimise=True),
    "backward": day(*TOWN, end=end(arrive="13:00"), optimise=True),
    "locked": day({**TOWN[0], "locked": True}, *TOWN[1:4], stop("ratusz", after=["kosciol"]), optimise=True),
    "cuts": day(
        *(stop(name, 60, min_dwell_min=20) for name in ("rynek", "muzeum", "sokol")),
        end=end(latest="11:10"), optimise=True,
    ),
    "conflict": day(stop("muzeum", 20, fixed="10:00"), stop("jagielnia", 20, fixed="10:05"), optimise=True),
    "closed": {**CLOSED, "optimise": True},
}  # fmt: skip
THREE = [{"name": "A", "size": 14}, {"name": "B", "size": 14}, {"name": "C", "size": 12}]
SPLITS: dict[str, Body] = {
    "three": day(*TOWN[:4], end=end(), parties=THREE),
    "one": day(*TOWN[:3], parties=[{"name": "Wszyscy", "size": 20}]),
    "rooms": day(
        stop("muzeum", 20, capacity=15), stop("ratusz", 30, together=True, fixed="11:00"), stop("rynek"),
        parties=THREE, group_size=40,
    ),
    "bus": day(
        stop("pr-zachodnia"), stop("rynek"), stop("muzeum", capacity=30), mode="bus", parties=THREE[:2]
    ),
    "locked": day({**TOWN[0], "locked": True}, *TOWN[1:4], LUNCH, parties=THREE[:2], time="10:30"),
    "conflict": day(
        stop("muzeum", 30, capacity=15, windows=[["09:00", "10:00"]]), stop("rynek"), parties=THREE
    ),
    "closed": {**CLOSED, "parties": THREE[:2]},
}  # fmt: skip
