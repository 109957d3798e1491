"""Pairs of edits, for a day of which no single one makes everything work."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from planner.domain.budget import OutOfTimeError
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.edits.remedy_costs import BASE
from planner.services.remedies.kinds import finer, firsts, quick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.domain.warnings.codes import Warning
    from planner.services.remedies.trials import RemedyTrials

MOST_PAIRS = 2
"""More pairs are not read."""


def pairs_for(
    trials: RemedyTrials, warnings: Sequence[Warning], before: dt.date | None, below: float = inf
) -> tuple[tuple[Remedy, ...], bool]:
    """Return the cheapest pairs after which nothing is left that does not work, and whether all were tried.

    What takes most of the trouble away is tried first, so that a pair is there soon; only time ends the
    search. Two pairs of the same edits by other amounts, in whatever order, are told once. Pairs that cost
    people `below` or more are not looked for: a single edit that is enough costs so much.
    """
    whole: dict[Remedy, float] = {}
    try:
        for first in _promising(trials, warnings, before, below):
            for pair in _with(trials, warnings, first, before, below):
                least = _tightened(trials, warnings, pair)
                whole[least] = trials.cost(least)
    except OutOfTimeError:
        is_complete = False
    else:
        is_complete = True
    unlike: dict[frozenset[object], Remedy] = {}
    for pair in sorted(whole, key=lambda pair: whole[pair]):
        unlike.setdefault(frozenset((edit.code, edit.stop) for edit in pair.both), pair)
    return tuple(unlike.values())[:MOST_PAIRS], is_complete


def _promising(
    trials: RemedyTrials, warnings: Sequence[Warning], before: dt.date | None, below: float
) -> list[Remedy]:
    """The first edits, those first that leave least trouble; none that is enough alone."""
    ranked = []
    for first in firsts(trials, warnings, before):
        cost = trials.cost(first)
        trouble = trials.trouble(first) if cost < below else None
        if trouble is not None and trouble[0]:
            ranked.append((trouble, cost, first))
    return [first for _, _, first in sorted(ranked, key=lambda rank: rank[:2])]


def cured_by(trials: RemedyTrials, warnings: Sequence[Warning], pair: Remedy) -> list[Warning]:
    """Return the warnings that a pair cures, with none as serious in their place."""
    return [warning for warning in warnings if trials.cures(pair, warning)]


def _with(
    trials: RemedyTrials, warnings: Sequence[Warning], first: Remedy, before: dt.date | None, below: float
) -> list[Remedy]:
    """The pairs with a first edit: one of each kind as the second, the first of it that is enough."""
    then = trials.after(first)
    if then is None:
        return []
    most = below - trials.cost(first)
    pairs = []
    for kind in quick(before):
        if BASE[kind.code] >= most:
            continue
        tries = (
            second
            for warning in then.troubles
            for second in kind.search(then, warning)
            if (second.code, second.stop, second.number) != (first.code, first.stop, first.number)
        )
        fitting = (second for second in tries if then.cost(second) < most and then.is_whole(second))
        made = (Remedy(RemedyCode.PAIR, both=(first, second)) for second in fitting)
        pair = next((pair for pair in made if cured_by(trials, warnings, pair)), None)
        if pair is not None:
            pairs.append(pair)
    return pairs


def _tightened(trials: RemedyTrials, warnings: Sequence[Warning], pair: Remedy) -> Remedy:
    """The pair with the least first edit of its kind that is enough."""
    first, second = pair.both
    cheaper = [edit for edit in finer(trials, warnings, first) if trials.cost(edit) < trials.cost(first)]
    pairs = (Remedy(RemedyCode.PAIR, both=(edit, second)) for edit in cheaper)
    return next(
        (least for least in pairs if trials.is_whole(least) and cured_by(trials, warnings, least)), pair
    )
