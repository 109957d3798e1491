"""The kinds of remedies, with where to look for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.warnings.codes import Warning
from planner.services.remedies import places, stays, times, ways
from planner.services.remedies.trials import RemedyTrials

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

Search = Callable[[RemedyTrials, Warning], Iterator[Remedy]]

MOST_DATES = 2


@dataclass(frozen=True)
class Kind:
    """A kind of remedy: where to look, and how many of it are worth telling."""

    code: RemedyCode
    search: Search
    most: int = 1


def quick(before: dt.date | None = None) -> tuple[Kind, ...]:
    """Return the kinds in the order of what it costs to look: those that need no new way come first."""
    return (
        Kind(RemedyCode.END, times.ends),
        Kind(RemedyCode.START, times.starts),
        Kind(RemedyCode.CUT, stays.cuts),
        Kind(RemedyCode.FIXED, times.fixed_times),
        Kind(RemedyCode.WINDOW, times.windows),
        Kind(RemedyCode.ORDER, places.orders),
        Kind(RemedyCode.AFTER, places.afters),
        Kind(RemedyCode.UNLOCK, places.unlocks),
        Kind(RemedyCode.MODE, ways.modes),
        Kind(RemedyCode.DAY_MODE, ways.day_modes),
        Kind(RemedyCode.DATE, partial(stays.dates, before=before), MOST_DATES),
        Kind(RemedyCode.DROP, stays.drops),
    )


BEST = Kind(RemedyCode.ORDER, places.best_orders)
"""The best order of all stops: a search of its own, so it is looked for last."""


def firsts(trials: RemedyTrials, warnings: Iterable[Warning], before: dt.date | None) -> list[Remedy]:
    """Return the edits that may be the first of a pair: every kind, by steps, each once."""
    steps: dict[Remedy, None] = {}
    for warning in warnings:
        for kind in quick(before):
            search = _STEPPED.get(kind.code, kind.search)
            steps |= dict.fromkeys(search(trials, warning))
    return list(steps)


def finer(trials: RemedyTrials, warnings: Iterable[Warning], rough: Remedy) -> Iterator[Remedy]:
    """Yield the edits of the same kind at the same stop as one found by rough steps."""
    search = _FINE.get(rough.code)
    if search is None:
        return
    for warning in warnings:
        edits = search(trials, warning)
        yield from (edit for edit in edits if (edit.stop, edit.number) == (rough.stop, rough.number))


def _every_start(trials: RemedyTrials, _warning: Warning) -> Iterator[Remedy]:
    yield from times.earlier_starts(trials)


def _start_steps(trials: RemedyTrials, _warning: Warning) -> Iterator[Remedy]:
    yield from times.earlier_starts(trials)[2::3]


def _fixed_steps(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    yield from times.fixed_times(trials, warning, times.STEPS_MIN)


def _window_steps(trials: RemedyTrials, warning: Warning) -> Iterator[Remedy]:
    yield from times.windows(trials, warning, times.STEPS_MIN)


_STEPPED: dict[RemedyCode, Search] = {
    RemedyCode.START: _start_steps,
    RemedyCode.CUT: stays.most_cut,
    RemedyCode.FIXED: _fixed_steps,
    RemedyCode.WINDOW: _window_steps,
}
"""Kinds that are looked for by halving, which asks whether one edit is enough, or in small steps."""

_FINE: dict[RemedyCode, Search] = {
    RemedyCode.START: _every_start,
    RemedyCode.FIXED: times.fixed_times,
    RemedyCode.WINDOW: times.windows,
}
