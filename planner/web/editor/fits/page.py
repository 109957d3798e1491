"""What the pages beside the editor have in common: a day of a visit, a search, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request

from planner.domain.edits import stops as edits
from planner.domain.hosts.kept import KeptTime, with_kept
from planner.domain.sites import Site
from planner.domain.visits import PlaceRef, Stop, StopKind
from planner.errors import EditRefusedError, InvalidInputError
from planner.services.catalogue.entries import all_sites
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.keeping import all_in_rain, all_kept
from planner.services.planning.case import Case
from planner.services.planning.in_rain import again_in_rain
from planner.services.visits.drafts import sites_of_both
from planner.services.visits.editing import State
from planner.web.account.auth import needed_user
from planner.web.frame import asked
from planner.web.frame.context import services
from planner.web.frame.costly import BUSY, costly, refusal
from planner.web.frame.i18n import language
from planner.words.formats import long_date
from planner.words.places import PlaceWords
from planner.words.refusals import fault_text, refusal_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from planner.domain.hosts.kept import AskedAgain
    from planner.domain.visits import Day


@dataclass
class FitPage:
    """What a page is about, and what came of its search.

    `kept` are the times confirmed by hosts, day by day, `in_rain` those for when it rains; `sites` are those
    of both.
    """

    state: State
    index: int
    sites: Mapping[str, Site]
    kept: tuple[tuple[KeptTime, ...], ...] = ()
    in_rain: tuple[tuple[KeptTime, ...], ...] = ()
    problems: tuple[str, ...] = ()
    status: int = 200
    come_again_s: int = 0

    @classmethod
    def of(cls, visit_id: int, *, with_catalogue: bool = False) -> FitPage:
        """Return the page of the day that the address asks for."""
        with services().database.session() as session:
            state = asked.own_state(session, needed_user(), visit_id)
            known = all_sites(session) if with_catalogue else {}
            sites = {**known, **sites_of_both(session, state.visit)}
            arranged, clock = arrangements(session, visit_id), services().desk_town.clock
        kept, in_rain = (found(state.visit, arranged, clock) for found in (all_kept, all_in_rain))
        return cls(state, asked.needed_day(state.visit), sites, kept, in_rain)

    @property
    def day(self) -> Day:
        """The day."""
        return self.state.visit.days[self.index]

    @property
    def case(self) -> Case:
        """The day in its town, with the times that hosts have confirmed fixed."""
        return self.case_but("")

    def case_but(self, stop: str) -> Case:
        """The same, but for one stop, which may be at any time."""
        kept = [one for one in self.kept[self.index] if one.stop != stop]
        visit = with_kept(self.state.visit, self.index, kept)
        return Case.of_visit(services().town, visit, self.index, self.sites)

    def moved_in_rain(self, proposed: Day) -> tuple[AskedAgain, ...]:
        """Who would have to be asked again of when it rains, where the day goes as it is proposed."""
        now = Case.of_visit(services().town, self.state.visit, self.index, self.sites)
        return again_in_rain(now, now.with_day(proposed), self.in_rain[self.index])

    @property
    def words(self) -> PlaceWords:
        """The words for its places."""
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
