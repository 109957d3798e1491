"""The day drawn on one axis of time: an SVG coloured by the page (static/css/parts/strip.css).

Drawn in units of about a pixel of a desk's screen. Above are the hours, then a thin band while a place is
open, then the stays to scale with their numbers, moving as a line between them and waiting hatched.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.hours.day import HoursState
from planner.domain.itinerary import Itinerary
from planner.domain.schedule.timed import TimedDay
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Leg
    from planner.domain.schedule.timed import TimedStop

WIDE, HIGH, MARGIN = 1240.0, 40.0, 8.0
BAND, TOP, THICK = 13.0, 18.0, 19.0
MIDDLE = TOP + THICK / 2
HOUR_S = 3600
LEAST_S = 3 * HOUR_S
"""A short day is drawn as if it were so long: its stays are not blown up."""

LONG_S = 14 * HOUR_S
"""A longer day has the time written at every second hour."""

SHORTEST_WAIT_S = 60
NUMBER_WIDE, LETTER_WIDE = 22.0, 6.6
EDGE_WIDE = 10.0


@dataclass(frozen=True)
class StripStop:
    """How a stop is told: its number and name, when it is, how grave its worst warning is ('' for none)."""

    id: str
    number: int
    name: str
    times: str
    tone: str
    dwell_min: int


@dataclass(frozen=True)
class StripDay:
    """What is drawn: a day as it was planned, with its hours and limits; `stops` in the day's own order."""

    itinerary: Itinerary
    timed: TimedDay
    stops: tuple[StripStop, ...]
    clock: TownClock


def draw_strip(
    day: StripDay,
    language: str,
    link: Callable[[str], str] | None = None,
    hatch: str = "strip-hatch",
    *,
    is_edited: bool = True,
) -> str:
    """Draw a day; `link` gives the address that leads to a stop.

    Where the day is edited, a link selects its stop and the ends of stays can be taken hold of; without links
    it is a picture. `hatch` is an id of the page's, another for each strip on it.
    """
    with force_locale(language):
        strip = _Strip(day, link, hatch, is_edited=is_edited and link is not None)
        parts = "".join((*strip.hours(), *strip.limit(), *strip.ways(), *strip.stays()))
        name = escape(gettext("The day on one axis of time"), quote=True)
    return (
        f'<svg class="strip" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" role="group" aria-label="{name}" '
        f'data-per-min="{strip.per_s * 60:.4f}"><defs><pattern id="{hatch}" width="5" height="5" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="strip__hatch" d="M1 0V5"/>'
        f"</pattern></defs>{parts}</svg>"
    )


class _Strip:
    def __init__(
        self, day: StripDay, link: Callable[[str], str] | None, hatch: str, *, is_edited: bool
    ) -> None:
        self._day = day
        self._hatch = hatch
        self._is_edited = is_edited
        self._link = link
        ends = [day.itinerary.finish, day.timed.end_limit or day.itinerary.finish]
        self._first = self._hour(day.itinerary.start)
        last = self._hour(max(ends) + HOUR_S - 1)
        self._last = max(last, self._first + LEAST_S)
        self.per_s = (WIDE - 2 * MARGIN) / (self._last - self._first)

    def _hour(self, instant: Instant) -> Instant:
        local = self._day.clock.local(instant)
        return instant - local.minute * 60 - local.second

    def _x(self, instant: Instant) -> float:
        return MARGIN + (min(max(instant, self._first), self._last) - self._first) * self.per_s

    def hours(self) -> Iterator[str]:
        """Yield a line for every hour, with its time where there is room."""
        step = 2 * HOUR_S if self._last - self._first > LONG_S else HOUR_S
        for instant in range(self._first, self._last + 1, HOUR_S):
            x = self._x(instant)
            yield f'<path class="strip__hour" d="M{x:.1f} 12V{HIGH - 3:.0f}"/>'
            if (instant - self._first) % step == 0:
                face = self._day.clock.face(instant)
                is_last = instant + HOUR_S > self._last
                yield _text(x - 2 if is_last else x + 2, 10, face, "strip__face", is_end=is_last)

    def limit(self) -> Iterator[str]:
        """Yield the latest end of the day."""
        if limit := self._day.timed.end_limit:
            is_late = self._day.itinerary.finish > limit
            kind = "strip__limit strip__limit--late" if is_late else "strip__limit"
            x = self._x(limit)
            yield f'<path class="{kind}" d="M{x:.1f} 12V{HIGH - 1:.0f}"/>'

    def ways(self) -> Iterator[str]:
        """Yield how one moves, and what is waited for."""
        for leg in self._day.itinerary.legs:
            if leg.arrive > leg.depart:
                yield f'<path class="strip__way strip__way--{_look(leg)}" d="{self._line(leg)}"/>'
        for call in self._day.itinerary.calls:
            if call.start - call.arrive >= SHORTEST_WAIT_S:
                box = self._box(call.arrive, call.start, MIDDLE - 5, 10)
                yield f'<rect class="strip__wait" {box} fill="url(#{self._hatch})"/>'

    def stays(self) -> Iterator[str]:
        """Yield the stays with what bounds them: opening hours, fixed times, and an edge to drag."""
        for call in self._day.itinerary.calls:
            told_as, stop = self._day.stops[call.stop], self._day.timed.stops[call.stop]
            yield from self._open(stop, call.arrive, call.leave)
            number, tone = str(told_as.number), told_as.tone or "fine"
            told = escape(f"{number}. {told_as.name}, {told_as.times}", quote=True)
            box = self._box(call.start, call.leave, TOP, THICK)
            bar = f'<rect class="strip__bar" rx="2" {box}/>'
            wide = (call.leave - call.start) * self.per_s
            if wide >= LETTER_WIDE * len(number) + 4:
                bar += self._words(self._x(call.start), wide, number, told_as.name)
            yield self._linked(told_as.id, f"strip__stay strip__stay--{tone}", told, bar)
            if stop.fixed is not None:
                x = self._x(call.start)
                yield f'<path class="strip__pin" d="M{x - 4:.1f} {TOP - 6}h8l-4 6z"/>'
            yield from self._edge(told_as, self._x(call.leave), call.leave - call.start)

    def _words(self, x: float, wide: float, number: str, name: str) -> str:
        letters = int((wide - NUMBER_WIDE - 4) / LETTER_WIDE)
        said = f"{number} {name}" if letters >= len(name) else number
        is_named = said != number
        return _text(
            x + 6 if is_named else x + wide / 2, MIDDLE + 4, said, "strip__number", is_middle=not is_named
        )

    def _linked(self, stop: str, kind: str, told: str, inner: str) -> str:
        if self._link is None:
            return f'<g class="{kind}" role="img" aria-label="{told}">{inner}</g>'
        address = escape(self._link(stop), quote=True)
        shows = f'data-show="stop={escape(stop, quote=True)}" ' if self._is_edited else ""
        return f'<a class="{kind}" href="{address}" {shows}tabindex="-1" aria-label="{told}">{inner}</a>'

    def _open(self, stop: TimedStop, arrive: Instant, leave: Instant) -> Iterator[str]:
        """A thin band while one may be there, as far as it is near the stay and not all the day."""
        near = (leave - arrive) + HOUR_S // 2
        for span in stop.hours:
            if span.end is None or span.state is not HoursState.OPEN:
                continue
            first, last = max(span.start, arrive - near), min(span.end, leave + near)
            if first < last:
                yield f'<rect class="strip__open" {self._box(first, last, BAND, 3)}/>'
        for opens, closes in stop.windows:
            yield f'<rect class="strip__window" {self._box(opens, closes, BAND, 3)}/>'

    def _edge(self, stop: StripStop, x: float, lasts: int) -> Iterator[str]:
        """The end of a stay, by which it is made longer or shorter."""
        if not self._is_edited:
            return
        scale = lasts / 60 / stop.dwell_min if stop.dwell_min else 1
        label = escape(gettext("Minutes there: %(name)s", name=stop.name), quote=True)
        name = escape(stop.id, quote=True)
        yield (
            f'<rect class="strip__edge" id="edge-{name}" x="{x - EDGE_WIDE / 2:.1f}" '
            f'y="{TOP - 2:.0f}" width="{EDGE_WIDE:.0f}" height="{THICK + 4:.0f}" aria-label="{label}" '
            f'data-edge="{name}" data-minutes="{stop.dwell_min}" data-scale="{scale:.3f}"/>'
        )

    def _line(self, leg: Leg) -> str:
        return f"M{self._x(leg.depart):.1f} {MIDDLE:.0f}H{self._x(leg.arrive):.1f}"

    def _box(self, first: Instant, last: Instant, top: float, high: float) -> str:
        x = self._x(first)
        return f'x="{x:.1f}" y="{top:.0f}" width="{max(self._x(last) - x, 0):.1f}" height="{high:.0f}"'


def _look(leg: Leg) -> str:
    return str(leg.mode) if leg.mode in {"bus", "coach"} else "walk"


def _text(x: float, y: float, text: str, kind: str, *, is_end: bool = False, is_middle: bool = False) -> str:
    anchor = "end" if is_end else "middle" if is_middle else "start"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
