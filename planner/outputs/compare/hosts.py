"""What another order means for hosts who have confirmed: who is kept, who is asked again, what it gains."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.hosts.kept import kept_text
from planner.domain.order.proposals import Outcome
from planner.outputs.compare.proposal import Gain, gains
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.plans import PlanWords, Reading
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import Day
    from planner.services.hosts.keeping import HostOrder


@dataclass(frozen=True)
class HostsView:
    """The hosts of a proposal: `kept` and `again` are lines, `gains` what asking again brings.

    `why` says what there would be without asking, '' where that is told by the gains. `fixed` is what the
    accepting form sends: the kept times, which become fixed. `in_rain` are lines about the rain version.
    """

    kept: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    gains: tuple[Gain, ...] = ()
    why: str = ""
    fixed: str = ""
    in_rain: tuple[str, ...] = ()


def hosts_view(day: Day, found: HostOrder, reading: Reading) -> HostsView:
    """Write what a proposal for a day means for its hosts; needs an application context."""
    names = {stop.id: reading.places.stop_name(stop) for stop in day.stops}
    writer = AskedAgainWriter(day, reading.places, reading.clock)
    gained: tuple[Gain, ...] = ()
    why = ""
    if found.again and found.best_kept:
        without = PlanWords(found.best_kept.day, found.best_kept.itinerary, reading)
        if found.best_kept.outcome is Outcome.FOUND:
            gained = tuple(gains(without, PlanWords(found.proposal.day, found.proposal.itinerary, reading)))
            why = "" if gained else gettext("It gains nothing that counts.")
        else:
            why = gettext("No order was found that keeps what they have confirmed.")
    return HostsView(
        kept=tuple(f"{names[one.stop]}: {one.time}" for one in found.kept),
        again=tuple(writer.lines(found.again)),
        gains=gained,
        why=why,
        fixed=kept_text(found.kept),
        in_rain=tuple(replace(writer, says_rain=False).lines(found.in_rain)),
    )
