"""What a secret link shows: the release behind it, the day and the party that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import request

from planner.domain.clock import TownClock
from planner.domain.edits.days import coming_day
from planner.domain.itinerary import PartyItinerary
from planner.domain.releases import ReleaseContent
from planner.domain.weather.rain import has_rain_plan
from planner.errors import NetworkMissingError
from planner.links import GUIDE, PARTICIPANT
from planner.outputs.board.party_views import look_of, of_party, parties_of
from planner.outputs.board.programme import common_timeline
from planner.outputs.maps.parties import parties_map
from planner.outputs.maps.visit import visit_map
from planner.outputs.timeline.build import build_timeline
from planner.web.frame.asked import nearest_day
from planner.web.frame.context import services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from planner.outputs.maps.content import MapContent
    from planner.outputs.timeline.rows import Timeline


WHO = {PARTICIPANT: "visit", GUIDE: "guide"}
"""How the views of each kind of link are called."""


@dataclass(frozen=True)
class Shown:
    """The day asked for, and of its parties the one asked for, or all."""

    content: ReleaseContent
    day: int
    party: PartyItinerary | None

    @classmethod
    def asked(cls, content: ReleaseContent) -> Shown:
        """What the address asks for; without one, the day that comes, and all parties."""
        return cls.on(content, nearest_day(content.visit, coming_day_of(content)))

    @classmethod
    def on(cls, content: ReleaseContent, day: int) -> Shown:
        """A day of the release, with the party that the address asks for."""
        name = request.args.get("party", "")
        return cls(content, day, next((way for way in parties_of(content, day) if way.name == name), None))

    @property
    def asked_for(self) -> str:
        """The party asked for: kept also on a day on which all stay together, '' if there is none such."""
        name = request.args.get("party", "")
        return name if any(way.name == name for ways in self.content.parties for way in ways) else ""

    @property
    def is_of_all(self) -> bool:
        """Whether the delegation splits, and all of it is shown."""
        return self.party is None and bool(parties_of(self.content, self.day))

    @property
    def has_rain(self) -> bool:
        """Whether the day has a version for rain."""
        return self.content.rain is not None and has_rain_plan(self.content.visit.days[self.day])

    @cached_property
    def own(self) -> ReleaseContent:
        """The release as it is for the party asked for."""
        return of_party(self.content, self.day, self.party) if self.party else self.content

    @cached_property
    def timeline(self) -> Timeline:
        """The day in rows."""
        if self.is_of_all:
            return common_timeline(self.content, self.day, language())
        return build_timeline(self.own, self.day, language())

    def chart(self) -> MapContent | None:
        """The map; without streets in force there is none."""
        try:
            layers = services().town_of(self.content.network).network.layers
        except NetworkMissingError:
            return None
        if self.is_of_all:
            return parties_map(self.content, self.day, language(), layers)
        return visit_map(self.own, self.timeline, layers)

    def view(self) -> dict[str, Any]:
        """What the templates show of it."""
        ways = parties_of(self.content, self.day)
        choice = [(way.name, look_of(index), way is self.party) for index, way in enumerate(ways)]
        return {
            "timeline": self.timeline,
            "party": self.party.name if self.party else "",
            "kept_party": self.asked_for,
            "party_choice": [("", "", self.party is None), *choice] if ways else [],
        }


def coming_day_of(content: ReleaseContent) -> int:
    """The number of the day that is today or comes next: what one asks for who asks for none."""
    today = TownClock(content.network.timezone).local(services().now()).date()
    return coming_day(content.visit, today) + 1


def kept() -> dict[str, Any]:
    """The day, the party and the language, carried from page to page."""
    return {key: request.args[key] for key in ("day", "party", "lang") if key in request.args}
