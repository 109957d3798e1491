"""Twenty days of Skawina that no order keeps, rewritten from real trouble and made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.schedule.group import Group
from planner.domain.visits import Day, DayEnd, DayStart, Mode, PlaceRef, Stop, StopKind

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY, SUNDAY = dt.date(2026, 12, 7), dt.date(2026, 12, 6)
GROUP = Group(22)
STATION = PlaceRef(site="dworzec-biblioteka")
NEAR = (
    "rynek", "kosciol", "sokol", "park-miejski", "teznia", "starorzecze", "synagoga", "sck-pr", "linie-s",
    "camena", "park-energii", "parking-spacer", "stacja-gios", "jagielnia", "ul-krakowska",
)  # fmt: skip


@dataclass(frozen=True)
class Impossible:
    """A day that no order keeps, with its group; `is_slow` where cures for it take seconds to look for."""

    name: str
    day: Day
    group: Group = GROUP
    is_slow: bool = False


def stop(name: str, site: str, dwell: int = 20, **more: object) -> Stop:
    return Stop(name, place=PlaceRef(site=site), dwell_min=dwell, **more)  # type: ignore[arg-type]


def many(count: int) -> list[Stop]:
    return [stop(f"s{number}", site, 10) for number, site in enumerate(NEAR[:count])]


def day(
    *stops: Stop, start: str = "09:00", latest: str = "", date: dt.date = MONDAY, mode: Mode = Mode.WALK
) -> Day:
    end = DayEnd(STATION, latest=latest) if latest else None
    return Day(date, DayStart(STATION, start), end, mode, stops)


def window(opens: str, closes: str) -> tuple[tuple[str, str]]:
    return ((opens, closes),)


MORNING = window("10:00", "12:00")

DAYS: Sequence[Impossible] = (
    Impossible(
        "01 two talks at once",
        day(stop("a", "muzeum", fixed="11:00"), stop("b", "jagielnia", fixed="11:00"), stop("c", "rynek")),
    ),
    Impossible(
        "03 after one whose window is later",
        day(
            stop("a", "rynek", windows=window("13:00", "15:00")),
            stop("b", "sokol", windows=MORNING, after=("a",)),
            stop("c", "teznia"),
        ),
    ),
    Impossible(
        "05 the end too early",
        day(stop("a", "rynek", 60), stop("b", "sokol", 60), stop("c", "teznia", 60), latest="12:10"),
    ),
    Impossible(
        "07 locked behind its window",
        day(
            stop("a", "rynek", 40),
            stop("b", "kosciol", 40),
            stop("c", "muzeum", windows=window("09:00", "10:00"), locked=True),
        ),
    ),
    Impossible(
        "09 a circle of after",
        day(
            stop("a", "rynek", after=("c",)),
            stop("b", "sokol", after=("a",)),
            stop("c", "teznia", after=("b",)),
        ),
    ),
    Impossible(
        "10 a talk at lunch",
        day(
            Stop("lunch", kind=StopKind.MEAL, dwell_min=60, windows=(("12:00", "13:00"),)),
            stop("b", "ratusz", fixed="12:30"),
            stop("c", "rynek"),
        ),
    ),
    Impossible(
        "12 three hours in one window of two",
        day(
            stop("a", "rynek", 60, windows=MORNING),
            stop("b", "kosciol", 60, windows=MORNING),
            stop("c", "sokol", 60, windows=MORNING),
        ),
        is_slow=True,
    ),
    Impossible(
        "16 two windows far apart",
        day(
            stop("a", "dwor-radziszow", 30, windows=window("10:00", "11:00")),
            stop("b", "rynek", 15, windows=window("09:15", "10:15")),
        ),
        group=Group(40),
    ),
    Impossible(
        "19 a window before the day, of 13",
        day(*many(12), stop("x", "muzeum", windows=window("07:00", "08:30"))),
        is_slow=True,
    ),
    Impossible(
        "20 a window before the day, of 16",
        day(*many(15), stop("x", "muzeum", windows=window("07:00", "08:30"))),
        is_slow=True,
    ),
    Impossible(
        "21 two talks far apart, of 14, by coach",
        day(
            *many(12),
            stop("x", "muzeum", fixed="11:00"),
            stop("y", "dwor-radziszow", fixed="11:10"),
            mode=Mode.BEST,
        ),
        group=Group(22, has_coach=True),
        is_slow=True,
    ),
    Impossible(
        "doors shut all day",
        day(stop("a", "rynek"), stop("m", "muzeum"), latest="15:00", date=SUNDAY),
    ),
    Impossible(
        "all locked, the talk too early",
        day(
            stop("a", "rynek", 40, locked=True),
            stop("b", "kosciol", 40, locked=True),
            stop("c", "sokol", locked=True, fixed="10:00"),
        ),
    ),
    Impossible(
        "a window that is over before the doors open",
        day(stop("a", "rynek"), stop("p", "pszok", 40, windows=window("08:30", "09:30")), start="08:00"),
    ),
    Impossible(
        "a talk before the doors open",
        day(stop("p", "pszok", 40, fixed="08:30"), stop("a", "rynek"), start="08:00"),
    ),
    Impossible(
        "sixteen stops and the end too early",
        day(*many(15), stop("x", "muzeum", 10), latest="11:30"),
        is_slow=True,
    ),
    Impossible(
        "two troubles that have nothing to do with each other",
        day(
            stop("m", "muzeum", windows=window("07:00", "08:30")),
            stop("a", "rynek", 30, fixed="11:00"),
            stop("b", "sokol", 30, fixed="11:05"),
            stop("c", "teznia"),
        ),
        is_slow=True,
    ),
    Impossible(
        "no coach for a talk in another village",
        day(stop("a", "rynek", 30, fixed="09:30"), stop("b", "dwor-radziszow", 30, fixed="10:20")),
    ),
    Impossible(
        "after one that comes last",
        day(
            stop("a", "rynek", after=("c",), fixed="09:30"),
            stop("b", "sokol"),
            stop("c", "teznia", locked=True),
        ),
    ),
    Impossible(
        "lunch and the end of the day",
        day(
            stop("a", "rynek", 30),
            Stop("lunch", kind=StopKind.MEAL, dwell_min=60, windows=(("12:30", "14:00"),)),
            latest="13:15",
        ),
    ),
)
