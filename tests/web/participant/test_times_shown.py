"""Every time on page and paper is the one agreed: of random days, each held against what was planned.

Stays begin and end at the very minutes shown; who goes by the others comes neither late nor too early:
departures are rounded down, arrivals up.
"""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.clock import TownClock
from planner.domain.visits import Mode, Visit
from planner.domain.warnings.codes import Late
from planner.services.visits.publish import released
from tests.kit.random_days import SITES, random_day
from tests.kit.web.releases import Links, released_visit
from tests.kit.web.signing_in import services_of
from tests.web.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Day
    from tests.kit.web.pages import PageClient

CLOCK = TownClock("Europe/Warsaw")
DAYS = 40 if os.environ.get("PLANNER_FULL") == "1" else 1
UNPLACED = "stadion"
TIME = re.compile(r"(?<!\d)\d\d:\d\d(?!\d)")


def a_visit(app: Flask, seed: int) -> Visit:
    """A visit of one random day, on foot or by coach; every third has a site that is not on the map."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    day = random_day(services_of(app).town, dice, dice.choice((Mode.WALK, Mode.COACH, Mode.BEST)), 6)
    if seed % 3 == 0:
        first = replace(day.stops[0], place=replace(day.stops[0].place or day.start.place, site=UNPLACED))
        day = replace(day, stops=(first, *day.stops[1:]))
    title = f"Dzień {seed}"
    return Visit({"pl": title, "en": title}, (day,), group_size=dice.choice((7, 25, 45)))


def face(instant: int) -> str:
    return f"{CLOCK.local(instant):%H:%M}"


def down(instant: int) -> str:
    return face(instant)


def up(instant: int) -> str:
    return face(instant + -instant % 60)


def planned_times(plan: Itinerary) -> Iterator[str]:
    """What an itinerary may show, as people must read it."""
    yield from (down(plan.start), up(plan.finish))
    for call in plan.calls:
        yield from (up(call.arrive), face(call.start), face(call.leave))
    for leg in plan.legs:
        yield from (down(leg.depart), up(leg.arrive))
        for part in leg.parts:
            yield from (down(part.depart), up(part.arrive))


LATEST = re.compile(r"Leave by \d\d:\d\d at the latest")
"""Worked out on paper of what a day bears, see tests/outputs/sheets."""


def asked_times(day: Day) -> Iterator[str]:
    """What the organiser typed, and the hours of the sites."""
    texts = [day.start.time, *([day.end.latest, day.end.arrive] if day.end else [])]
    for stop in day.stops:
        texts += [stop.fixed, *(text for window in stop.windows for text in window)]
        site = SITES.get((stop.place and stop.place.site) or "")
        texts += [site.opening_hours if site else None]
    for text in texts:
        yield from TIME.findall(text or "")


def of_release(app: Flask, links: Links) -> ReleaseContent:
    with app.app_context(), services_of(app).database.session() as session:
        content = released(session, links.participant, "participant", NOW)
    assert content is not None
    return content


@pytest.mark.dear
@pytest.mark.parametrize("seed", range(DAYS))
def test_every_time_on_page_and_paper_is_the_one_agreed(app: Flask, pages: PageClient, seed: int) -> None:
    links = released_visit(app, a_visit(app, seed))
    content = of_release(app, links)
    (plan,), (day,) = content.itineraries, content.visit.days
    may_stand = {*planned_times(plan), *asked_times(day), face(NOW)}
    for path in links.pages:
        text = pages.get(path, "en").text
        late = LATEST.findall(text)
        shown = set(TIME.findall(LATEST.sub("", text)))
        assert shown <= may_stand, path
        assert bool(late) <= path.startswith("/g/"), "only guides are told what a day bears"
        assert shown >= {down(plan.start), up(plan.finish)}
        assert shown >= {face(moment) for call in plan.calls for moment in (call.start, call.leave)}


@pytest.mark.parametrize("seed", range(DAYS))
def test_what_is_agreed_in_minutes_is_held_in_them(app: Flask, seed: int) -> None:
    """A stay lasts what was agreed, from a whole minute on; a fixed one begins when it was agreed."""
    content = of_release(app, released_visit(app, a_visit(app, seed)))
    (plan,), (day,) = content.itineraries, content.visit.days
    assert face(plan.start) == day.start.time
    late = {warning.stop for warning in plan.warnings if isinstance(warning, Late)}
    for call in plan.calls:
        stop = day.stops[call.stop]
        assert (call.start % 60, call.leave - call.start) == (0, stop.dwell_min * 60)
        if stop.fixed and call.stop not in late:
            assert face(call.start) == stop.fixed
