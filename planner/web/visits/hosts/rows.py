"""The rows of the page "Hosts": each host with what was asked and answered, and what is different now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.hosts.arrangement import Agreed, Arrangement
from planner.domain.hosts.keys import HostStop, host_stops
from planner.domain.sites import SiteStatus
from planner.domain.text import in_language
from planner.outputs.sheets.parts.agreed import AgreedWriter, anchor_of
from planner.services.catalogue import editing as catalogue
from planner.services.catalogue.entries import StoredSite
from planner.services.hosts.arranging import name_of, planned_for_hosts
from planner.services.hosts.keeping import local_text
from planner.services.hosts.reaching import HostPeople
from planner.services.visits.readiness.points import UNCONFIRMED, Need
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.web.visits.where import stop_address
from planner.words.formats import iso_date_text, short_day
from planner.words.places import PlaceWords
from planner.words.translation import gettext
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from planner.web.visits.opened import OpenedVisit

NEAR = dt.timedelta(days=3)
"""An answer that is due so soon is on the list of reminders."""


@dataclass(frozen=True)
class HostRow:
    """A host on the page. `day` counts from 1; `planned` and `said` are in words, '' where there is nothing.

    With `is_rain` the group comes only when it rains, in place of the stop that is called `instead`.

    `doubts` say what the catalogue does not know of its site, `version` is the entry's, 0 where one click
    does not confirm it. `changed` says what the host knows and what is so now.
    """

    key: str
    anchor: str
    day: int
    date: str
    planned: str
    name: str
    site: str
    url: str
    arrangement: Arrangement
    people: HostPeople
    said: tuple[str, ...]
    site_state: str
    is_open_space: bool
    doubts: tuple[str, ...]
    version: int
    changed: str
    due: str
    stop: str
    start: str
    minutes: int | None
    size: int
    is_rain: bool = False
    instead: str = ""

    @property
    def state(self) -> str:
        """Asked, confirmed or declined; '' where nobody has asked."""
        return str(self.arrangement.state or "")

    @property
    def needs_nobody(self) -> bool:
        """Whether nobody has to be asked, and nobody was."""
        return self.is_open_space and not self.arrangement.steps


@dataclass(frozen=True)
class Reminder:
    """An answer that is due: `is_passed` where the day was before today."""

    key: str
    anchor: str
    name: str
    due: str
    is_passed: bool
    is_rain: bool = False


@dataclass(frozen=True)
class Known:
    """What rows are made from beside the visit: the catalogue's entries, and whom to reach."""

    stored: Mapping[str, StoredSite]
    people: Mapping[str, HostPeople]


def host_rows(opened: OpenedVisit, known: Known) -> list[HostRow]:
    """Return the hosts of a visit, in the order of days and stops, each with that of its place for rain."""
    content = opened.plan.both
    planned = planned_for_hosts(content) if content else {}
    doubts = {
        (point.day, point.stop, point.is_rain): tuple(
            sentence(warning, language()) for warning in point.warnings
        )
        for point in opened.points.of(Need.CONFIRM)
        if point.kind in UNCONFIRMED
    }
    return [
        _row(opened, one, planned.get(one.key), known, doubts.get((one.day, one.number, one.is_rain), ()))
        for one in host_stops(opened.visit)
    ]


def _row(
    opened: OpenedVisit, one: HostStop, planned: Agreed | None, known: Known, doubts: tuple[str, ...]
) -> HostRow:
    visit, entry = opened.visit, known.stored.get(one.place)
    arrangement = opened.arranged.get(one.key, Arrangement(one.key))
    writer = AgreedWriter(services().desk_town.clock, language(), says_rain=False)
    stay = planned.stays[0] if planned and len(planned.stays) == 1 and not planned.stays[0].party else None
    return HostRow(
        key=one.key,
        anchor=anchor_of(one.day, one.stop.id, is_rain=one.is_rain),
        day=one.day + 1,
        date=short_day(visit.days[one.day].date, language()),
        planned=writer.stays(planned) if planned else "",
        name=in_language(name_of(one, opened.sites), language()),
        site=entry.site.id if entry else "",
        url=stop_address(opened.state.id, visit, one.day, one.number, is_rain=one.is_rain),
        arrangement=arrangement,
        people=known.people.get(one.place, HostPeople()),
        said=writer.said(arrangement),
        site_state=_site_state(entry),
        is_open_space=entry is not None and entry.site.status is SiteStatus.OPEN_SPACE,
        doubts=doubts,
        version=entry.version if entry and catalogue.can_be_confirmed(entry, rule_context()) else 0,
        changed=writer.otherwise(arrangement, planned),
        due=writer.due(arrangement),
        stop=one.stop.id,
        start=local_text(services().desk_town.clock, planned.date, stay.start) if planned and stay else "",
        minutes=(stay.leave - stay.start) // MINUTE_S if stay else None,
        size=visit.group_size,
        is_rain=one.is_rain,
        instead=_instead(opened, one) if one.is_rain else "",
    )


def _instead(opened: OpenedVisit, one: HostStop) -> str:
    words = PlaceWords(opened.sites, language())
    return words.stop_name(opened.visit.days[one.day].stops[one.number])


def _site_state(entry: StoredSite | None) -> str:
    if entry is None or entry.site.status is SiteStatus.OPEN_SPACE:
        return gettext("An open space: nobody has to be asked.") if entry else ""
    if not entry.site.is_confirmed or entry.site.confirmed_on is None:
        return ""
    return gettext("Catalogue: confirmed on %(day)s.", day=iso_date_text(entry.site.confirmed_on, language()))


def reminders(rows: list[HostRow], today: dt.date) -> list[Reminder]:
    """Return the answers that are due, what has passed first."""
    waiting = ((row, row.arrangement.details.deadline) for row in rows if row.arrangement.is_waiting)
    due = sorted(((day, row) for row, day in waiting if day and day <= today + NEAR), key=lambda one: one[0])
    return [
        Reminder(row.key, row.anchor, row.name, short_day(day, language()), day < today, row.is_rain)
        for day, row in due
    ]
