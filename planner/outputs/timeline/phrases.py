"""The phrases around a timeline: how one moves, waits and gathers, whom to call, what the page rests on.

All of them need an application context, with the language already in force.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.outputs.timeline.rows import Contact, Imprint
from planner.words.formats import (
    distance_text,
    iso_date_text,
    minutes_text,
    plain_date,
    short_day,
)
from planner.words.rides import rides_of
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from planner.domain.itinerary import Itinerary
    from planner.domain.releases import NetworkFacts, ReleaseContent, TimetableSource
    from planner.domain.sites import Site

_PHONE = re.compile(r"\+?\d[\d\s()/-]{5,}\d")


def gather_phrase(minutes: int, language: str) -> str:
    """Return how long the group needs to come together, '' if no time is given to it."""
    return gettext("Gather: %(minutes)s", minutes=minutes_text(minutes, language)) if minutes > 0 else ""


def estimated_phrase(metres: float, language: str) -> str:
    """Return how much of a way no source confirms, '' if all of it is confirmed."""
    if metres < 1:
        return ""
    return gettext("incl. %(distance)s of unconfirmed path", distance=distance_text(metres, language))


def wait_phrase(minutes: int) -> str:
    """Return the waiting as a phrase, '' if there is none."""
    if minutes < 1:
        return ""
    return ngettext("Wait %(num)s minute", "Wait %(num)s minutes", minutes)


def reserve_phrase(minutes: int, language: str) -> str:
    """Return what is kept after a way, '' if there is none."""
    return gettext("%(minutes)s in reserve", minutes=minutes_text(minutes, language)) if minutes else ""


def pause_phrase(minutes: int, kept: int, language: str) -> str:
    """Return the time between coming and beginning: what of it is kept in reserve, and what is waited."""
    reserve, wait = reserve_phrase(min(kept, minutes), language), wait_phrase(minutes - kept)
    if reserve and wait:
        return gettext("%(reserve)s, then: %(wait)s", reserve=reserve, wait=wait[0].lower() + wait[1:])
    return reserve or wait


def slack_phrase(minutes: int | None, language: str) -> str:
    """Return how much later one may arrive, '' where nothing breaks or it is broken already."""
    if minutes is None or minutes < 1:
        return ""
    return gettext("%(minutes)s to spare", minutes=minutes_text(minutes, language))


def contact_of(text: str) -> Contact:
    """Cut the telephone number out of what the organiser wrote."""
    match = _PHONE.search(text)
    if not match:
        return Contact(name=text.strip(), phone="", dial="")
    phone = match[0]
    name = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;:.–-\n\t")
    return Contact(name=" ".join(name.split()), phone=phone, dial=dialled(phone))


def host_of(site: Site | None) -> Contact | None:
    """Return whom a guide calls at a site, None where nobody is known."""
    host = site.host if site else None
    if host is None or not (host.name or host.phone or host.email):
        return None
    return Contact(host.name, host.phone, dialled(host.phone), host.email)


def dialled(phone: str) -> str:
    """Return a telephone number as it is dialled."""
    return re.sub(r"[^\d+]", "", phone)


def walking_phrase(itinerary: Itinerary, language: str) -> str:
    """Return how far the day goes on foot; at least so far where some way is only assumed."""
    distance = distance_text(itinerary.totals.walk_m, language)
    if any(leg.assumed for leg in itinerary.legs):
        return gettext("at least %(distance)s", distance=distance)
    return distance


def riding_phrase(itinerary: Itinerary, language: str) -> str:
    """Return how far the day goes by public transport, '' where it does not."""
    metres = itinerary.totals.ride_m
    if not metres:
        return ""
    distance = distance_text(metres, language)
    vehicles = {ride.vehicle for leg in itinerary.legs for ride in rides_of(leg)}
    if vehicles <= {"bus"}:
        return gettext("%(distance)s by bus", distance=distance)
    return gettext("%(distance)s by public transport", distance=distance)


def imprint_of(content: ReleaseContent, day: int, language: str) -> Imprint:
    """Return what the page of a day rests on: the map's source, the timetables, the release."""
    network = content.network
    clock = TownClock(network.timezone)
    later = to_follow_text(content, language)
    return Imprint(
        credit=network.credit,
        credit_url=network.credit_url,
        data_date=iso_date_text(network.data_date, language),
        sketch=sketch_sentence(network) if network.is_sketch else "",
        release=_release_text(content, clock, language, later),
        to_follow=later,
        services=tuple(source_sentence(source, language) for source in sources_of(content, day)),
    )


def _release_text(content: ReleaseContent, clock: TownClock, language: str, later: str) -> str:
    """Return which version it is, with what of the visit is to follow."""
    told = gettext("Draft, not published")
    if content.number:
        told = gettext(
            "Version %(number)s, published %(date)s at %(time)s",
            number=content.number,
            date=plain_date(clock.local(content.published).date(), language),
            time=clock.face(content.published),
        )
    return f"{told}. {gettext('To follow: %(what)s', what=later)}" if later else told


def to_follow_text(content: ReleaseContent, language: str) -> str:
    """Return which days and parties are to follow, '' where none are."""
    return ", ".join(
        short_day(dt.date.fromisoformat(one.date), language)
        if one.date
        else gettext("Party %(name)s", name=one.party)
        for one in content.to_follow
    )


def sources_of(content: ReleaseContent, day: int) -> tuple[TimetableSource, ...]:
    """Return the timetables that the rides of a day rest on."""
    credits_used = {ride.credit for leg in content.itineraries[day].legs for ride in rides_of(leg)}
    known = content.timetable.sources if content.timetable else ()
    return tuple(source for source in known if source.credit in credits_used)


def source_sentence(source: TimetableSource, language: str) -> str:
    """Return a timetable's credit, when it is valid, and whether to check it."""
    if source.kind == "osm":
        return gettext("Lines without a timetable are estimated from OpenStreetMap: check before the visit.")
    told = ", ".join(text for text in (source.credit or source.name, source.licence) if text)
    if source.valid_from and source.valid_to:
        words = {
            "first": iso_date_text(source.valid_from, language),
            "last": iso_date_text(source.valid_to, language),
        }
        told = gettext("%(source)s, valid %(first)s – %(last)s", source=told, **words)
    if source.indicative:
        return gettext("%(source)s. Indicative times: check before the visit.", source=told)
    return f"{told}."


def sketch_sentence(network: NetworkFacts) -> str:
    """Say honestly how much of the map nobody has confirmed."""
    return gettext(
        "The map is a sketch: %(percent)s%% of its ways are estimated, not surveyed. Look before you walk.",
        percent=max(1, round(network.estimated_share * 100)),
    )
