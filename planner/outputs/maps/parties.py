"""One map with the ways of all parties, each in its colour and its line; stops have one number for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.outputs.board.party_views import look_of, of_party, parties_of
from planner.outputs.look import STOP_TONES
from planner.outputs.maps.lanes import beside_each_other
from planner.outputs.maps.visit import (
    day_rides,
    map_around,
    map_ends,
    map_halts,
    map_labels,
    map_legs,
    map_stops,
    more_credit_of,
    unplaced_stops,
)
from planner.outputs.timeline.build import build_timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.releases import ReleaseContent
    from planner.domain.rides import Ride
    from planner.outputs.maps.content import MapContent, MapEnd, MapHalt, MapLeg, MapStop
    from planner.outputs.timeline.rows import Timeline
    from planner.streets.query.layers import Layers

    Seen = tuple[ReleaseContent, Timeline]


def parties_map(content: ReleaseContent, day: int, language: str, layers: Layers) -> MapContent | None:
    """Return the map of all parties of a day, None where nothing of it has a position."""
    ways = parties_of(content, day)
    views = [of_party(content, day, way) for way in ways]
    seen = [(view, build_timeline(view, day, language)) for view in views]
    names = [way.name for way in ways]
    legs = beside_each_other(tuple(_legs(seen, names)))
    drawn = map_around(content, (tuple(_stops(seen, names)), legs), language, layers)
    rides: list[Ride] = [ride for view, timeline in seen for ride in day_rides(view, timeline)]
    labels = {f"party_{look_of(index)}": name for index, name in enumerate(names)}
    credits_ = dict.fromkeys(credit for view in views if (credit := more_credit_of(view, day)))
    return drawn and replace(
        drawn,
        labels={**map_labels(language, rides), **labels},
        halts=tuple(_halts(seen)),
        more_credit=", ".join(credits_),
        ends=tuple(_ends(seen)),
        unplaced=tuple(dict.fromkeys(stop for view, day in seen for stop in unplaced_stops(view, day))),
    )


def _stops(seen: list[Seen], names: list[str]) -> Iterator[MapStop]:
    """Every stop once, with the times of each party; the times of all where they are the same."""
    calls_of: dict[int | str, list[tuple[str, MapStop]]] = defaultdict(list)
    for name, (view, timeline) in zip(names, seen, strict=True):
        for stop in map_stops(view, timeline):
            calls_of[stop.number].append((name, stop))
    for number in sorted(calls_of, key=int):
        calls = calls_of[number]
        first = calls[0][1]
        tone = max((stop.tone for _, stop in calls), key=STOP_TONES.index)
        if len({stop.times for _, stop in calls}) == 1:
            yield replace(first, tone=tone)
            continue
        lines = tuple(f"{name} {stop.times}" for name, stop in calls)
        yield replace(first, tone=tone, times="", lines=(*lines, *first.lines))


def _legs(seen: list[Seen], names: list[str]) -> Iterator[MapLeg]:
    for index, (name, (view, timeline)) in enumerate(zip(names, seen, strict=True)):
        for leg in map_legs(view, timeline):
            label = f"{name}: {leg.label}" if leg.label else name
            yield replace(leg, party=look_of(index), label=label)


def _ends(seen: list[Seen]) -> Iterator[MapEnd]:
    """Where the day begins and ends, of the first party that says so: they meet again at the end."""
    roles: dict[str, MapEnd] = {}
    for view, timeline in seen:
        for end in map_ends(view, timeline):
            roles.setdefault(end.role, end)
    yield from roles.values()


def _halts(seen: list[Seen]) -> Iterator[MapHalt]:
    """Where somebody gets on or off; a halt that several parties use at the same minute is one."""
    halts = (halt for view, timeline in seen for halt in map_halts(view, timeline))
    yield from dict.fromkeys(halts)
