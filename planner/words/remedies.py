"""Remedies as short sentences for a button: what to do, with the number in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode, applied
from planner.domain.visits import Mode
from planner.words.formats import minutes_text, spaced, weekday_date
from planner.words.translation import force_locale, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.domain.visits import Day, Stop
    from planner.domain.warnings.codes import Warning
    from planner.words.places import PlaceWords


class RemedyWriter:
    """Writes the remedies of one day, as it is before them; needs an application context."""

    def __init__(self, day: Day, words: PlaceWords) -> None:
        self.day = day
        self._words = words
        self._stops = {stop.id: stop for stop in day.stops}

    @property
    def language(self) -> str:
        """The language written in."""
        return self._words.language

    def sentence(self, remedy: Remedy, warning: Warning) -> str:
        """Return a remedy in words; the stop of the warning it cures is "this", others are named."""
        with force_locale(self._words.language):
            at_stop = None if warning.stop is None else self.day.stops[warning.stop].id
            here = self._here(warning) if remedy.code is RemedyCode.MODE else at_stop
            return self._written(remedy, here)

    def rest(self, left: int) -> str:
        """Return how much still does not work after a remedy; '' for nothing."""
        with force_locale(self._words.language):
            if not left:
                return ""
            return ngettext("(%(num)d problem is left)", "(%(num)d problems are left)", left)

    def _written(self, remedy: Remedy, here: str | None) -> str:
        return {
            RemedyCode.ORDER: self._order,
            RemedyCode.START: self._start,
            RemedyCode.CUT: self._cuts,
            RemedyCode.UNLOCK: self._unlock,
            RemedyCode.AFTER: self._after,
            RemedyCode.END: self._end,
            RemedyCode.WINDOW: self._window,
            RemedyCode.FIXED: self._fixed,
            RemedyCode.MODE: self._mode,
            RemedyCode.DAY_MODE: self._day_mode,
            RemedyCode.DATE: self._date,
            RemedyCode.DROP: self._drop,
            RemedyCode.PAIR: self._pair,
        }[remedy.code](remedy, here)

    def _pair(self, remedy: Remedy, _here: str | None) -> str:
        first, second = remedy.both
        then = RemedyWriter(applied(self.day, first), self._words)
        both = {"first": self._written(first, None), "second": then.plain(second)}
        return gettext("%(first)s, and: %(second)s", **both)

    def plain(self, remedy: Remedy) -> str:
        """Return a remedy in words, all stops named, in the language that is in force."""
        return self._written(remedy, None)

    def _unlock(self, remedy: Remedy, here: str | None) -> str:
        moved = self._order(Remedy(RemedyCode.ORDER, order=remedy.order), here)
        return gettext("Unlock %(name)s. %(move)s", name=self._name(remedy.stop or ""), move=moved)

    def _after(self, remedy: Remedy, here: str | None) -> str:
        names = {"name": self._name(remedy.stop or ""), "other": self._name(remedy.other or "")}
        given_up = gettext("%(name)s need not come after %(other)s", **names)
        return self._and_order(given_up, remedy, here)

    def _and_order(self, text: str, remedy: Remedy, here: str | None) -> str:
        """A text, and the order that comes with it, where it is another one."""
        if not remedy.order or remedy.order == tuple(stop.id for stop in self.day.stops):
            return text
        moved = self._order(Remedy(RemedyCode.ORDER, order=remedy.order), here)
        return gettext("%(first)s, and: %(second)s", first=text, second=moved)

    def _end(self, remedy: Remedy, _here: str | None) -> str:
        return gettext("End by %(time)s instead", time=_shown_time(remedy.time))

    def _window(self, remedy: Remedy, here: str | None) -> str:
        span = "–".join(_shown_time(time) for time in remedy.span)
        if remedy.stop == here:
            return gettext("Allow %(span)s", span=span)
        return gettext("%(name)s: allow %(span)s", name=self._name(remedy.stop or ""), span=span)

    def _fixed(self, remedy: Remedy, here: str | None) -> str:
        words = {
            "time": _shown_time(remedy.time),
            "before": _shown_time(self._stops[remedy.stop or ""].fixed or ""),
        }
        if remedy.stop == here:
            return gettext("Agree on %(time)s instead of %(before)s", **words)
        name = self._name(remedy.stop or "")
        return gettext("%(name)s: agree on %(time)s instead of %(before)s", name=name, **words)

    def _day_mode(self, remedy: Remedy, here: str | None) -> str:
        text = {
            Mode.BUS: gettext("The whole day by bus"),
            Mode.COACH: gettext("The whole day by coach"),
        }.get(remedy.mode or Mode.WALK, gettext("The whole day on foot"))
        return self._and_order(text, remedy, here)

    def reason(self, stops: Sequence[str]) -> str:
        """Return why no other date helps: stops that are never open together; '' for none."""
        with force_locale(self._words.language):
            if not stops:
                return ""
            if len(stops) == 1:
                return gettext("Closed then on every day of the next two weeks.")
            return gettext(
                "On no day of the next two weeks are these open together: %(names)s.",
                names="; ".join(self._name_and_time(stop) for stop in stops),
            )

    def _name_and_time(self, stop: str) -> str:
        fixed = self._stops[stop].fixed
        return f"{self._name(stop)} ({_shown_time(fixed)})" if fixed else self._name(stop)

    def _here(self, warning: Warning) -> str | None:
        """The stop that a warning stands at, or that its leg leads to."""
        at = warning.leg if warning.stop is None else warning.stop
        return self.day.stops[at].id if at is not None and at < len(self.day.stops) else None

    def _name(self, stop: str) -> str:
        return self._words.stop_name(self._stops[stop])

    def _order(self, remedy: Remedy, here: str | None) -> str:
        before = tuple(stop.id for stop in self.day.stops)
        moved = _only_moved(before, remedy.order, here)
        if moved is None or remedy.cuts:
            return self._whole_order(before, remedy)
        at = remedy.order.index(moved)
        after = self._name(remedy.order[at - 1]) if at else ""
        if moved == here:
            return (
                gettext("Move it to after %(other)s", other=after)
                if after
                else gettext("Move it to the start")
            )
        words = {"name": self._name(moved), "other": after}
        if after:
            return gettext("Move %(name)s to after %(other)s", **words)
        return gettext("Move %(name)s to the start", **words)

    def _whole_order(self, before: tuple[str, ...], remedy: Remedy) -> str:
        numbers = ", ".join(str(before.index(stop) + 1) for stop in remedy.order)
        if not remedy.cuts:
            return gettext("In the order %(numbers)s", numbers=numbers)
        minutes = minutes_text(sum(cut.minutes for cut in remedy.cuts), self._words.language)
        return gettext(
            "In the order %(numbers)s, the stays %(minutes)s shorter", numbers=numbers, minutes=minutes
        )

    def _start(self, remedy: Remedy, _here: str | None) -> str:
        return gettext("Start %(time)s instead", time=_shown_time(remedy.time))

    def _date(self, remedy: Remedy, _here: str | None) -> str:
        date = remedy.date or self.day.date
        return gettext("On %(date)s", date=weekday_date(date, self._words.language))

    def _drop(self, remedy: Remedy, here: str | None) -> str:
        if remedy.stop == here:
            return gettext("Without this stop")
        return gettext("Without %(name)s", name=self._name(remedy.stop or ""))

    def _cuts(self, remedy: Remedy, here: str | None) -> str:
        cuts = remedy.cuts
        if len(cuts) > 1:
            shorter = ", ".join(
                gettext(
                    "%(name)s by %(minutes)s", name=self._name(cut.stop), minutes=self._minutes(cut.minutes)
                )
                for cut in cuts
            )
            return gettext("Shorten: %(stays)s", stays=shorter)
        (cut,) = cuts
        stop: Stop = self._stops[cut.stop]
        words = {
            "minutes": self._minutes(stop.dwell_min - cut.minutes),
            "before": self._minutes(stop.dwell_min),
        }
        if cut.stop == here:
            return gettext("Stay %(minutes)s instead of %(before)s", **words)
        name = self._name(cut.stop)
        return gettext("%(name)s: stay %(minutes)s instead of %(before)s", name=name, **words)

    def _mode(self, remedy: Remedy, here: str | None) -> str:
        mode = remedy.mode or Mode.WALK
        if remedy.stop is not None and remedy.stop == here:
            return {
                Mode.BUS: gettext("Go by bus"),
                Mode.COACH: gettext("Go by coach"),
            }.get(mode, gettext("Go on foot"))
        if remedy.stop is None:
            return {
                Mode.BUS: gettext("Go by bus to the end of the day"),
                Mode.COACH: gettext("Go by coach to the end of the day"),
            }.get(mode, gettext("Go on foot to the end of the day"))
        name = self._name(remedy.stop)
        return {
            Mode.BUS: gettext("Go by bus to %(name)s", name=name),
            Mode.COACH: gettext("Go by coach to %(name)s", name=name),
        }.get(mode, gettext("Go on foot to %(name)s", name=name))

    def _minutes(self, minutes: int) -> str:
        return minutes_text(minutes, self._words.language)


def _shown_time(time: str) -> str:
    """A local time past midnight with its "+1" apart, as everywhere on a page."""
    return spaced(time)


def _only_moved(before: tuple[str, ...], after: tuple[str, ...], here: str | None) -> str | None:
    """The stop by whose move alone one order becomes the other: that of the warning, if it may be."""
    candidates = sorted(before, key=lambda stop: stop != here)
    for moved in candidates:
        if [stop for stop in before if stop != moved] == [stop for stop in after if stop != moved]:
            return moved
    return None
