"""Random small timetables for properties: trips, headways that change, rules of getting on and off."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.kit.buses.small_timetables import Little, Trip

DAY = date(2026, 4, 15)
SIDE_M = 9000.0
STOPS = {
    "A": (0.0, 0.0),
    "B": (9000.0, 500.0),
    "C": (8500.0, 900.0),
    "D": (4000.0, 4000.0),
    "E": (4500.0, 4300.0),
    "F": (500.0, 8800.0),
    "G": (8800.0, 8700.0),
}
MINUTE = 60


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    """A trip with its line, at any time of the service day and past its end."""
    names = draw(st.lists(st.sampled_from(sorted(STOPS)), min_size=2, max_size=5, unique=True))
    time = draw(st.integers(4 * 60, 25 * 60)) * MINUTE
    calls = []
    for name in names:
        stay = draw(st.sampled_from([0, 0, 30]))
        calls.append((name, time, time + stay))
        time += stay + draw(st.sampled_from([0, 90, 240, 600]))
    return Trip(
        draw(st.sampled_from("12")),
        tuple(calls),
        service=draw(st.sampled_from(["daily", "yesterday", "today"])),
        board=tuple(draw(st.sampled_from([0, 0, 0, 1, 2])) for _ in names),
        alight=tuple(draw(st.sampled_from([0, 0, 0, 1, 3])) for _ in names),
    )


@st.composite
def headways(draw: st.DrawFn) -> Trip:
    """A service known by headways; periods may have gaps or overlap, a dense one may follow a sparse one."""
    one = draw(trips())
    first = one.calls[0][2]
    periods = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(5 * 60, 24 * 60)) * MINUTE
        length = draw(st.integers(0, 4 * 60)) * MINUTE
        periods.append((start, start + length, draw(st.sampled_from([601, 600, 1200, 3600]))))
    calls = tuple((stop, arrive - first, depart - first) for stop, arrive, depart in one.calls)
    return Trip(
        "h", calls, service=one.service, board=one.board, alight=one.alight, periods=tuple(sorted(periods))
    )


@st.composite
def towns(draw: st.DrawFn, *, headways: bool) -> Little:
    """A timetable of up to a dozen trips and, if asked for, some services by headway."""
    some = draw(st.lists(trips(), min_size=1, max_size=12))
    more = draw(st.lists(_HEADWAYS, min_size=1, max_size=4)) if headways else []
    before = DAY - timedelta(days=1)
    services = {"yesterday": [before], "today": [DAY]}
    return Little(STOPS, [*some, *more], before, 3, services, estimated=["h"])


_HEADWAYS = headways()
