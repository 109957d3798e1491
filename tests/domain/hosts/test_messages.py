"""What hosts are to be told: once after edits have rested, one each, and only those concerned."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.hosts.arrangement import Agreed, Arrangement, HostAct, HostStep, SiteStay
from planner.domain.hosts.keys import host_stops, place_of
from planner.domain.hosts.messages import REST_S, Edited, messages
from planner.domain.visits import Day, DayStart, PlaceRef, Stop, StopKind, Visit

DATE = dt.date(2026, 12, 7)
HOSTS = ("muzeum", "ratusz", "sokol")


def agreed(minute: int, people: int = 20) -> Agreed:
    return Agreed(DATE, (SiteStay("", minute * 60, minute * 60 + 2700),), people)


def arranged(key: str, *steps: tuple[HostAct, Agreed]) -> Arrangement:
    return Arrangement(key, steps=tuple(HostStep(act, about, "anna", 0) for act, about in steps))


PLANS = st.dictionaries(st.sampled_from(HOSTS), st.builds(agreed, st.integers(0, 5), st.integers(19, 20)))


@given(PLANS, st.lists(PLANS, min_size=1, max_size=10), st.sets(st.sampled_from(HOSTS)))
def test_ten_edits_in_a_row_give_one_message_to_each_who_is_concerned(
    first: dict[str, Agreed], edits: list[dict[str, Agreed]], asked: set[str]
) -> None:
    hosts = [arranged(key, (HostAct.CONFIRMED, first[key])) for key in sorted(asked & set(first))]
    last = edits[-1]
    told = messages(hosts, last)
    concerned = [one.key for one in hosts if last.get(one.key) != first[one.key]]
    assert [message.key for message in told] == concerned  # one each, nobody else
    for message in told:
        assert (message.before, message.now) == (first[message.key], last.get(message.key))
    after = [
        replace(host, steps=(*host.steps, HostStep(HostAct.TOLD, last[host.key], "anna", 0)))
        if host.key in last
        else replace(
            host, steps=(*host.steps, HostStep(HostAct.TOLD, replace(first[host.key], stays=()), "", 0))
        )
        for host in hosts
    ]
    assert messages(after, last) == ()  # told once is told
    assert all(host.state is HostAct.CONFIRMED for host in after)


@given(st.lists(st.integers(0, 4 * REST_S), min_size=1, max_size=10), st.integers(0, 6 * REST_S))
def test_edits_rest_ten_minutes_after_the_last_of_them(instants: list[int], now: int) -> None:
    edited = Edited(max(instants))
    assert edited.rested(now) is all(now - at >= REST_S for at in instants)
    assert edited.rests_at == max(instants) + REST_S
    assert replace(edited, is_published=True).rested(now)


@pytest.mark.parametrize(
    ("steps", "plan", "is_told"),
    [
        ([], agreed(1), False),
        ([(HostAct.ASKED, agreed(1))], agreed(2), True),
        ([(HostAct.ASKED, agreed(1)), (HostAct.DECLINED, agreed(1))], agreed(2), False),
        ([(HostAct.TOLD, agreed(1))], agreed(2), True),
        ([(HostAct.CONFIRMED, agreed(1)), (HostAct.TOLD, agreed(2))], agreed(1), True),
        ([(HostAct.CONFIRMED, agreed(1, 20))], agreed(1, 25), True),
        ([(HostAct.CONFIRMED, agreed(1))], None, True),
        ([(HostAct.CONFIRMED, agreed(1))], replace(agreed(1), name={"pl": "Inna"}), False),
    ],
)
def test_who_is_concerned(steps: list[tuple[HostAct, Agreed]], plan: Agreed | None, *, is_told: bool) -> None:
    assert bool(messages([arranged("muzeum", *steps)], {"muzeum": plan} if plan else {})) is is_told


def test_what_is_kept_is_one_stay_of_all_that_was_confirmed() -> None:
    two = replace(agreed(1), stays=(SiteStay("A", 60, 120), SiteStay("B", 120, 180)))
    kept = arranged("m", (HostAct.CONFIRMED, agreed(1)), (HostAct.TOLD, agreed(2))).kept
    assert kept == agreed(2)
    assert arranged("m", (HostAct.CONFIRMED, two)).kept is None
    assert arranged("m", (HostAct.ASKED, agreed(1))).kept is None
    assert arranged("m", (HostAct.CONFIRMED, agreed(1)), (HostAct.DECLINED, agreed(1))).kept is None


def test_a_host_is_known_by_the_place_whatever_the_stop_is_called() -> None:
    def day(number: int, *stops: Stop) -> Day:
        return Day(DATE + dt.timedelta(days=number), DayStart(PlaceRef("a"), "09:00"), stops=stops)

    inn = PlaceRef(at=(19.8, 49.9), name={"pl": "Gospoda"})
    days = (
        day(
            0,
            Stop("s1", place=PlaceRef("muzeum")),
            Stop("s2", place=inn),
            Stop("s3", place=PlaceRef("muzeum")),
        ),
        day(
            1,
            Stop("s1", place=PlaceRef("ratusz")),
            Stop("m", StopKind.MEAL),
            Stop("n", place=PlaceRef(name={"pl": "U nas"})),
        ),
    )
    keys = [one.key for one in host_stops(Visit({}, days))]
    assert keys[:4] == ["muzeum", "@19.80000,49.90000", "muzeum#2", "ratusz"]
    assert keys[4].startswith("~")
    assert len(keys) == 5
    assert place_of("muzeum#2") == "muzeum"
    moved = [
        one.key
        for one in host_stops(
            Visit({}, (days[1], replace(days[0], stops=(replace(days[0].stops[0], id="x"),))))
        )
    ]
    assert moved[-1] == "muzeum"
