"""The day drawn on one axis of time: an SVG coloured by the page (static/css/parts/strip.css).

Above are the hours, then a thin band while a place is open, then the stays to scale with their numbers,
moving as a line between them and waiting hatched. What does not work is told by a form and in words, never
by its colour alone: an exclamation mark at the stay, and hatched what is late, shut or too full.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.hours.day import HoursState
from planner.domain.itinerary import Itinerary
from planner.domain.schedule.timed import TimedDay
from planner.outputs.glance.axis import HIGH, HOUR_S, WIDE, Axis, text
from planner.outputs.glance.clashes import ClashKind, clashes
from planner.words.translation import force_locale, gettext
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Call, Leg
    from planner.domain.schedule.timed import TimedStop
    from planner.outputs.glance.clashes import Clash

BAND, TOP, THICK = 13.0, 18.0, 19.0
MIDDLE = TOP + THICK / 2
SHORTEST_WAIT_S = 60
NUMBER_WIDE, LETTER_WIDE = 22.0, 8.0
EDGE_WIDE = 10.0
CLASH_WIDE = 6.0
"""A clash is drawn at least so wide, however short."""


@dataclass(frozen=True)
class StripStop:
    """How a stop is told: its number and name, when it is, how grave its worst warning is ('' for none).

    `alerts` are the sentences of what is wrong there.
    """

    id: str
    number: int
    name: str
    times: str
    tone: str
    dwell_min: int
    alerts: tuple[str, ...] = ()


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
    """Draw a day; `link` gives the address that leads to a stop, '' being the day's end.

    Where the day is edited, a link selects its stop and the ends of stays can be taken hold of; without links
    it is a picture. `hatch` is an id of the page's, another for each strip on it.
    """
    with force_locale(language):
        strip = _Strip(day, language, link, hatch, is_edited=is_edited and link is not None)
        parts = "".join(strip.parts())
        name = escape(gettext("The day on one axis of time"), quote=True)
    return (
        f'<svg class="strip" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" role="group" aria-label="{name}" '
        f'data-per-min="{strip.axis.per_s * 60:.4f}"><defs>{_pattern(hatch, "strip__hatch", 45)}'
        f"{_pattern(f'{hatch}-clash', 'strip__hatch strip__hatch--clash', -45)}</defs>{parts}</svg>"
    )


def _pattern(name: str, kind: str, degrees: int) -> str:
    return (
        f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({degrees})"><path class="{kind}" d="M1 0V5"/></pattern>'
    )


class _Strip:
    def __init__(
        self,
        day: StripDay,
        language: str,
        link: Callable[[str], str] | None,
        hatch: str,
        *,
        is_edited: bool,
    ) -> None:
        self._day = day
        self._language = language
        self._hatch = hatch
        self._link = link
        self._is_edited = is_edited
        end = max(day.itinerary.finish, day.timed.end_limit or day.itinerary.finish)
        self._clashes = tuple(clashes(day.itinerary, day.timed))
        self._marked = {clash.warning.stop for clash in self._clashes}
        self.axis = Axis(day.itinerary.start, end, day.clock)

    def parts(self) -> Iterator[str]:
        """Yield all of it, what must not be covered last."""
        calls = self._day.itinerary.calls
        yield from self.axis.hours()
        yield from self._limit()
        yield from self._ways()
        for call in calls:
            yield from self._stay(call)
        for clash in self._clashes:
            yield self._clash(clash)
        for call in calls:
            yield from self._pin(call)
            yield from self._edge(call)

    def _limit(self) -> Iterator[str]:
        """Yield the latest end of the day."""
        if limit := self._day.timed.end_limit:
            is_late = self._day.itinerary.finish > limit
            kind = "strip__limit strip__limit--late" if is_late else "strip__limit"
            yield f'<path class="{kind}" d="M{self.axis.x(limit):.1f} 12V{HIGH - 1:.0f}"/>'

    def _ways(self) -> Iterator[str]:
        """Yield how one moves, and what is waited for."""
        for leg in self._day.itinerary.legs:
            if leg.arrive > leg.depart:
                yield f'<path class="strip__way strip__way--{_look(leg)}" d="{self._line(leg)}"/>'
        for call in self._day.itinerary.calls:
            if call.start - call.arrive >= SHORTEST_WAIT_S:
                box = self.axis.box(call.arrive, call.start, MIDDLE - 5, 10)
                yield f'<rect class="strip__wait" {box} fill="url(#{self._hatch})"/>'

    def _line(self, leg: Leg) -> str:
        return f"M{self.axis.x(leg.depart):.1f} {MIDDLE:.0f}H{self.axis.x(leg.arrive):.1f}"

    def _stay(self, call: Call) -> Iterator[str]:
        """A stay, with the hours and windows that bound it."""
        stop, told_as = self._day.timed.stops[call.stop], self._day.stops[call.stop]
        yield from self._open(stop, call.arrive, call.leave)
        told = " ".join((f"{told_as.number}. {told_as.name}, {told_as.times}.", *told_as.alerts))
        bar = f'<rect class="strip__bar" rx="2" {self.axis.box(call.start, call.leave, TOP, THICK)}/>'
        kind = f"strip__stay strip__stay--{told_as.tone or 'fine'}"
        yield self._linked(told_as.id, kind, told, bar + self._words(told_as, call), is_in_order=False)

    def _words(self, stop: StripStop, call: Call) -> str:
        """Its number, with its name where there is room; what is wrong has a mark, if need be above it."""
        x, wide = self.axis.x(call.start), (call.leave - call.start) * self.axis.per_s
        number = f"! {stop.number}" if stop.tone else str(stop.number)
        room = int((wide - NUMBER_WIDE - 4) / LETTER_WIDE) - (2 if stop.tone else 0)
        if name := _cut(stop.name, room):
            return text(x + 6, MIDDLE + 4, f"{number} {name}", "strip__number")
        if wide >= LETTER_WIDE * len(number) + 4:
            return text(x + wide / 2, MIDDLE + 4, number, "strip__number", "middle")
        if not stop.tone or call.stop in self._marked:
            return ""
        return text(x + wide / 2, TOP - 1, "!", "strip__alarm", "middle")

    def _linked(self, stop: str, kind: str, told: str, inner: str, *, is_in_order: bool) -> str:
        """What leads to a stop, or with '' to the day's end; `is_in_order` for the tab key."""
        told = escape(told, quote=True)
        if self._link is None:
            return f'<g class="{kind}" role="img" aria-label="{told}">{inner}</g>'
        address = escape(self._link(stop), quote=True)
        query = f"stop={escape(stop, quote=True)}" if stop else "part=end"
        shows = f' data-show="{query}"' if self._is_edited else ""
        order = "" if is_in_order else ' tabindex="-1"'
        return f'<a class="{kind}" href="{address}"{shows}{order} aria-label="{told}">{inner}</a>'

    def _clash(self, clash: Clash) -> str:
        """What does not work, hatched: in the band of the hours, or for a stay that is full at its foot."""
        top, high = (TOP + THICK - 4, 4.0) if clash.kind is ClashKind.FULL else (BAND - 2, 7.0)
        box = self.axis.box(clash.first, clash.last, top, high, least=CLASH_WIDE)
        inner = (
            f'<rect class="strip__ground" {box}/>'
            f'<rect class="strip__clashing" {box} fill="url(#{self._hatch}-clash)"/>'
        )
        at = None if clash.kind is ClashKind.END else clash.warning.stop
        stop = "" if at is None else self._day.stops[at].id
        kind = f"strip__clash strip__clash--{clash.kind}"
        return self._linked(stop, kind, self._clash_told(clash, at), inner, is_in_order=True)

    def _clash_told(self, clash: Clash, at: int | None) -> str:
        name = gettext("End of the day") if at is None else self._day.stops[at].name
        told = f"{name}: {sentence(clash.warning, self._language)}"
        if clash.during is None:
            return told
        still = gettext(
            "%(name)s lasts until %(time)s.",
            name=self._day.stops[clash.during.stop].name,
            time=self._day.clock.face(clash.during.leave),
        )
        return f"{told} {still}"

    def _open(self, stop: TimedStop, arrive: Instant, leave: Instant) -> Iterator[str]:
        """A thin band while one may be there, as far as it is near the stay and not all the day."""
        near = (leave - arrive) + HOUR_S // 2
        for span in stop.hours:
            if span.end is None or span.state is not HoursState.OPEN:
                continue
            first, last = max(span.start, arrive - near), min(span.end, leave + near)
            if first < last:
                yield f'<rect class="strip__open" {self.axis.box(first, last, BAND, 3)}/>'
        for opens, closes in stop.windows:
            yield f'<rect class="strip__window" {self.axis.box(opens, closes, BAND, 3)}/>'

    def _pin(self, call: Call) -> Iterator[str]:
        """An agreed time; one that is not kept is empty."""
        fixed = self._day.timed.stops[call.stop].fixed
        if fixed is not None:
            kind = "strip__pin" if fixed == call.start else "strip__pin strip__pin--missed"
            yield f'<path class="{kind}" d="M{self.axis.x(fixed) - 4:.1f} {TOP - 6}h8l-4 6z"/>'

    def _edge(self, call: Call) -> Iterator[str]:
        """The end of a stay, by which it is made longer or shorter."""
        if not self._is_edited:
            return
        stop, lasts = self._day.stops[call.stop], call.leave - call.start
        scale = lasts / 60 / stop.dwell_min if stop.dwell_min else 1
        label = escape(gettext("Minutes there: %(name)s", name=stop.name), quote=True)
        name = escape(stop.id, quote=True)
        yield (
            f'<rect class="strip__edge" id="edge-{name}" x="{self.axis.x(call.leave) - EDGE_WIDE / 2:.1f}" '
            f'y="{TOP - 2:.0f}" width="{EDGE_WIDE:.0f}" height="{THICK + 4:.0f}" aria-label="{label}" '
            f'data-edge="{name}" data-minutes="{stop.dwell_min}" data-scale="{scale:.3f}"/>'
        )


def _cut(name: str, room: int) -> str:
    """A name in so many letters: as many whole words as fit, so that it is heard in what is read aloud."""
    if len(name) <= room:
        return name
    words = name[: max(room, 0)].rsplit(" ", 1)
    return f"{words[0].rstrip(' –-,(')}…" if len(words) > 1 else ""


def _look(leg: Leg) -> str:
    return str(leg.mode) if leg.mode in {"bus", "coach"} else "walk"
