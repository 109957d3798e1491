"""The pages of how sure a day is, and of stops shared among days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.domain.hosts.kept import kept_text, with_kept
from planner.errors import InvalidInputError
from planner.outputs.compare.fits import chance_text, later_text, shared_view, sturdy_key, sure_view, ten_text
from planner.services.order.days.in_rain import shared_in_rain
from planner.services.order.days.share import SHARE_S
from planner.services.order.days.visit import share_visit
from planner.services.order.sturdy import STURDY_S, SturdyQuestion, remembered_chance, sureness
from planner.services.planning.budget import budget_of
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.fits.robust import assumptions
from planner.words.plans import Reading

if TYPE_CHECKING:
    from planner.web.editor.fits.page import FitPage


def chances_view(page: FitPage, later_min: int) -> dict[str, Any]:
    """The chances of the day as it is, and of its sturdiest order."""
    question = SturdyQuestion(later_min=later_min)
    case, stops = page.case, {stop.id: stop for stop in page.day.stops}
    kept = page.kept[page.index]
    hosts = AskedAgainWriter(page.day, page.words, services().town.clock, says_rain=False)
    told = sureness(case, question, budget_of(services().search_s(STURDY_S)), may_reorder=True)
    key = sturdy_key(case, told)
    order = tuple(case.day.stops[number] for number in told.best.order)
    in_rain = page.moved_in_rain(replace(case.day, stops=order)) if key else ()
    return {
        "now": sure_view(case, told.now, page.words),
        "best": sure_view(case, told.best, page.words) if key else None,
        "best_chance": chance_text(told.best.whole),
        "later_text": later_text(told.later_s, language()),
        "complete": told.complete,
        "key": key,
        "assumptions": assumptions(question.delays),
        "played": question.days,
        "kept": kept_text(kept),
        "in_rain": hosts.lines(in_rain),
        "kept_lines": [f"{page.words.stop_name(stops[one.stop])}: {one.time}" for one in kept],
    }


def chance_now(page: FitPage) -> str:
    """How often the day as it is is on time, in a few words; '' where it cannot be planned."""
    try:
        return ten_text(remembered_chance(page.case))
    except InvalidInputError:
        return ""


def days_view(page: FitPage) -> dict[str, Any]:
    """The days as proposed, and what is left over."""
    visit = page.state.visit
    for at, kept in enumerate(page.kept):
        visit = with_kept(visit, at, kept)
    found = share_visit(services().town, visit, page.sites, budget_of(services().search_s(SHARE_S)))
    clock = services().town.clock
    reading = Reading(page.sites, clock, language())
    again = shared_in_rain(services().town, page.state.visit, page.sites, found, page.in_rain)
    every = [stop for day in visit.days for stop in day.stops]
    is_same = all(
        found.came_from(at, place) == at
        for at, day in enumerate(found.found.days)
        for place in range(len(day.numbers))
    )
    return {
        "shared": shared_view(visit, found, reading),
        "left": [page.words.stop_name(every[number]) for number in found.found.left],
        "key": found.key,
        "in_rain": [
            line
            for day, moved in zip(visit.days, again, strict=True)
            for line in AskedAgainWriter(day, page.words, clock, says_rain=False).lines(moved)
        ],
        "kept": "|".join(map(kept_text, page.kept)),
        "is_same": is_same,
        "proved": found.found.proved,
    }
