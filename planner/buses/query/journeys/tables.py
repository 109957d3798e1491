"""From one place to many at one time: one search by rounds for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.buses.query.journeys.raptor import RaptorQuestion, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.buses.query.walks.access import StopReach


def seconds_to_all(
    question: RaptorQuestion, into: Sequence[StopReach], walks: Sequence[int | None], horizon_s: int
) -> list[int | None]:
    """Return seconds from a question's start to all places; its own end and bound are set aside.

    `walks` are the seconds of the walks all the way, None where there is none:
    then what comes within the horizon counts.
    """
    bounds = [horizon_s if walk is None else walk for walk in walks]
    rounds = search(replace(question, into=(), until=question.at + max(bounds, default=0)))
    off = np.array(rounds.off[-1])
    seconds: list[int | None] = []
    for reach, walk, bound in zip(into, walks, bounds, strict=True):
        riding = int((off[reach.stops] + reach.seconds).min(initial=question.at + bound + 1)) - question.at
        seconds.append(riding if riding <= bound else walk)
    return seconds
