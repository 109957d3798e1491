"""What a rotation means for the hosts who have confirmed: whose times it keeps, and who is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

from planner.domain.hosts.arrangement import Arrangement
from planner.domain.hosts.kept import KeptTime, kept_text, with_kept
from planner.domain.hosts.keys import is_of_rain
from planner.domain.releases import ReleaseContent, sites_of_both
from planner.outputs.sheets.parts.told import stays_text
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.keeping import kept_times
from planner.services.hosts.rotating import rotated_in_rain, stays_moved
from planner.web.account.auth import needed_user
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.places import PlaceWords
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.hosts.arrangement import SiteStay
    from planner.domain.visits import Visit
    from planner.services.hosts.rotating import StaysMoved
    from planner.services.parties.plan import PartyPlan


@dataclass(frozen=True)
class RotationHosts:
    """Hosts of a proposed rotation: `kept`, `again` and, for when it rains, `in_rain` are lines.

    `fixed` is what accepting sends.
    """

    kept: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    fixed: str = ""
    in_rain: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayHosts:
    """What is arranged with the hosts of a day of a visit; `kept` are the times that they go by.

    `wet` is the rain version of the visit, planned, where there is one.
    """

    index: int
    arranged: Mapping[str, Arrangement]
    kept: tuple[KeptTime, ...] = ()
    may_ask: bool = False
    wet: ReleaseContent | None = None

    @classmethod
    def of(
        cls,
        visit: Visit,
        index: int,
        arranged: Mapping[str, Arrangement],
        wet: ReleaseContent | None = None,
    ) -> DayHosts:
        """Return those of a day; the address says whether they may be asked again."""
        kept = kept_times(visit, index, arranged, services().desk_town.clock)
        return cls(index, arranged, kept, may_ask=bool(request.args.get("again")), wet=wet)

    def bound(self, content: ReleaseContent) -> ReleaseContent:
        """Return what is searched in: the day with the times fixed that a rotation keeps."""
        kept = () if self.may_ask else self.kept
        return replace(content, visit=with_kept(content.visit, self.index, kept)) if kept else content

    def told(self, planned: ReleaseContent, proposed: ReleaseContent, plan: PartyPlan) -> RotationHosts:
        """Return what a proposed rotation means for them, in words; `proposed` is the release with it."""
        both = replace(planned, rain=self.wet), replace(proposed, rain=self._rotated(proposed, plan))
        words = PlaceWords(sites_of_both(both[0]), language())
        moved = stays_moved(*both, self.index, self.arranged)
        again = {one.stop.id for one in moved if not one.is_rain}
        kept = [one for one in self.kept if one.stop not in again]
        stops = {stop.id: stop for stop in planned.visit.days[self.index].stops}
        dry, wet = (
            tuple(self._line(planned, one, words) for one in moved if one.is_rain is is_rain)
            for is_rain in (False, True)
        )
        lines = tuple(f"{words.stop_name(stops[one.stop])}: {one.time}" for one in kept)
        return RotationHosts(lines, dry, kept_text(kept), wet)

    def _rotated(self, proposed: ReleaseContent, plan: PartyPlan) -> ReleaseContent | None:
        """The rain version with a proposed rotation; None where nobody has been asked for it."""
        if self.wet is None or not any(map(is_of_rain, self.arranged)):
            return None
        return rotated_in_rain(services().desk_town, self.wet, proposed, self.index, plan.routes)

    def _line(self, planned: ReleaseContent, moved: StaysMoved, words: PlaceWords) -> str:
        return gettext(
            "%(name)s: %(now)s instead of %(before)s",
            name=words.stop_name(moved.stop),
            now=self._times(planned, moved.now),
            before=self._times(planned, moved.confirmed),
        )

    def _times(self, planned: ReleaseContent, stays: tuple[SiteStay, ...]) -> str:
        date = planned.visit.days[self.index].date
        return stays_text(services().desk_town.clock, date, stays, says_rain=False)


def kept_stops(visit_id: int) -> frozenset[str]:
    """Return the ids of the stops of the day asked for whose hosts have confirmed a time for all."""
    with services().database.session() as session:
        visit = asked.own_state(session, needed_user(), visit_id).visit
        hosts = DayHosts.of(visit, asked.nearest_day(visit), arrangements(session, visit_id))
    return frozenset(one.stop for one in hosts.kept)
