"""Where a stop would fit, and why not elsewhere, in plain words; needs an application context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.order.proposals import DemandKind
from planner.words.conflicts import ConflictWriter
from planner.words.formats import distance_text, minutes_text
from planner.words.places import PlaceWords
from planner.words.translation import force_locale, gettext
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.visits import Day, Stop
    from planner.services.order.slots.beside import WhyNot
    from planner.services.order.slots.find import Broken, Slot

NEAR_M = 10
"""Fewer metres more or less are not worth a word."""


@dataclass(frozen=True)
class SlotWriter:
    """Writes about the places of a stop in a day."""

    words: PlaceWords
    clock: TownClock

    def slot(self, slot: Slot) -> str:
        """Return where a place is, when the stay is, and what it costs."""
        with force_locale(self.words.language):
            call = slot.itinerary.calls[slot.position]
            stay = f"{self.clock.face(call.start)}–{self.clock.face(call.leave)}"
            costs = [*self._costs(slot)] or [gettext("costs nothing")]
            return f"{self.where(slot.day, slot.position)}, {stay}: {', '.join(costs)}."

    def breaks(self, broken: Broken, day: Day) -> str:
        """Return which demand of a day is kept no more."""
        with force_locale(self.words.language):
            if broken.warning is not None and broken.demand.kind is not DemandKind.AFTER:
                names = [self.words.stop_name(one) for one in day.stops if one.id == broken.demand.stop]
                told = sentence(broken.warning, self.words.language)
                return f"{names[0]}: {told}" if names else told
            demand = ConflictWriter(day, self.words).demand(broken.demand)
            return gettext("Kept no more: %(demand)s.", demand=demand)

    def conflicts_of(self, day: Day) -> ConflictWriter:
        """Return who says why no order of a day works."""
        return ConflictWriter(day, self.words)

    def where(self, day: Day, position: int) -> str:
        """Return a place in the order: first, or after which stop."""
        with force_locale(self.words.language):
            if position == 0:
                return gettext("First")
            return gettext("After %(name)s", name=self.words.stop_name(day.stops[position - 1]))

    def why_not(self, why: WhyNot, stop: Stop) -> str:
        """Return which demands break with the stop at the place asked for, or what that costs."""
        with force_locale(self.words.language):
            place = {"name": self.words.stop_name(stop), "number": why.position + 1}
            if not why.held.order.found:
                writer = ConflictWriter(why.held.order.day, self.words)
                reasons = [writer.reason(conflict) for conflict in why.held.conflicts]
                reasons = reasons or [gettext("Not proved: in the time there was, no order was found.")]
                return " ".join([gettext("%(name)s cannot be stop %(number)s.", **place), *reasons])
            if not why.free.order.found:
                return gettext("No order keeps everything that is asked for, wherever %(name)s is.", **place)
            if not (told := ", ".join(self._more(why.later_s, why.walk_more_m))):
                return gettext("%(name)s may be stop %(number)s: it costs nothing.", **place)
            return gettext("%(name)s as stop %(number)s: %(costs)s.", costs=told, **place)

    def _costs(self, slot: Slot) -> Iterator[str]:
        yield from self._more(slot.later_s, slot.walk_more_m)
        if slot.earlier_s >= 60:  # noqa: PLR2004 - a minute
            minutes = minutes_text(slot.earlier_s // 60, self.words.language)
            yield gettext("the day begins %(minutes)s earlier", minutes=minutes)
        if slot.breaks:
            yield gettext("does not work")

    def _more(self, later_s: int, walk_more_m: float) -> Iterator[str]:
        minutes = round(later_s / 60)
        words = {"minutes": minutes_text(abs(minutes), self.words.language)}
        if minutes > 0:
            yield gettext("the day ends %(minutes)s later", **words)
        elif minutes < 0:
            yield gettext("the day ends %(minutes)s earlier", **words)
        metres = {"metres": distance_text(abs(walk_more_m), self.words.language)}
        if walk_more_m >= NEAR_M:
            yield gettext("%(metres)s more on foot", **metres)
        elif walk_more_m <= -NEAR_M:
            yield gettext("%(metres)s less on foot", **metres)
