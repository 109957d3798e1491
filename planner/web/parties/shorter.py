"""Stays that are made shorter for all parties: whether that may help, and what it comes to in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.edits.stops import with_day
from planner.domain.parties.routes import routes_fit
from planner.domain.warnings.severity import OF_TIME, Tone, tone_of_warning
from planner.outputs.board.party_views import parties_of, with_ways
from planner.services.parties.cuts import may_cut
from planner.web.frame.i18n import language
from planner.words.formats import minutes_text
from planner.words.places import PlaceWords
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.services.parties.plan import PartyPlan


def can_shorten(content: ReleaseContent, index: int) -> bool:
    """Whether something of an accepted rotation does not work, and stays of the day may be shorter."""
    day = content.visit.days[index]
    if not may_cut(day) or not routes_fit(day, content.visit.parties):
        return False
    return any(
        warning.code in OF_TIME and tone_of_warning(warning) is Tone.FAIL
        for way in parties_of(content, index)
        for warning in way.itinerary.warnings
    )


def cut_lines(content: ReleaseContent, index: int, plan: PartyPlan) -> list[str]:
    """Say of each stay that a plan cuts how long it is and how long it was."""
    words = PlaceWords(content.sites, language())
    stops = {stop.id: stop for stop in content.visit.days[index].stops}
    return [
        gettext(
            "%(name)s: %(minutes)s instead of %(before)s",
            name=words.stop_name(stop),
            minutes=minutes_text(stop.dwell_min - cut.minutes, language()),
            before=minutes_text(stop.dwell_min, language()),
        )
        for cut in plan.cuts
        for stop in (stops[cut.stop],)
    ]


def with_plan(content: ReleaseContent, index: int, plan: PartyPlan) -> ReleaseContent:
    """The release as it would be with a plan: its ways, and the stays that it cuts."""
    day = applied(content.visit.days[index], Remedy(RemedyCode.CUT, cuts=plan.cuts))
    cut = replace(content, visit=with_day(content.visit, index, day))
    return with_ways(cut, index, plan.parties)
