"""What a rotation means for the hosts who have confirmed: whose times it keeps, and who is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request

from planner.domain.hosts.arrangement import Arrangement
from planner.domain.hosts.kept import KeptTime, kept_text, with_kept
from planner.outputs.sheets.parts.told import stays_text
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.keeping import kept_times
from planner.services.hosts.rotating import stays_moved
from planner.web.account.auth import needed_user
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.places import PlaceWords
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.hosts.arrangement import SiteStay
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class RotationHosts:
    """Hosts of a proposed rotation: `kept` and `again` are lines, `fixed` is what accepting sends."""

    kept: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    fixed: str = ""


@dataclass(frozen=True)
class DayHosts:
    """What is arranged with the hosts of a day of a visit; `kept` are the times that they go by."""

    index: int
    arranged: Mapping[str, Arrangement]
    kept: tuple[KeptTime, ...] = ()
    may_ask: bool = False

    @classmethod
    def of(cls, visit: Visit, index: int, arranged: Mapping[str, Arrangement]) -> DayHosts:
        """Return those of a day; the address says whether they may be asked again."""
        kept = kept_times(visit, index, arranged, services().desk_town.clock)
        return cls(index, arranged, kept, may_ask=bool(request.args.get("again")))

    def bound(self, content: ReleaseContent) -> ReleaseContent:
        """Return what is searched in: the day with the times fixed that a rotation keeps."""
        kept = () if self.may_ask else self.kept
        return replace(content, visit=with_kept(content.visit, self.index, kept)) if kept else content

    def told(self, planned: ReleaseContent, proposed: ReleaseContent) -> RotationHosts:
        """Return what a proposed rotation means for them, in words."""
        words = PlaceWords(planned.sites, language())
        moved = stays_moved(planned, proposed, self.index, self.arranged)
        again = {one.stop.id for one in moved}
        kept = [one for one in self.kept if one.stop not in again]
        stops = {stop.id: stop for stop in planned.visit.days[self.index].stops}
        return RotationHosts(
            tuple(f"{words.stop_name(stops[one.stop])}: {one.time}" for one in kept),
            tuple(
                gettext(
                    "%(name)s: %(now)s instead of %(before)s",
                    name=words.stop_name(one.stop),
                    now=self._times(planned, one.now),
                    before=self._times(planned, one.confirmed),
                )
                for one in moved
            ),
            kept_text(kept),
        )

    def _times(self, planned: ReleaseContent, stays: tuple[SiteStay, ...]) -> str:
        return stays_text(services().desk_town.clock, planned.visit.days[self.index].date, stays)


def kept_stops(visit_id: int) -> frozenset[str]:
    """Return the ids of the stops of the day asked for whose hosts have confirmed a time for all."""
    with services().database.session() as session:
        visit = asked.own_state(session, needed_user(), visit_id).visit
        hosts = DayHosts.of(visit, asked.nearest_day(visit), arrangements(session, visit_id))
    return frozenset(one.stop for one in hosts.kept)
