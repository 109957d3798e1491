"""How long stays have really taken, learned from what was said on the days of past visits."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S, minute_from
from planner.domain.live.facts import facts_of
from planner.domain.live.merging import before, merges_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.domain.itinerary import PartyItinerary
    from planner.domain.live.events import LiveEvent
    from planner.domain.visits import Day, Stop

LEAST_VISITS = 3
"""Fewer than so many are chance."""

LEAST_S = 2 * MINUTE_S
"""Who says "here" and "leaving" nearer to each other has said both afterwards."""


@dataclass(frozen=True)
class TakenStay:
    """A stay of a past visit at a site, in minutes of a stay without an interpreter."""

    site: str
    visit_id: int
    minutes: float


@dataclass(frozen=True)
class LearnedStay:
    """What stays at a site took: the middle one of so many visits."""

    minutes: int
    visits: int


def taken_stays(
    visit_id: int, day: Day, ways: Sequence[PartyItinerary], events: Sequence[LiveEvent]
) -> Iterator[TakenStay]:
    """Return the stays of a day of which a guide said when the group came and when it left.

    `events` stand, in their order. For those who came earlier a stay begins when it was agreed. What was left
    out is none, nor what a party saw with the one with which it went on.
    """
    stops = {stop.id: stop for stop in day.stops}
    said = {way.name: [event for event in events if event.party in (way.name, "")] for way in ways}
    merges = merges_of(said)
    for way in ways:
        own = before(said[way.name], merges[way.name]) if way.name in merges else said[way.name]
        calls = way.itinerary.calls
        facts = facts_of([call.id or "" for call in calls], own, lambda _, __: 0)
        for call in calls:
            stop = stops.get(call.id or "")
            site = stop.place.site if stop is not None and stop.place is not None else None
            if stop is None or site is None or stop.id in facts.skipped:
                continue
            if stop.id in facts.arrived and stop.id in facts.left:
                begins = max(call.start, minute_from(facts.arrived[stop.id]))
                seconds = facts.left[stop.id] - begins
                if seconds >= LEAST_S:
                    plain = _plain_share(stop, call.leave - call.start)
                    yield TakenStay(site, visit_id, seconds / MINUTE_S * plain)


def _plain_share(stop: Stop, planned_s: int) -> float:
    """How much of a stay is left without an interpreter, who makes a talk longer."""
    return stop.dwell_min * MINUTE_S / planned_s if planned_s and stop.talk else 1.0


def learned(stays: Iterable[TakenStay]) -> Mapping[str, LearnedStay]:
    """Return what is learned by the sites' ids; of each visit, which may have parties, the mean counts."""
    by_site: dict[str, dict[int, list[float]]] = {}
    for stay in stays:
        by_site.setdefault(stay.site, {}).setdefault(stay.visit_id, []).append(stay.minutes)
    return {
        site: LearnedStay(round(median(mean(taken) for taken in visits.values())), len(visits))
        for site, visits in by_site.items()
        if len(visits) >= LEAST_VISITS
    }
