"""The town while its streets are missing: it tells the time, so that all that needs no way goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from planner.domain.releases import NetworkFacts
from planner.errors import NetworkMissingError, Reason
from planner.services.travel.town import Town
from planner.store.documents import from_json
from planner.store.models import ReleaseRow
from planner.streets.query.none import no_network

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.hours.school import SchoolCalendar

USUAL = ("", "Europe/Warsaw", "PL")
"""Name, time zone and country where nothing was published yet: those of the built-in town."""


def streetless(session: Session, school: SchoolCalendar, missing: NetworkMissingError) -> Town:
    """Return a town with the clock of the newest release."""
    newest = select(ReleaseRow.content).order_by(ReleaseRow.created.desc(), ReleaseRow.id.desc()).limit(1)
    content = session.scalar(newest)
    known = USUAL
    if content is not None:
        facts = from_json(NetworkFacts, content["network"])
        known = (facts.name, facts.timezone, facts.country)
    is_first = missing.reason is Reason.NETWORK_MISSING
    told = NetworkMissingError(missing.message, reason=missing.reason if is_first else Reason.NO_STREETS)
    return Town(no_network(*known), school=school, missing=told)
