"""What a host was told, and what has changed since: for the road book and the organiser's list of hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.services.paper.telling import stays_at
from planner.words.formats import DayClock, short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from planner.domain.hosts.arrangement import SiteStay
    from planner.domain.releases import ReleaseContent
    from planner.services.paper.telling import Telling


def told_text(content: ReleaseContent, telling: Telling, language: str) -> str:
    """Return when a host was told which times."""
    clock = TownClock(content.network.timezone)
    return gettext(
        "The host was told on %(day)s: %(times)s",
        day=short_day(clock.local(telling.at).date(), language),
        times=times_text(content, telling.date, telling.stays),
    )


def otherwise_text(content: ReleaseContent, day: int, telling: Telling) -> str:
    """Return what is otherwise in a release than a host was told, '' where nothing is."""
    stays = stays_at(content, day, telling.site)
    if stays == telling.stays:
        return ""
    return gettext("Now: %(times)s", times=times_text(content, content.visit.days[day].date, stays))


def times_text(content: ReleaseContent, date: dt.date, stays: Iterable[SiteStay]) -> str:
    """Return stays in words: their times, with the party where it is one's own."""
    return stays_text(TownClock(content.network.timezone), date, stays)


def stays_text(town: TownClock, date: dt.date, stays: Iterable[SiteStay], *, says_rain: bool = True) -> str:
    """Return the same by a town's clock; needs an application context.

    Without `says_rain` not which of them are only when it rains: that stands beside them.
    """
    clock = DayClock(town, date)
    told = (
        " ".join(
            text
            for text in (
                stay.party,
                f"{clock.departure(stay.start).text}–{clock.departure(stay.leave).text}",
                gettext("(only if it rains)") if stay.is_rain and says_rain else "",
            )
            if text
        )
        for stay in stays
    )
    return ", ".join(told)
