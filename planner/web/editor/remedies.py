"""What would cure the warnings of the editor's day, as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.releases import sites_of_both
from planner.domain.warnings.severity import tightest
from planner.outputs.timeline.remedies import RemedyRows, awaited_rows, remedy_rows
from planner.services.hosts.keeping import confirmed_times
from planner.services.planning.case import Case
from planner.services.remedies.answer import Remedying, plan_answer
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.formats import minutes_text
from planner.words.places import PlaceWords
from planner.words.remedies import RemedyWriter
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.hosts.arrangement import Arrangement
    from planner.services.visits.drafts import Draft

ASKED_S = 1.5
"""Who asks for remedies waits no longer; who does not ask waits for none."""


def tightest_text(plan: Draft, at: int) -> str:
    """Where a day that works has least to spare, in words; '' where there is enough."""
    content = plan.content
    call = tightest(content.itineraries[at]) if content else None
    if content is None or call is None or call.slack_s is None:
        return ""
    name = PlaceWords(content.sites, language()).stop_name(content.visit.days[at].stops[call.stop])
    minutes = minutes_text(call.slack_s // 60, language())
    return gettext("Tightest at %(name)s: %(minutes)s to spare.", name=name, minutes=minutes)


def remedies_of(plan: Draft, at: int, budget_s: float, arranged: Mapping[str, Arrangement]) -> RemedyRows:
    """Return the remedies of a planned draft's day (from 0); without any time where they will stand.

    `arranged` is what is arranged with the visit's hosts: whoever has to be asked again is told.
    """
    content = plan.content
    if content is None:
        return RemedyRows()
    visit, itinerary = content.visit, content.itineraries[at]
    awaited = awaited_rows(itinerary.warnings)
    if not awaited.awaited or budget_s <= 0:
        return awaited
    sites = sites_of_both(plan.both or content)
    case = Case.of_visit(services().town, visit, at, sites)
    before = visit.days[at + 1].date if at + 1 < len(visit.days) else None
    clock, words = services().desk_town.clock, PlaceWords(sites, language())
    kept = (
        *confirmed_times(visit, at, arranged, clock),
        *confirmed_times(visit, at, arranged, clock, is_rain=True),
    )
    remedying = Remedying(services().search_s(budget_s), before, kept)
    offers = plan_answer(case, remedies=remedying, itinerary=itinerary).offers
    hosts = AskedAgainWriter(case.day, words, clock)
    return remedy_rows(itinerary.warnings, offers, RemedyWriter(case.day, words), hosts)
