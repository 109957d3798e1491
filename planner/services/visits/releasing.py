"""What a release would be that holds days or parties back: planned, with what is still open in the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from planner.domain.releases import held_back, kept_days, without_days
from planner.errors import InvalidInputError, Reason
from planner.services.planning.places import refuse
from planner.services.visits.drafts import Draft, both_drafts
from planner.services.visits.readiness.find import open_points
from planner.services.visits.readiness.points import NOTHING_SAID, HostsSaid, OpenPoints

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent, ToFollow
    from planner.domain.visits import Visit
    from planner.services.travel.town import Town


def still_held(visit: Visit, to_follow: Iterable[ToFollow]) -> tuple[ToFollow, ...]:
    """Return of what was held back what the visit still has."""
    dates = {day.date.isoformat() for day in visit.days}
    names = {party.name for party in visit.parties}
    return tuple(one for one in to_follow if one.date in dates or one.party in names)


def released_draft(
    session: Session, town: Town, visit: Visit, to_follow: Collection[ToFollow], now: Instant
) -> Draft:
    """Plan what would be published, the rain version too: without the days and parties that are held back.

    Raises
    ------
    InvalidInputError
        If nothing would be left to publish.
    """
    if not kept_days(visit, to_follow):
        raise InvalidInputError("at least one day has to be published", reason=Reason.ALL_HELD_BACK)
    plan = both_drafts(session, town, without_days(visit, to_follow), now)
    if plan.content is None:
        return plan
    content = held_back(plan.content, to_follow)
    if any(before and not after for before, after in zip(plan.content.parties, content.parties, strict=True)):
        raise InvalidInputError("at least one party has to be published", reason=Reason.ALL_HELD_BACK)
    rain = plan.rain
    if rain is not None and rain.content is not None:
        rain = replace(rain, content=held_back(rain.content, to_follow))
    return replace(plan, content=content, rain=rain)


def with_rain(plan: Draft, content: ReleaseContent) -> ReleaseContent:
    """Return a release that holds its planned rain version too; the same where it has none.

    Raises
    ------
    InvalidInputError
        If the rain version cannot be planned.
    """
    if plan.rain is None:
        return content
    if plan.rain.content is None:
        refuse(list(plan.rain.faults))
    rain = cast("ReleaseContent", plan.rain.content)
    return replace(content, rain=replace(rain, number=content.number))


def open_in_release(
    visit: Visit, to_follow: Collection[ToFollow], plan: Draft, said: HostsSaid = NOTHING_SAID
) -> OpenPoints:
    """Return what is open in what would be published; days are counted as the whole visit has them."""
    numbers = kept_days(visit, to_follow)
    found = open_points(without_days(visit, to_follow), plan, said)
    whole = (point if point.day is None else replace(point, day=numbers[point.day]) for point in found.points)
    names = {one.party for one in to_follow if one.party}
    return OpenPoints(tuple(point for point in whole if point.party not in names))
