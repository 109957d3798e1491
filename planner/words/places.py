"""What a stop of a day is called and what is known about its place, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.sites import Quality, Site, StepFree
from planner.domain.text import in_language
from planner.domain.visits import PlaceRef, Stop, StopKind
from planner.words.translation import gettext


@dataclass(frozen=True)
class PlaceWords:
    """Finds the words for places among a release's sites; needs an application context."""

    sites: Mapping[str, Site]
    language: str

    def site(self, place: PlaceRef | None) -> Site | None:
        """Return the catalogue entry that a place points to."""
        return self.sites.get(place.site) if place and place.site else None

    def name(self, place: PlaceRef | None) -> str:
        """Return a place's name: the document's own before the catalogue's; '' if there is none."""
        if place is None:
            return ""
        site = self.site(place)
        own = in_language(place.name, self.language)
        return own or (in_language(site.name, self.language) if site else "") or (place.site or "")

    def address(self, place: PlaceRef | None) -> str:
        """Return a place's address, '' unless it is in the catalogue."""
        site = self.site(place)
        return site.address if site else ""

    def stop_name(self, stop: Stop) -> str:
        """Return a stop's name, or what is done there."""
        if name := self.name(stop.place):
            return name
        if stop.kind is StopKind.MEAL:
            return gettext("Meal")
        if stop.kind is StopKind.BREAK:
            return gettext("Break")
        return gettext("A place on the map")

    def practical(self, site: Site | None) -> tuple[str, ...]:
        """Return the short facts that help on the day."""
        if site is None:
            return ()
        facts = [gettext("outdoors")] if site.outdoor else []
        if site.step_free is StepFree.YES:
            facts.append(gettext("step-free"))
        elif site.step_free is StepFree.NO:
            facts.append(gettext("with steps"))
        if site.location.quality is Quality.AREA:
            facts.append(gettext("place approximate"))
        return tuple(facts)

    def error_m(self, place: PlaceRef | None) -> float:
        """Return how far off a place may be where only its neighbourhood is known, else 0."""
        site = self.site(place)
        if site is None or site.location.quality is not Quality.AREA:
            return 0.0
        return site.location.error_m or 0.0
