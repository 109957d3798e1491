"""What the parties' page shows: the form, the board of an accepted or a proposed rotation, the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from planner.domain.limits import FEWEST_PARTIES, MOST_PARTIES
from planner.domain.parties.routes import routes_fit
from planner.errors import InvalidInputError
from planner.outputs.board.build import build_board
from planner.outputs.board.frame import LANE
from planner.outputs.board.party_views import parties_of
from planner.outputs.board.svg import draw_board, draw_sites
from planner.outputs.maps.parties import parties_map
from planner.services.parties.plan import BUDGET_S, FINISH, PartyPlan, cut_routes, plan_parties
from planner.services.planning.budget import budget_of
from planner.services.planning.case import Case
from planner.web.frame.context import services
from planner.web.frame.costly import BUSY, costly, refusal
from planner.web.frame.i18n import language
from planner.web.frame.maps import map_view
from planner.web.parties.form import PartiesForm, cuts_text, routes_text, sum_sentence
from planner.web.parties.hosts import RotationHosts
from planner.web.parties.shorter import can_shorten, cut_lines, with_plan
from planner.words.conflicts import ConflictWriter
from planner.words.formats import DayClock, long_date, short_day
from planner.words.places import PlaceWords
from planner.words.refusals import fault_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.domain.budget import Budget
    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Visit
    from planner.outputs.board.rows import PartyBoard
    from planner.outputs.maps.content import MapContent
    from planner.services.visits.editing import State
    from planner.web.parties.hosts import DayHosts


@dataclass(frozen=True)
class Refused:
    """What was typed and not stored, and why."""

    form: PartiesForm
    message: str
    lines: tuple[str, ...] = ()
    status: int = 422


@dataclass(frozen=True)
class RotationAnswer:
    """What a search came to: a rotation, or why there is none; neither where none was asked for.

    `has_no_cuts` tells that the accepted rotation was asked for and that no shorter stays help it.
    """

    plan: PartyPlan | None = None
    faults: tuple[str, ...] = ()
    status: int = 200
    come_again_s: int = 0
    has_no_cuts: bool = False


def searched(content: ReleaseContent, hosts: DayHosts) -> RotationAnswer:
    """Look for a rotation of a day that keeps what its hosts have confirmed; nothing is stored."""

    def ask(case: Case, budget: Budget) -> RotationAnswer:
        return RotationAnswer(plan_parties(case, content.visit.parties, budget))

    return _asked(content, hosts, ask)


def shortened(content: ReleaseContent, hosts: DayHosts) -> RotationAnswer:
    """Look for the shorter stays with which the accepted rotation works; nothing is stored."""

    def ask(case: Case, budget: Budget) -> RotationAnswer:
        plan = cut_routes(case, content.visit.parties, budget)
        return RotationAnswer(plan, has_no_cuts=plan is None)

    return _asked(content, hosts, ask)


def _asked(
    content: ReleaseContent, hosts: DayHosts, ask: Callable[[Case, Budget], RotationAnswer]
) -> RotationAnswer:
    context, bound = services(), hosts.bound(content)
    try:
        with costly():
            case = Case.of_visit(context.desk_town, bound.visit, hosts.index, bound.sites)
            return ask(case, budget_of(context.search_s(BUDGET_S)))
    except InvalidInputError as error:
        return RotationAnswer(faults=tuple(map(fault_text, error.faults)))
    except BUSY as busy:
        return RotationAnswer(None, *refusal(busy))


def page_view(
    state: State,
    hosts: DayHosts,
    planned: ReleaseContent | None,
    answer: RotationAnswer,
    refused: Refused | None,
) -> dict[str, Any]:
    """All that the template shows."""
    visit, index = state.visit, hosts.index
    day, plan = visit.days[index], answer.plan
    content = with_plan(hosts.bound(planned), index, plan) if planned and plan else planned
    board = build_board(content, index, language()) if content else None
    form = refused.form if refused else PartiesForm.of_visit(visit, day)
    return {
        "state": state,
        "visit": visit,
        "day": day,
        "day_number": index + 1,
        "day_links": [
            (number, short_day(other.date, language())) for number, other in enumerate(visit.days, 1)
        ],
        "date": long_date(day.date, language()),
        "form": form,
        "size_fault": "" if form.people == visit.group_size else sum_sentence(form.people, visit.group_size),
        "counts": range(FEWEST_PARTIES, min(MOST_PARTIES, visit.group_size) + 1),
        "refused": refused,
        "faults": answer.faults,
        "plan": plan,
        "until_now": _time(_last_finish(planned, index), day) if planned else "",
        "bound": _time(plan.bound, day) if plan and plan.bound is not None else "",
        "is_all_proved": plan is not None and plan.proved and plan.objective != FINISH,
        "conflict": _conflict_text(content, index, plan) if content and plan else "",
        "routes": routes_text(plan.routes) if plan else "",
        "cuts": cuts_text(plan.cuts) if plan and plan.cuts else "",
        "cut_lines": cut_lines(planned, index, plan) if planned and plan else [],
        "has_no_cuts": answer.has_no_cuts,
        "hosts": hosts.told(planned, content, plan) if planned and content and plan else RotationHosts(),
        "has_kept": bool(hosts.kept),
        "may_ask": hosts.may_ask,
        "can_shorten": plan is None and planned is not None and can_shorten(planned, index),
        "is_stale": bool(day.party_routes) and not routes_fit(day, visit.parties),
        "board": board,
        "section": "visits",
        **(_drawn(board) if board else {}),
        **map_view(_chart(content, index) if content and board else None),
    }


def _last_finish(content: ReleaseContent, index: int) -> Instant:
    """When the day ends as it is: for the last party, or for the undivided group."""
    ways = [way.itinerary for way in parties_of(content, index)] or [content.itineraries[index]]
    return max(way.finish for way in ways)


def can_search(form: PartiesForm, visit: Visit) -> bool:
    """Whether the parties are such that a rotation can be looked for."""
    return len(form.rows) >= FEWEST_PARTIES and form.people == visit.group_size


def _conflict_text(content: ReleaseContent, index: int, plan: PartyPlan) -> str:
    """Which demands exclude each other, where some stays begin when they may not."""
    words = PlaceWords(content.sites, language())
    return ConflictWriter(content.visit.days[index], words).sentence(plan.conflict)


def _chart(content: ReleaseContent, index: int) -> MapContent | None:
    return parties_map(content, index, language(), services().desk_town.network.layers)


def _time(instant: Instant, day: Day) -> str:
    return DayClock(services().desk_town.clock, day.date).arrival(instant).text


def across(board: PartyBoard, lane: float = LANE) -> str:
    """The board with time to the right."""
    return draw_board(board, gettext("Board of the parties"), "whereabouts", lane=lane)


def _drawn(board: PartyBoard) -> dict[str, Any]:
    """The board's drawings; each is described by the table below it."""
    name, sites_name = gettext("Board of the parties"), gettext("Who is at which stop when")
    return {
        "board_across": Markup(across(board)),  # noqa: S704 - it escapes
        "board_down": Markup(draw_board(board, name, "whereabouts", is_across=False)),  # noqa: S704
        "board_sites": Markup(draw_sites(board, sites_name, "whereabouts")),  # noqa: S704
    }


def stop_rows(day: Day, sites: Mapping[str, Site], form: PartiesForm) -> list[dict[str, Any]]:
    """The day's stops with what is typed or stored about them."""
    words = PlaceWords(sites, language())
    rows = []
    for number, stop in enumerate(day.stops, 1):
        site = words.site(stop.place)
        rows.append(
            {
                "number": number,
                "id": stop.id,
                "name": words.stop_name(stop),
                "together": stop.id in form.together,
                "room": form.rooms.get(stop.id, ""),
                "site_room": site.capacity if site and site.capacity is not None else "",
            }
        )
    return rows
