"""For whom something is written: facts for participants, risks for the guide, tasks for the organiser.

The one place that says so: pages, paper and files are made of a release as its reader may see it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.domain.booked.readers import for_participants
from planner.domain.warnings.base import WarningCode
from planner.domain.warnings.codes import Late, NoCoach, NoService, NoWay

if TYPE_CHECKING:
    from planner.domain.itinerary import Call, Itinerary, Leg, LegPart
    from planner.domain.releases import ReleaseContent
    from planner.domain.warnings.codes import Warning


class Audience(StrEnum):
    """Who reads a page, a paper or a file; each reads what those before read, and more."""

    PARTICIPANT = "participant"
    GUIDE = "guide"
    ORGANISER = "organiser"


FACTS = frozenset(
    {
        WarningCode.NO_WAY,
        WarningCode.LONG_WALK,
        WarningCode.LONG_KERB_WALK,
        WarningCode.FAR_FROM_STREETS,
        WarningCode.LOCATION_APPROXIMATE,
        WarningCode.NOT_PLACED,
        WarningCode.NOT_STEP_FREE,
        WarningCode.STEP_FREE_UNKNOWN,
        WarningCode.SERVICE_ESTIMATED,
        WarningCode.ON_REQUEST,
        WarningCode.SKETCH_DATA,
        WarningCode.NO_FOOD_NEAR,
        WarningCode.HIKING_PATH,
        WarningCode.STEEP_WAY,
        WarningCode.LONG_CLIMB,
        WarningCode.FERRY,
        WarningCode.GATE_WAIT,
        WarningCode.ENTRY_AT,
    }
)
"""What whoever walks along wants to know: what the way is like, and what is only assumed of it."""

RISKS = frozenset(
    {
        WarningCode.CLOSED,
        WarningCode.LATE,
        WarningCode.TIGHT,
        WarningCode.HOURS_UNKNOWN,
        WarningCode.BY_APPOINTMENT,
        WarningCode.SITE_UNCONFIRMED,
        WarningCode.OVER_CAPACITY,
        WarningCode.OFF_MAIN_NETWORK,
        WarningCode.COACH_UNCHECKED,
        WarningCode.COACH_STOP,
        WarningCode.COACH_TURNS,
        WarningCode.WAY_HOURS_UNREAD,
        WarningCode.NO_SERVICE,
        WarningCode.TIMETABLE_OUTDATED,
        WarningCode.GROUP_TOO_BIG_FOR_BUS,
        WarningCode.ON_CARRIAGEWAY,
        WarningCode.DRIVING_TIME,
    }
)
"""What may go wrong on the day, for whoever leads."""

TASKS = frozenset({WarningCode.PRECEDENCE, WarningCode.CLOCK_CHANGE, WarningCode.INTERPRETER_ALONE})
"""What is mended at the desk or not at all."""


def is_read_by(warning: Warning, audience: Audience) -> bool:
    """Return whether a warning is written for somebody."""
    if audience is Audience.PARTICIPANT:
        return warning.code in FACTS
    return audience is Audience.ORGANISER or (warning.code not in TASKS and not _is_about_the_plan(warning))


def _is_about_the_plan(warning: Warning) -> bool:
    """Return whether a risk only says how to write the plan, or what else there is to ask the carrier."""
    is_spelling = isinstance(warning, Late) and bool(warning.next_day)
    return is_spelling or (isinstance(warning, NoService) and bool(warning.lines))


def itinerary_for(itinerary: Itinerary, audience: Audience) -> Itinerary:
    """Return an itinerary with what somebody reads of it."""
    return replace(
        itinerary,
        calls=tuple(_call_for(call, audience) for call in itinerary.calls),
        legs=tuple(_leg_for(leg, audience) for leg in itinerary.legs),
        warnings=_warnings_for(itinerary.warnings, audience),
    )


def release_for(content: ReleaseContent, audience: Audience) -> ReleaseContent:
    """Return a release as somebody may see it: participants see no host, no note for guides, no slack."""
    if audience is Audience.ORGANISER:
        return content
    sites, visit = content.sites, content.visit
    if audience is Audience.PARTICIPANT:
        visit = for_participants(visit)
        sites = {key: replace(site, host=None, notes={}, ticket_where="") for key, site in sites.items()}
    return replace(
        content,
        visit=visit,
        sites=sites,
        itineraries=tuple(itinerary_for(one, audience) for one in content.itineraries),
        parties=tuple(
            tuple(replace(way, itinerary=itinerary_for(way.itinerary, audience)) for way in ways)
            for ways in content.parties
        ),
        rain=release_for(content.rain, audience) if content.rain else None,
    )


def _warnings_for(warnings: tuple[Warning, ...], audience: Audience) -> tuple[Warning, ...]:
    return tuple(_told(warning, audience) for warning in warnings if is_read_by(warning, audience))


def _told(warning: Warning, audience: Audience) -> Warning:
    """Return a warning without what only the organiser can do about it."""
    if isinstance(warning, NoWay) and audience is not Audience.ORGANISER:
        kept = warning.coach if warning.coach is NoCoach.NO_WAY else None
        return NoWay(stop=warning.stop, leg=warning.leg, by_s=warning.by_s, coach=kept)
    return warning


def _call_for(call: Call, audience: Audience) -> Call:
    """How much a stay may slip is the guide's affair."""
    return replace(call, slack_s=None) if audience is Audience.PARTICIPANT else call


def _leg_for(leg: Leg, audience: Audience) -> Leg:
    parts = tuple(_part_for(part, audience) for part in leg.parts)
    return replace(leg, parts=parts, warnings=_warnings_for(leg.warnings, audience))


def _part_for(part: LegPart, audience: Audience) -> LegPart:
    """How long a coach is boarded is told to whoever sees to it."""
    return replace(part, boarding_s=0) if audience is Audience.PARTICIPANT and part.boarding_s else part
