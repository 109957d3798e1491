"""Whom to reach at the hosts of a visit, behind the guide's link: made for each request, kept by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template

from planner.domain.hosts.arrangement import HostDetails
from planner.domain.hosts.keys import host_stops
from planner.domain.releases import sites_of_both
from planner.domain.text import in_language
from planner.links import GUIDE, visit_path
from planner.outputs.sheets.parts.told import times_text
from planner.services.hosts.arranging import arrangements, name_of, planned_for_hosts
from planner.services.hosts.reaching import HostPeople, host_people
from planner.web.frame.context import services
from planner.web.frame.headers import unlisted
from planner.web.frame.i18n import language
from planner.web.links.opened import release_of
from planner.web.links.still import Asked, Behind
from planner.words.formats import short_day

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.releases import ReleaseContent

blueprint = Blueprint("reach", __name__)


@dataclass(frozen=True)
class ReachRow:
    """A host of the release: when the group is there, whom to reach, and what was told of the place."""

    name: str
    when: str
    people: HostPeople
    details: HostDetails
    anchor: str

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say of the host."""
        return self.people.is_known or bool(self.details.door or self.details.expects)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/hosts")
def show(token: str) -> ResponseReturnValue:
    """Whom to reach at each stop; phones keep no copy of it."""
    behind, context = Behind.link_of(token, GUIDE), services()
    content = release_of(token, GUIDE)
    today = context.desk_town.clock.local(context.now()).date()
    with context.database.session() as session:
        visit_id = behind.link.visit_id
        people = host_people(session, visit_id, content.visit, today)
        details = {key: one.details for key, one in arrangements(session, visit_id).items()}
    page = render_template(
        "paper/reach.html",
        content=content,
        rows=[row for row in _rows(content, people, details) if row.is_told],
        back_url=behind.address("", Asked(0, "", language())),
        language=language(),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)


def _rows(
    content: ReleaseContent, people: dict[str, HostPeople], details: dict[str, HostDetails]
) -> list[ReachRow]:
    """Those of the day as planned, each with that of its place for rain."""
    planned, sites = planned_for_hosts(content), sites_of_both(content)
    rows: list[ReachRow] = []
    anchors: set[str] = set()
    for one in host_stops(content.visit):
        about = planned.get(one.key)
        if about is None:
            continue
        when = f"{short_day(about.date, language())} {times_text(content, about.date, about.stays)}"
        name, told = in_language(name_of(one, sites), language()), details.get(one.key)
        anchor = f"at-{one.place}" if one.place in sites and one.place not in anchors else ""
        anchors.add(one.place)
        rows.append(ReachRow(name, when, people[one.place], told or HostDetails(), anchor))
    return rows
