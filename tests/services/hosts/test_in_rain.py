"""The host of a place for rain, by hand: the tower's stop is at the palace at 11:54 when it rains."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from planner.domain.clock import TownClock
from planner.domain.hosts.arrangement import Agreed, Arrangement, HostAct, HostDetails, HostStep, SiteStay
from planner.domain.hosts.messages import messages
from planner.services.hosts.arranging import planned_for_hosts
from planner.services.hosts.keeping import confirmed_times
from planner.services.hosts.pending import said_by
from planner.services.paper.telling import stays_at, stays_of_stop
from tests.kit.rain_sample import rain_sample, with_rain
from tests.kit.samples import at

CONTENT = with_rain(*rain_sample())
VISIT = CONTENT.visit
DATE = VISIT.days[0].date
IN_RAIN = SiteStay("", at("11:54:00"), at("12:04:00"), is_rain=True)


def arranged(key: str, act: HostAct, about: Agreed) -> dict[str, Arrangement]:
    return {key: Arrangement(key, steps=(HostStep(act, about, "anna", 0),))}


def test_a_plan_has_the_times_of_the_rain_version_in_store_for_that_host_alone() -> None:
    planned = planned_for_hosts(CONTENT)
    [told] = [about for key, about in planned.items() if key == "sokol!"]
    assert told == Agreed(DATE, (IN_RAIN,), VISIT.group_size)
    assert told.name["en"] == "Sokół Palace"
    assert not any(stay.is_rain for key, one in planned.items() if key != "sokol!" for stay in one.stays)
    assert stays_of_stop(CONTENT, 0, 4) == planned["teznia"].stays
    assert stays_at(CONTENT, 0, "sokol") == (IN_RAIN,)
    bare = planned_for_hosts(replace(CONTENT, rain=None))
    assert bare == {key: about for key, about in planned.items() if key != "sokol!"}


def test_that_host_is_told_when_the_rain_version_moves_and_not_when_the_day_without_rain_does() -> None:
    hosts = arranged("sokol!", HostAct.CONFIRMED, planned_for_hosts(CONTENT)["sokol!"]).values()
    assert messages(hosts, planned_for_hosts(CONTENT)) == ()
    [plan] = CONTENT.itineraries
    later = replace(plan, calls=tuple(replace(call, start=call.start + 600) for call in plan.calls))
    assert messages(hosts, planned_for_hosts(replace(CONTENT, itineraries=(later,)))) == ()
    dry, wet = rain_sample()
    [plan] = wet.itineraries
    later = replace(
        plan, calls=(*plan.calls[:4], replace(plan.calls[4], start=at("11:59:00"), leave=at("12:09:00")))
    )
    moved = planned_for_hosts(with_rain(dry, replace(wet, itineraries=(later,))))
    [message] = messages(hosts, moved)
    assert message.key == "sokol!"
    assert message.now is not None
    assert message.now.stays == (SiteStay("", at("11:59:00"), at("12:09:00"), is_rain=True),)


def test_an_answer_for_rain_is_none_for_the_day_without_rain() -> None:
    about = planned_for_hosts(CONTENT)["sokol!"]
    stop = (DATE, "s5")
    for act in (HostAct.ASKED, HostAct.CONFIRMED, HostAct.DECLINED):
        said = said_by(VISIT, arranged("sokol!", act, about))
        assert not (said.asked | said.confirmed | said.declined)
        assert said.rain is not None
        found = {
            HostAct.ASKED: said.rain.asked,
            HostAct.CONFIRMED: said.rain.confirmed,
            HostAct.DECLINED: said.rain.declined,
        }
        assert found == {one: {stop} if one is act else set() for one in found}
        assert said.rain.starts == ({stop: at("11:54:00")} if act is HostAct.CONFIRMED else {})
    other_day = replace(about, date=DATE + dt.timedelta(days=1))
    said = said_by(VISIT, arranged("sokol!", HostAct.CONFIRMED, other_day))
    assert said.rain is not None
    assert not said.rain.confirmed


def test_who_has_not_answered_is_awaited_by_their_own_day() -> None:
    """The museum by the 18th, the place for rain by the 20th; who has answered is awaited no more."""
    planned = planned_for_hosts(CONTENT)
    days = {"muzeum": dt.date(2026, 11, 18), "sokol!": dt.date(2026, 11, 20)}

    def known(act: HostAct) -> dict[str, Arrangement]:
        return {
            key: replace(arranged(key, act, planned[key])[key], details=HostDetails(deadline=day))
            for key, day in days.items()
        }

    said = said_by(VISIT, known(HostAct.ASKED))
    assert said.rain is not None
    assert (said.due, said.rain.due) == ({(DATE, "s4"): days["muzeum"]}, {(DATE, "s5"): days["sokol!"]})
    said = said_by(VISIT, known(HostAct.CONFIRMED))
    assert said.rain is not None
    assert (said.due, said.rain.due) == ({}, {})


def test_times_confirmed_for_rain_are_kept_apart() -> None:
    known = arranged("sokol!", HostAct.CONFIRMED, planned_for_hosts(CONTENT)["sokol!"])
    clock = TownClock(CONTENT.network.timezone)
    assert confirmed_times(VISIT, 0, known, clock) == ()
    [kept] = confirmed_times(VISIT, 0, known, clock, is_rain=True)
    assert (kept.stop, kept.time, kept.start) == ("s5", "11:54", at("11:54:00"))
