"""POST /parties: a delegation in the town that fits on paper, worked out by hand (see `town.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planner.web.api import views
from tests.kit.web.bodies import DAY, PLAN, clock, codes, stop

if TYPE_CHECKING:
    from tests.kit.web.calls import Api

TWO = [{"name": "A", "size": 14}, {"name": "B", "size": 14}]
START = {"place": {"site": "alfa"}, "time": "09:00"}


def split(*stops: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"date": DAY, "start": START, "parties": TWO, "stops": list(stops), **other}


def times(party: dict[str, Any]) -> list[tuple[int, str, str, str]]:
    return [
        (call["stop"], *(clock(call[key]) for key in ("arrive", "start", "leave")))
        for call in party["itinerary"]["calls"]
    ]


def test_two_parties_take_turns_at_two_sites_for_one(small: Api) -> None:
    """28 people gather for 3 min, 14 for 2. From alfa: 301 s to beta, 1001 s to delta; between them 701 s."""
    answer = small.ask("parties", split(stop("beta", id="b", capacity=14), stop("delta", capacity=14)))
    assert set(answer) == {
        "parties",
        "objective",
        "proved_optimal",
        "bound",
        "conflict",
        "finish",
        "cuts",
        "cuts_proved",
    }
    assert [party["name"] for party in answer["parties"]] == ["A", "B"]
    first, second = answer["parties"]
    assert times(first) == [(0, "09:08:01", "09:09:00", "09:24:00"), (1, "09:37:41", "09:38:00", "09:43:00")]
    assert times(second) == [(1, "09:19:41", "09:20:00", "09:25:00"), (0, "09:38:41", "09:39:00", "09:54:00")]
    assert [call["id"] for call in second["itinerary"]["calls"]] == [None, "b"]
    assert first["itinerary"]["order"] == [0, 1]
    assert second["itinerary"]["order"] == [1, 0]
    assert (answer["proved_optimal"], answer["objective"]) == (True, "finish_waiting")
    assert clock(answer["bound"]) == clock(answer["finish"]) == "09:54:00"
    assert answer["conflict"] is None
    for party in answer["parties"]:
        itinerary = party["itinerary"]
        assert set(itinerary) == PLAN
        assert all(call["wait_s"] < 60 for call in itinerary["calls"])
        assert itinerary["warnings"] == []


def test_a_confirmed_time_is_kept_for_all_or_each_party_says_who_is_asked_again(small: Api) -> None:
    """By itself the talk begins when both are there, at 09:39: the last leaves delta, 09:25, for 701 s."""
    talk = stop("beta", id="talk", together=True)
    stops = [stop("delta", capacity=28), {**talk, "confirmed": "09:50"}]
    kept = small.ask("parties", split(*stops))
    assert [times(party)[1][2] for party in kept["parties"]] == ["09:50:00"] * 2
    assert [party["itinerary"]["asked_again"] for party in kept["parties"]] == [[], []]
    free = small.ask("parties", split(*stops, ask_again=True))
    for party in free["parties"]:
        [again] = party["itinerary"]["asked_again"]
        assert (again["id"], again["stop"], clock(again["confirmed"])) == ("talk", 1, "09:50:00")
        assert clock(again["start"]) == times(party)[1][2] < "09:50:00"
    plain = small.ask("parties", split(stops[0], talk))
    assert all("asked_again" not in party["itinerary"] for party in plain["parties"])


def test_with_room_for_all_nobody_takes_turns(small: Api) -> None:
    answer = small.ask("parties", split(stop("beta", capacity=28), stop("delta")))
    assert [party["itinerary"]["order"] for party in answer["parties"]] == [[0, 1], [0, 1]]
    assert clock(answer["finish"]) == "09:43:00"


def test_all_begin_the_talk_and_the_break_together(small: Api) -> None:
    """Who is at gamma first waits for the last, who comes at 09:58; there all gather for 3 min again."""
    talk = stop("gamma", id="talk", dwell_min=30, together=True)
    rest = {"id": "rest", "kind": "break", "dwell_min": 10}
    stops = [stop("beta", capacity=14), stop("delta", capacity=14), talk, rest, stop("alfa")]
    answer = small.ask("parties", split(*stops))
    first, second = (times(party) for party in answer["parties"])
    assert [line[0] for line in first] == [0, 1, 2, 3, 4]
    assert [line[0] for line in second] == [1, 0, 2, 3, 4]
    assert first[2] == (2, "09:56:41", "09:58:00", "10:28:00")
    assert second[2] == (2, "09:58:00", "09:58:00", "10:28:00")
    assert (
        first[3:]
        == second[3:]
        == [
            (3, "10:28:00", "10:28:00", "10:38:00"),
            (4, "10:46:01", "10:47:00", "10:57:00"),
        ]
    )
    own_way = small.ask("parties", split(*stops[:3], {**rest, "together": False}, stop("alfa")))
    assert times(own_way["parties"][0])[4][1] == "10:45:01"


def test_a_party_larger_than_a_site_is_warned(small: Api) -> None:
    sizes = [{"name": "A", "size": 20}, {"name": "B", "size": 8}]
    answer = small.ask("parties", split(stop("beta", capacity=14), parties=sizes, group_size=28))
    assert [codes(party["itinerary"]) for party in answer["parties"]] == [{"over_capacity"}, set()]
    assert times(answer["parties"][1])[0][2] == "09:24:00"


def test_what_excludes_each_other_is_told_and_blocks_nothing(small: Api) -> None:
    """The first is out of delta at 9:34:41, but nobody may be in beta after half past nine."""
    late = stop("beta", windows=[["09:00", "09:30"]], after=["d"])
    answer = small.ask("parties", split(late, stop("delta", id="d"), stop("gamma", capacity=14)))
    assert {(one["kind"], one["stop"]) for one in answer["conflict"]["demands"]} == {
        ("window", 0),
        ("after", 0),
    }
    assert answer["conflict"]["message"].endswith("exclude each other.")
    assert all("late" in codes(party["itinerary"]) for party in answer["parties"])
    assert answer["proved_optimal"] is False


def test_a_site_that_is_not_open_for_long_enough_to_let_all_in(small: Api) -> None:
    """From 9:08:01 on there is room for one stay of 15 min before 9:30, not for two."""
    answer = small.ask("parties", split(stop("beta", capacity=14, windows=[["09:00", "09:30"]])))
    demands = [(one["kind"], one["stop"]) for one in answer["conflict"]["demands"]]
    assert demands == [("capacity", 0), ("window", 0)]
    assert "for 14 people at a time" in answer["conflict"]["message"]
    late = [codes(party["itinerary"]) for party in answer["parties"]]
    assert sorted(late, key=len) == [set(), {"late"}]


def test_sizes_make_up_the_group(small: Api) -> None:
    told = small.send("parties", split(stop("beta"), group_size=30)).get_json()["error"]["details"]
    message = "the sizes of the parties add up to 28, not to the group's 30"
    assert told == [{"pointer": "/parties", "code": "value_error", "message": f"/parties: {message}"}]


def test_a_day_without_stops_has_an_answer(small: Api) -> None:
    answer = small.ask("parties", split(end={"place": {"site": "beta"}}))
    assert [party["itinerary"]["calls"] for party in answer["parties"]] == [[], []]
    assert (clock(answer["finish"]), answer["proved_optimal"]) == ("09:08:01", True)


def test_messages_come_in_the_language_asked_for(small: Api) -> None:
    body = split(stop("beta", capacity=5))
    english, polish = (small.ask("parties", body, lang=lang) for lang in ("en", "pl"))
    told = [answer["parties"][0]["itinerary"]["warnings"][0]["message"] for answer in (english, polish)]
    assert told[0] != told[1]


@pytest.mark.slow
def test_as_many_as_there_may_be(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight parties, sixty stops: too many for a proof, not for an answer."""
    monkeypatch.setattr(views, "PARTIES_S", 0.01)
    sites = ["rynek", "ratusz", "dworzec-biblioteka"]
    stops = [{"place": {"site": sites[at % 3]}, "dwell_min": 1, "capacity": 10} for at in range(60)]
    parties = [{"name": str(number), "size": 5} for number in range(8)]
    answer = api.ask("parties", split(*stops, parties=parties, start={**START, "place": {"site": "rynek"}}))
    assert answer["proved_optimal"] is False
    assert answer["bound"] < answer["finish"]
    assert all(sorted(party["itinerary"]["order"]) == list(range(60)) for party in answer["parties"])
