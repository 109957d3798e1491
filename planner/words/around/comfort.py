"""What eases a stop and a way, and what is needed to be let in; unknown is told as unknown, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.comfort.nearness import NEAR_M
from planner.domain.comfort.seats import longest_of
from planner.domain.sites import Known, Ticket
from planner.words.formats import distance_text
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from planner.domain.itinerary import Call, Itinerary
    from planner.domain.releases import NetworkFacts
    from planner.domain.sites import Site
    from planner.domain.visits import Day, Stop
    from planner.words.places import PlaceWords

HERE_M = 20.0
"""What is nearer is here."""

_AT_SITES = (
    ("toilets", {Known.YES: _("toilet here"), Known.NO: _("no toilet")}),
    ("water", {Known.YES: _("drinking water here"), Known.NO: _("no drinking water")}),
    ("seats", {Known.YES: _("seats here"), Known.NO: _("nowhere to sit")}),
)
_NEAR = {
    "toilets": (_("toilet here"), _("toilet %(distance)s"), _("no toilet within %(distance)s")),
    "water": (
        _("drinking water here"),
        _("drinking water %(distance)s"),
        _("no drinking water within %(distance)s"),
    ),
}
_KINDS = {"toilet": _("toilets"), "water": _("drinking water"), "seat": _("seats")}
_OF_SITES = {"toilet": "toilets", "water": "water", "seat": "seats"}


def comfort_facts(
    site: Site | None, call: Call, language: str, mapped: Collection[str] = ()
) -> Iterator[str]:
    """Yield what is known of toilet, water and seats: at the site, else the nearest on the map.

    `mapped` are the kinds of which the map has any: of these it is also told that none is near. Without any,
    as for a stop that is not on the map, silence says that nothing is known.
    """
    near = {"toilets": call.toilet_m, "water": call.water_m}
    is_mapped = {_OF_SITES[kind] for kind in mapped}
    for name, words in _AT_SITES:
        known = getattr(site, name) if site else Known.UNKNOWN
        if known in words:
            yield str(words[known])
        if known is Known.YES or name not in _NEAR:
            continue
        metres, (here, away, none) = near[name], _NEAR[name]
        if metres is None:
            if name in is_mapped:
                yield str(none) % {"distance": distance_text(NEAR_M, language)}
        elif metres < HERE_M and known is Known.UNKNOWN:
            yield str(here)
        else:
            yield str(away) % {"distance": distance_text(metres, language)}


def not_known_text(network: NetworkFacts, site: Site | None = None) -> str:
    """Say of what neither the map nor a site knows anything, '' where something is known of all."""
    unknown = [
        str(words)
        for kind, words in _KINDS.items()
        if kind not in network.comforts and (site is None or getattr(site, _OF_SITES[kind]) is Known.UNKNOWN)
    ]
    return gettext("not known: %(what)s", what=", ".join(unknown)) if unknown else ""


def longest_text(day: Day, itinerary: Itinerary, words: PlaceWords) -> str:
    """Say which way of a day is the longest without a seat, '' where no seats are known or nobody walks."""
    longest = longest_of(itinerary)
    if longest is None or not longest.metres:
        return ""
    start, end = ends_of_leg(day, itinerary, longest.leg, words)
    return gettext(
        "longest way without a seat: %(distance)s, %(start)s → %(end)s",
        distance=distance_text(longest.metres, words.language),
        start=start,
        end=end,
    )


def ends_of_leg(day: Day, itinerary: Itinerary, leg: int, words: PlaceWords) -> tuple[str, str]:
    """Return the names of the places between which a leg leads."""
    stops: Sequence[Stop] = [day.stops[call.stop] for call in itinerary.calls]
    before = next((stop for stop in reversed(stops[:leg]) if stop.place is not None), None)
    start = words.stop_name(before) if before else words.name(day.start.place)
    if leg < len(stops):
        return start, words.stop_name(stops[leg])
    end = words.name(day.end.place) if day.end else ""
    return start, end or gettext("End of the day")


def unseated_text(metres: float | None, language: str) -> str:
    """Say how long a way is without a seat, '' where that is not known."""
    if not metres:
        return ""
    return gettext("no seat for %(distance)s", distance=distance_text(metres, language))


def ticket_text(stop: Stop, site: Site | None) -> str:
    """Say what is needed to be let in, as far as the site tells it to this reader; '' where nobody knows."""
    if site is None or site.ticket is Ticket.UNKNOWN:
        return ""
    if site.ticket is Ticket.FREE:
        return gettext("free entry")
    if stop.tickets_got:
        return gettext("tickets are bought")
    told = ticket_terms(site)
    return gettext("ticket needed: %(terms)s", terms=told) if told else gettext("ticket needed")


def ticket_terms(site: Site) -> str:
    """Return what tickets cost and where they are bought, '' where neither is known."""
    return ", ".join(text for text in (site.ticket_price, site.ticket_where) if text)
