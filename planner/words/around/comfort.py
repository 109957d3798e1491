"""What eases a stop, and what is needed to be let in, as short facts; what is unknown is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.sites import Known, Ticket
from planner.words.translation import _, gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.sites import Site
    from planner.domain.visits import Stop

_AT_SITES = (
    ("toilets", {Known.YES: _("toilet here"), Known.NO: _("no toilet")}),
    ("water", {Known.YES: _("drinking water here"), Known.NO: _("no drinking water")}),
    ("seats", {Known.YES: _("seats here"), Known.NO: _("nowhere to sit")}),
)


def comfort_facts(site: Site | None) -> Iterator[str]:
    """Yield what is known of a site's toilet, water and seats."""
    for name, words in _AT_SITES if site else ():
        if (known := getattr(site, name)) in words:
            yield str(words[known])


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
