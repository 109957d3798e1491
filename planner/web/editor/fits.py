"""Pages beside the editor: where a stop would fit, how sure a day is, stops shared among days.

Plain forms that work without a script; nothing changes until something is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request

from planner.domain.clock import canonical_time
from planner.domain.edits import stops as edits
from planner.domain.edits.day_mark import seen_mark
from planner.domain.limits import MOST_OFFERED
from planner.domain.order.proposals import Objective
from planner.domain.sites import Site
from planner.domain.visits import PlaceRef, Stop, StopKind
from planner.errors import EditRefusedError, InvalidInputError
from planner.outputs.compare.fits import chance_text, later_text, shared_view, sturdy_key, sure_view
from planner.services.catalogue.entries import all_sites
from planner.services.order.days.share import SHARE_S
from planner.services.order.days.visit import share_visit
from planner.services.order.find import BUDGET_S
from planner.services.order.slots.beside import why_not
from planner.services.order.slots.find import SLOTS_S, Slot, SlotQuestion, slots
from planner.services.order.sturdy import STURDY_S, SturdyQuestion, sureness
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.services.visits.drafts import sites_of
from planner.services.visits.editing import State
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.forms.share import seen_days
from planner.web.editor.page import site_choices
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.costly import BUSY, costly, refusal
from planner.web.frame.i18n import language
from planner.words.fits.robust import assumptions
from planner.words.fits.slots import SlotWriter
from planner.words.formats import long_date, minutes_text
from planner.words.places import PlaceWords
from planner.words.plans import Reading
from planner.words.refusals import fault_text, refusal_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from planner.domain.visits import Day

blueprint = Blueprint("fits", __name__, url_prefix="/visits/<int:visit_id>")

MOST_SHOWN, MOST_BROKEN = 6, 2
"""So many places are shown, and of those that break a demand where others do not."""

LATER_MIN = (0, 3, 5, 10, 20)


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("/fits")
def fits(visit_id: int) -> ResponseReturnValue:
    """Where a site of the catalogue would fit, or a stop of the day elsewhere; what each place costs."""
    page = _Page.of(visit_id, with_catalogue=True)
    wanted = {name: request.args.get(name, "").strip() for name in ("site", "stop", "times", "position")}
    view: dict[str, Any] = {
        "asked": wanted,
        "sites": site_choices(page.sites),
        "stops": [(stop.id, page.words.stop_name(stop)) for stop in page.day.stops],
        "found": (),
        "why": "",
    }
    stop = page.stop(wanted)
    found = page.searched(lambda: _slots(page, stop, wanted)) if stop is not None else None
    return page.render("editor/fits.html", {**view, **(found or {})})


@blueprint.get("/sure")
def sure(visit_id: int) -> ResponseReturnValue:
    """How sure the day is to be on time, and the order that is surest of those that end soon enough."""
    page = _Page.of(visit_id)
    later = request.args.get("later", type=int)
    view: dict[str, Any] = {
        "choices": [(str(minutes), minutes_text(minutes, language())) for minutes in LATER_MIN],
        "later": str(later) if later in LATER_MIN else "3",
        "now": None,
        "best": None,
        "seen": seen_mark(page.state.visit, page.index),
    }
    found = page.searched(lambda: _sure(page, int(view["later"]))) if later is not None else None
    return page.render("editor/sure.html", {**view, **(found or {})})


@blueprint.get("/days")
def days(visit_id: int) -> ResponseReturnValue:
    """The stops of the visit shared among its days, as a proposal."""
    page = _Page.of(visit_id)
    is_asked = "search" in request.args
    found = page.searched(lambda: _shared(page)) if is_asked else None
    view = {"shared": (), "key": "", "seen": seen_days(page.state.visit), "is_asked": is_asked}
    return page.render("editor/shared_days.html", {**view, **(found or {})})


@dataclass
class _Page:
    """What a page is about, and what came of its search."""

    state: State
    index: int
    sites: Mapping[str, Site]
    problems: tuple[str, ...] = ()
    status: int = 200
    come_again_s: int = 0

    @classmethod
    def of(cls, visit_id: int, *, with_catalogue: bool = False) -> _Page:
        with services().database.session() as session:
            state = asked.own_state(session, needed_user(), visit_id)
            sites = {**(all_sites(session) if with_catalogue else {}), **sites_of(session, state.visit)}
        return cls(state, asked.needed_day(state.visit), sites)

    @property
    def day(self) -> Day:
        return self.state.visit.days[self.index]

    @property
    def case(self) -> Case:
        return Case.of_visit(services().town, self.state.visit, self.index, self.sites)

    @property
    def words(self) -> PlaceWords:
        return PlaceWords(self.sites, language())

    def stop(self, wanted: Mapping[str, str]) -> Stop | None:
        """The stop that is asked about: one of the day, else a site as the catalogue has it."""
        own = next((stop for stop in self.day.stops if stop.id == wanted["stop"]), None)
        site = self.sites.get(wanted["site"])
        if own is not None or site is None:
            return own
        return Stop(
            id=edits.new_stop_id(self.day, StopKind.SITE),
            place=PlaceRef(site=site.id),
            dwell_min=site.dwell_min,
            min_dwell_min=site.min_dwell_min,
        )

    def searched(self, search: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        """What a search came to; None where it was refused, and why."""
        try:
            with costly():
                return search()
        except InvalidInputError as error:
            self.problems = tuple(map(fault_text, error.faults))
        except EditRefusedError as error:
            self.problems = (refusal_text(error),)
        except BUSY as busy:
            self.problems, self.status, self.come_again_s = refusal(busy)
        return None

    def render(self, template: str, view: Mapping[str, Any]) -> ResponseReturnValue:
        """The page, never kept."""
        more = {
            "state": self.state,
            "visit": self.state.visit,
            "day": self.day,
            "day_number": self.index + 1,
            "date_text": long_date(self.day.date, language()),
            "problems": self.problems,
            "keep": dict(request.args.items()),
            "section": "visits",
        }
        response = make_response(render_template(template, **more, **view), self.status)
        response.headers["Cache-Control"] = "no-store"
        if self.come_again_s:
            response.headers["Retry-After"] = str(self.come_again_s)
        return response


@dataclass(frozen=True)
class _Place:
    """A place for the stop: what it costs, what breaks, and the fields of the form that takes it."""

    text: str
    breaks: tuple[str, ...]
    action: str
    fields: Mapping[str, str]
    number: int


def _slots(page: _Page, stop: Stop, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The best places of a stop; of one of the day also why it is not at the place asked for."""
    typed = wanted["times"].replace(";", ",").split(",")[:MOST_OFFERED]
    times = tuple(canonical_time(text.strip()) for text in typed if text.strip())
    found = slots(page.case, SlotQuestion(stop, times), budget_of(services().search_s(SLOTS_S)))
    writer = SlotWriter(page.words, services().town.clock)
    is_own = stop in page.day.stops
    places = [_place(page, writer, stop, slot) for slot in found.found if not _is_here(page, stop, slot)]
    why = ""
    if is_own and wanted["position"].isdecimal():
        at = min(max(1, int(wanted["position"])), len(page.day.stops)) - 1
        told = why_not(page.case, stop, at, Objective.FINISH, budget_of(2 * services().search_s(BUDGET_S)))
        why = writer.why_not(told, stop)
    good = [place for place in places if not place.breaks][:MOST_SHOWN]
    bad = [place for place in places if place.breaks][: MOST_BROKEN if good else MOST_SHOWN]
    return {"found": (*good, *bad), "why": why, "name": page.words.stop_name(stop)}


def _is_here(page: _Page, stop: Stop, slot: Slot) -> bool:
    """Whether a place is the one where the stop stands already."""
    return slot.day == page.day and stop in page.day.stops


def _place(page: _Page, writer: SlotWriter, stop: Stop, slot: Slot) -> _Place:
    fields = {"position": str(slot.position)}
    if stop in page.day.stops:
        action, fields = "move", {**fields, "stop": stop.id}
    else:
        action = "add_site"
        fields |= {"site": (stop.place.site if stop.place else "") or "", "fixed": slot.time or ""}
    breaks = tuple(writer.breaks(broken, _beside(page.day, stop)) for broken in slot.breaks)
    return _Place(writer.slot(slot), breaks, action, fields, slot.position + 1)


def _beside(day: Day, stop: Stop) -> Day:
    """The day with the stop after the others, if it is none of them."""
    return day if stop in day.stops else replace(day, stops=(*day.stops, stop))


def _sure(page: _Page, later_min: int) -> dict[str, Any]:
    """The chances of the day as it is, and of its sturdiest order."""
    question = SturdyQuestion(later_min=later_min)
    case = page.case
    told = sureness(case, question, budget_of(services().search_s(STURDY_S)), may_reorder=True)
    key = sturdy_key(case, told)
    return {
        "now": sure_view(case, told.now, page.words),
        "best": sure_view(case, told.best, page.words) if key else None,
        "best_chance": chance_text(told.best.whole),
        "later_text": later_text(told.later_s, language()),
        "complete": told.complete,
        "key": key,
        "assumptions": assumptions(question.delays),
        "played": question.days,
    }


def _shared(page: _Page) -> dict[str, Any]:
    """The days as proposed, and what is left over."""
    visit = page.state.visit
    found = share_visit(services().town, visit, page.sites, budget_of(services().search_s(SHARE_S)))
    reading = Reading(page.sites, services().town.clock, language())
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
        "is_same": is_same,
        "proved": found.found.proved,
    }
