"""What a sheet is made from: a day of a release as somebody reads it, for a party or all, in a language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.attendees.counts import Attendees
from planner.domain.clock import TownClock
from planner.domain.releases import ReleaseContent
from planner.domain.text import in_language
from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.board.build import build_board
from planner.outputs.board.party_views import of_party, parties_of, party_called
from planner.outputs.board.programme import common_timeline
from planner.outputs.maps.parties import parties_map
from planner.outputs.maps.visit import visit_map
from planner.outputs.timeline.build import build_timeline
from planner.services.paper.telling import Telling
from planner.streets.query.layers import Layers
from planner.words.formats import DayClock, long_date
from planner.words.places import PlaceWords
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary, PartyItinerary
    from planner.domain.visits import Day, Party, Visit
    from planner.outputs.board.rows import PartyBoard
    from planner.outputs.maps.content import MapContent
    from planner.outputs.timeline.rows import Timeline


def no_address(_site: str) -> str:
    """No site has a public page."""
    return ""


@dataclass(frozen=True)
class Roll:
    """Who is on a list: names as (name, party), never stored with anything else."""

    names: tuple[tuple[str, str], ...] = ()
    card: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AtHost:
    """What is arranged at a site: the door, who receives, what is expected; '' where nothing is told."""

    door: str = ""
    receives: str = ""
    expects: str = ""


@dataclass(frozen=True)
class LaidOn:
    """What is laid on a sheet when it is asked for, and never kept: needs, and what hosts have told."""

    attendees: Attendees = field(default_factory=Attendees)
    hosts: Mapping[str, AtHost] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetSource:
    """One day of a release; lives as long as its sheets are made.

    `address` is the participants' link with the version of the paper in it, '' where there is no link.
    `site_address` gives the public page of a site, '' where it is switched off; `told` is what hosts were
    told, by site and date. Needs an application context with the language in force.
    """

    content: ReleaseContent
    day: int
    party: str
    language: str
    audience: Audience
    address: str = ""
    layers: Layers | None = None
    site_address: Callable[[str], str] = no_address
    site: str = ""
    roll: Roll = field(default_factory=Roll)
    told: Mapping[tuple[str, dt.date], Telling] = field(default_factory=dict)
    laid: LaidOn = field(default_factory=LaidOn)

    @cached_property
    def read(self) -> ReleaseContent:
        """The release with what the audience may read, and no more."""
        return release_for(self.content, self.audience)

    @property
    def visit(self) -> Visit:
        """The visit."""
        return self.content.visit

    @property
    def plan(self) -> Day:
        """The day as it was asked for."""
        return self.visit.days[self.day]

    @cached_property
    def way(self) -> PartyItinerary | None:
        """The way of the party asked for; None for all, and on a day on which all stay together."""
        ways = parties_of(self.read, self.day)
        return next((way for way in ways if way.name == self.party), None)

    @property
    def is_of_all(self) -> bool:
        """Whether the delegation splits and all of it is meant."""
        return self.way is None and bool(parties_of(self.read, self.day))

    @cached_property
    def own(self) -> ReleaseContent:
        """The release as the party asked for has it."""
        return of_party(self.read, self.day, self.way) if self.way else self.read

    @property
    def itinerary(self) -> Itinerary:
        """The day of the party asked for; of all that of the first party."""
        return self.own.itineraries[self.day]

    @property
    def group(self) -> Party | None:
        """The party asked for, with its size and its guide."""
        return party_called(self.content, self.party) if self.way else None

    @cached_property
    def timeline(self) -> Timeline:
        """The day in rows."""
        if self.is_of_all:
            return common_timeline(self.read, self.day, self.language)
        return build_timeline(self.own, self.day, self.language)

    @cached_property
    def board(self) -> PartyBoard | None:
        """Who goes where, None where nobody splits."""
        return build_board(self.read, self.day, self.language, has_notices=False)

    @cached_property
    def chart(self) -> MapContent | None:
        """The map; None without streets or positions."""
        if self.layers is None:
            return None
        if self.is_of_all:
            return parties_map(self.read, self.day, self.language, self.layers)
        return visit_map(self.own, self.timeline, self.layers)

    @cached_property
    def clock(self) -> DayClock:
        """What writes the day's moments."""
        return DayClock(TownClock(self.content.network.timezone), self.plan.date)

    @cached_property
    def words(self) -> PlaceWords:
        """What finds the names of places."""
        return PlaceWords(self.read.sites, self.language)

    @property
    def title(self) -> str:
        """The visit's title; a paper has one, whatever was typed."""
        return in_language(self.visit.title, self.language).strip() or gettext("Study visit")

    @property
    def date(self) -> str:
        """The date with its weekday."""
        return long_date(self.plan.date, self.language)

    @property
    def when(self) -> str:
        """The date, and the party where it is one's own."""
        party = gettext("Party %(name)s", name=self.party) if self.way else ""
        return " · ".join(text for text in (self.date, party) if text)

    @property
    def version(self) -> str:
        """Which version of the visit this is; a draft is none yet."""
        if not self.content.number:
            return gettext("Draft, not published")
        return gettext("Version %(number)s", number=self.content.number)
