"""A release as a participant or a guide may take it along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.clock import minute_from, minute_until
from planner.domain.itinerary import PartyItinerary
from planner.domain.releases import ReleaseContent
from planner.domain.text import in_language
from planner.domain.warnings.audience import Audience, release_for
from planner.domain.weather.rain import has_rain_plan
from planner.links import GUIDE
from planner.outputs.board.party_views import of_party
from planner.outputs.files.content.legs import leg_of
from planner.outputs.files.content.plan import FileDay, FileEnd, FilePlan, FileStop, Rests
from planner.outputs.files.content.stays import Stay, stays_of, ways_of
from planner.outputs.files.content.text import plainly
from planner.outputs.maps.visit import map_legs, map_stops
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.phrases import imprint_of
from planner.outputs.timeline.rows import Timeline
from planner.words.around.booked import booked_rows
from planner.words.formats import long_date
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from planner.domain.geo import LonLat
    from planner.domain.visits import PlaceRef
    from planner.outputs.files.content.plan import FileLeg
    from planner.outputs.maps.content import MapStop
    from planner.outputs.timeline.rows import Imprint, StopRow

ODBL_URL = "https://opendatacommons.org/licenses/odbl/1-0/"


@dataclass(frozen=True)
class Wanted:
    """What a file is wanted of: a language, who reads it, a day (from 0, None: all), a party."""

    language: str
    audience: str
    day: int | None = None
    party: str = ""

    @property
    def is_guide(self) -> bool:
        """Whether it has room for notes for guides and the coordinator."""
        return self.audience == GUIDE


def file_plan(content: ReleaseContent, wanted: Wanted, rainy: AbstractSet[int] = frozenset()) -> FilePlan:
    """Return what a file says; needs an application context.

    `rainy` are the days, from 0, that the release has as they go when it rains, since that is in force.
    """
    content = release_for(content, Audience(wanted.audience))
    visit, language = content.visit, wanted.language
    days = range(len(visit.days)) if wanted.day is None else [wanted.day]
    plans = [_DayPlan(content, day, wanted, list(stays_of(content)), is_rain=day in rainy) for day in days]
    party = next((party for party in visit.parties if party.name == wanted.party), None)
    with force_locale(language):
        imprints = [imprint_of(one.content, one.day, language) for plan in plans for one in plan.versions]
        plan = FilePlan(
            language=language,
            title=in_language(visit.title, language),
            town=content.network.name,
            timezone=content.network.timezone,
            number=content.number,
            published=content.published,
            version=imprints[0].release,
            people=party.size if party else visit.group_size,
            party=wanted.party,
            days=tuple(plan.made() for plan in plans),
            rests=_rests(imprints),
            is_guides=wanted.is_guide,
            coordinator=visit.coordinator if wanted.is_guide else "",
            languages=visit.languages,
            to_follow=content.to_follow,
        )
    return plainly(plan)


def _rests(imprints: list[Imprint]) -> Rests:
    first = imprints[0]
    licence = gettext("Open Database License (ODbL)")
    date = f", {first.data_date}" if first.data_date else ""
    of_map = f"{gettext('Map data:')} {first.credit}, {first.credit_url}, {licence}, {ODBL_URL}{date}"
    services = dict.fromkeys(service for imprint in imprints for service in imprint.services)
    timetables = (f"{gettext('Timetable:')} {service}" for service in services)
    lines = (of_map, *([first.sketch] if first.sketch else []), *timetables)
    return Rests(first.credit, first.credit_url, licence, lines)


@dataclass(frozen=True)
class _Way:
    """A party's own way through a day, told."""

    way: PartyItinerary
    own: ReleaseContent
    timeline: Timeline

    @cached_property
    def legs(self) -> dict[int, FileLeg]:
        """Its legs by their index."""
        pieces = list(map_legs(self.own, self.timeline))
        return {row.index: leg_of(row, self.way, pieces) for row in self.timeline.legs}

    @cached_property
    def drawn(self) -> dict[int | str, MapStop]:
        """Its stops as maps have them, by their number."""
        return {stop.number: stop for stop in map_stops(self.own, self.timeline)}

    @cached_property
    def stops(self) -> dict[int, StopRow]:
        """Its rows of stops by their index in the day's list."""
        return {row.index: row for row in self.timeline.stops}


@dataclass(frozen=True)
class _DayPlan:
    """One day being made; a party that is asked for goes alone, where the delegation splits."""

    content: ReleaseContent
    day: int
    wanted: Wanted
    stays: list[Stay]
    is_rain: bool = False
    is_only_if: bool = False

    @cached_property
    def rain(self) -> _DayPlan | None:
        """The day as it goes if it rains, where that is not in force."""
        wet = self.content.rain
        if wet is None or self.is_rain or not has_rain_plan(self.content.visit.days[self.day]):
            return None
        stays = list(stays_of(wet))
        return _DayPlan(wet, self.day, self.wanted, stays, is_rain=True, is_only_if=True)

    @property
    def versions(self) -> tuple[_DayPlan, ...]:
        """The day, and how it goes if it rains."""
        return (self,) if self.rain is None else (self, self.rain)

    @cached_property
    def ways(self) -> dict[str, _Way]:
        """The ways that are told, by the names of their parties."""
        all_ways = ways_of(self.content, self.day)
        asked = [way for way in all_ways if way.name == self.wanted.party]
        return {way.name: self._told(way) for way in asked or all_ways}

    def _told(self, way: PartyItinerary) -> _Way:
        own = of_party(self.content, self.day, way) if way.name else self.content
        return _Way(way, own, build_timeline(own, self.day, self.wanted.language))

    def made(self) -> FileDay:
        """The whole day."""
        document = self.content.visit.days[self.day]
        stops = sorted(self._stops(), key=lambda stop: (stop.start, stop.number, stop.party))
        told = [notice.text for way in self.ways.values() for notice in way.timeline.notices]
        name, version = self._told_version()
        date = long_date(document.date, self.wanted.language)
        return FileDay(
            number=self.day + 1,
            date=document.date,
            label=" – ".join(text for text in (date, name) if text),
            stops=tuple(stops),
            legs=tuple(leg for way in self.ways.values() for leg in way.legs.values()),
            starts=tuple(self._start(way) for way in self.ways.values()),
            ends=tuple(self._end(way) for way in self.ways.values()),
            doubts=tuple(dict.fromkeys(told)),
            booked=booked_rows(document, self.wanted.language),
            is_rain=self.is_rain,
            is_only_if=self.is_only_if,
            version=version,
            rain=self.rain.made() if self.rain else None,
        )

    def _told_version(self) -> tuple[str, str]:
        """What stands behind the date, and the sentence for it; '' for a day as it was planned."""
        if not self.is_rain:
            return "", ""
        if self.is_only_if:
            only = gettext("Only if it rains: the guide says whether this version is in force.")
            return gettext("If it rains"), only
        return gettext("The version for rain"), gettext("It rains: the rain version of the day is in force.")

    def _stops(self) -> Iterator[FileStop]:
        for stay in self.stays:
            told = [(self.ways[way.name], place) for way, place in stay.calls if way.name in self.ways]
            if stay.day == self.day and told:
                yield self._stop(stay, told)

    def _stop(self, stay: Stay, told: list[tuple[_Way, int]]) -> FileStop:
        way, place = told[0]
        call = way.way.itinerary.calls[place]
        row, stop = way.stops[call.stop], self.content.visit.days[self.day].stops[call.stop]
        drawn = way.drawn.get(row.number)
        legs = [replace(leg, party="") if (leg := one.legs.get(at)) else None for one, at in told]
        doubts = dict.fromkeys(notice.text for one, _ in told for notice in one.stops[call.stop].notices)
        return FileStop(
            key=stay.key,
            party=stay.key.party,
            number=row.number,
            kind=stop.kind.value,
            name=row.name,
            arrive=minute_from(call.arrive),
            start=minute_until(call.start),
            leave=minute_until(call.leave),
            times=row.times,
            at=drawn.at if drawn else None,
            within_m=drawn.approximate_m if drawn else None,
            is_here=bool(row.here),
            address=row.address,
            facts=tuple(text for text in (row.here, *row.practical) if text),
            note=row.note,
            about=tuple(text for text in (row.summary, row.description) if text),
            doubts=tuple(doubts),
            leg=legs[0] if all(leg == legs[0] for leg in legs) else None,
            aside=row.aside,
            booked=row.booked,
        )

    def _start(self, way: _Way) -> FileEnd:
        timeline, place = way.timeline, self.content.visit.days[self.day].start.place
        time = minute_until(way.way.itinerary.start)
        return FileEnd(
            way.way.name, timeline.meeting_point, timeline.meeting_address, time, self._position(place)
        )

    def _end(self, way: _Way) -> FileEnd:
        end, last = self.content.visit.days[self.day].end, way.timeline.rows[-1]
        name, address = (last.name, last.address) if last.kind == "end" else ("", "")
        time = minute_from(way.way.itinerary.finish)
        at = self._position(end.place) if end and end.place else None
        return FileEnd(way.way.name, name or gettext("End of the day"), address, time, at)

    def _position(self, place: PlaceRef) -> LonLat | None:
        site = self.content.sites.get(place.site) if place.site else None
        return site.location.at if site else place.at
