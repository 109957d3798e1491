"""What differs between the version that somebody holds on paper, or saw last, and the newest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.text import in_language
from planner.words.formats import DayClock, short_day
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import ReleaseContent


@dataclass(frozen=True)
class _DayFacts:
    """What a paper says of one day: where one meets, and when what begins, by stops in their order."""

    date: str
    start: str
    meeting: str
    stops: dict[str, tuple[str, str]]
    finish: str


def paper_changes(held: ReleaseContent, newest: ReleaseContent, party: str, language: str) -> list[str]:
    """Return a sentence for each thing that differs; needs an application context."""
    with force_locale(language):
        before, after = (_facts(content, party, language) for content in (held, newest))
        later = {one.date for one in newest.to_follow}
        return [
            line
            for date in sorted({*before, *after})
            for line in _day(before.get(date), after.get(date), is_to_follow=date in later)
        ]


def changes_of_all(before: ReleaseContent, after: ReleaseContent, language: str) -> list[str]:
    """Return what all readers are told of a new version: party by party where a day is split."""
    names = dict.fromkeys(way.name for content in (before, after) for ways in content.parties for way in ways)
    if not names:
        return paper_changes(before, after, "", language)
    told = {name: paper_changes(before, after, name, language) for name in names}
    of_all = [line for line in next(iter(told.values())) if all(line in lines for lines in told.values())]
    with force_locale(language):
        apart = [
            f"{gettext('Party %(name)s', name=name)}: {line}"
            for name, lines in told.items()
            for line in lines
            if line not in of_all
        ]
    return [*of_all, *apart]


def _facts(content: ReleaseContent, party: str, language: str) -> dict[str, _DayFacts]:
    words = PlaceWords(content.sites, language)
    found = {}
    for index, day in enumerate(content.visit.days):
        itinerary = _itinerary(content, index, party)
        clock = DayClock(TownClock(content.network.timezone), day.date)
        stops = {}
        for call in itinerary.calls:
            stop = day.stops[call.stop]
            site = stop.place.site if stop.place else None  # the id of a stop that went may be given again
            stops[f"{stop.id} {site}"] = (words.stop_name(stop), clock.departure(call.start).text)
        meeting = in_language(content.visit.meeting_point, language) if index == 0 else ""
        found[day.date.isoformat()] = _DayFacts(
            short_day(day.date, language),
            clock.departure(itinerary.start).text,
            meeting or words.name(day.start.place),
            stops,
            clock.arrival(itinerary.finish).text,
        )
    return found


def _itinerary(content: ReleaseContent, day: int, party: str) -> Itinerary:
    ways = content.parties[day] if day < len(content.parties) else ()
    return next((way.itinerary for way in ways if way.name == party), content.itineraries[day])


def _day(before: _DayFacts | None, after: _DayFacts | None, *, is_to_follow: bool) -> Iterator[str]:
    if before and is_to_follow:
        yield gettext("To follow: %(what)s", what=before.date)
        return
    if before is None or after is None:
        if after:
            yield gettext("A day more: %(day)s", day=after.date)
        if before:
            yield gettext("A day less: %(day)s", day=before.date)
        return
    for line in _of_day(before, after):
        yield f"{after.date}: {line}"


def _of_day(before: _DayFacts, after: _DayFacts) -> Iterator[str]:
    if before.start != after.start:
        yield _instead(gettext("Start"), after.start, before.start)
    if before.meeting != after.meeting:
        yield _instead(gettext("Meeting point"), after.meeting, before.meeting)
    yield from _of_stops(before, after)
    if before.finish != after.finish:
        yield _instead(gettext("End of the day"), after.finish, before.finish)


def _of_stops(before: _DayFacts, after: _DayFacts) -> Iterator[str]:
    for key, (name, time) in after.stops.items():
        if key not in before.stops:
            yield gettext("new: %(stop)s at %(time)s", stop=name, time=time)
        elif before.stops[key][1] != time:
            yield _instead(name, time, before.stops[key][1])
        elif before.stops[key][0] != name:
            yield _instead(time, name, before.stops[key][0])
    for key, (name, _time) in before.stops.items():
        if key not in after.stops:
            yield gettext("no longer: %(stop)s", stop=name)
    was, now = (
        [key for key in one.stops if key in other.stops] for one, other in ((before, after), (after, before))
    )
    if was != now:
        yield gettext("New order: %(order)s", order=" → ".join(after.stops[key][0] for key in now))


def _instead(what: str, now: str, before: str) -> str:
    return gettext("%(what)s: %(now)s instead of %(before)s", what=what, now=now, before=before)
