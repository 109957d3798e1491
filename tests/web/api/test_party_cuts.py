"""POST /parties where the day is too short: stays cut for all parties alike (see `test_parties.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit.web.bodies import DAY, clock, codes, stop

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

TWO = [{"name": "A", "size": 14}, {"name": "B", "size": 14}]


def split(latest: str, **other: Any) -> dict[str, Any]:
    stops = [
        stop("beta", id="b", capacity=14, dwell_min=15, min_dwell_min=5),
        stop("delta", id="d", capacity=14, dwell_min=5, min_dwell_min=2),
    ]
    start = {"place": {"site": "alfa"}, "time": "09:00"}
    return {
        "date": DAY, "start": start, "parties": TWO, "stops": stops, "end": {"latest": latest}, **other
    }  # fmt: skip


def test_the_day_ends_in_time_and_nobody_loses_more_than_a_fifth(small: Api) -> None:
    """With whole stays B is in delta 9:20-9:25, ready for beta at 9:38:41 and out of it at 9:54.

    To be out at 9:50 it has to lose 4 minutes in the two: 3 of 15 and 1 of 5 are a fifth each. A, which
    would have been done at 9:43, stays as long as B.
    """
    answer = small.ask("parties", split("09:50"))
    assert answer["cuts"] == [{"stop": 0, "minutes": 3, "id": "b"}, {"stop": 1, "minutes": 1, "id": "d"}]
    assert answer["cuts_proved"] is True
    assert (answer["proved_optimal"], answer["conflict"]) == (False, None)
    stays = [
        [(call["stop"], clock(call["start"]), clock(call["leave"])) for call in party["itinerary"]["calls"]]
        for party in answer["parties"]
    ]
    assert stays == [
        [(0, "09:09:00", "09:21:00"), (1, "09:35:00", "09:39:00")],
        [(1, "09:20:00", "09:24:00"), (0, "09:38:00", "09:50:00")],
    ]
    assert all(codes(party["itinerary"]) == set() for party in answer["parties"])
    assert [len(party["itinerary"]["cuts"]) for party in answer["parties"]] == [2, 2]


def test_nothing_is_cut_where_whole_stays_work_or_no_shorter_ones_do(small: Api) -> None:
    enough, late = small.ask("parties", split("09:54")), small.ask("parties", split("09:30"))
    assert (enough["cuts"], enough["proved_optimal"]) == ([], True)
    assert late["cuts"] == []
    assert "late" in codes(late["parties"][1]["itinerary"])
