"""What an order was searched for: a mark of a day that changes with whatever its plan rests on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.visits import Visit

LENGTH = 16


def seen_mark(visit: Visit, index: int) -> str:
    """A short mark of a day (counted from 0) with the group it is planned for.

    Titles, texts and the other days are not part of it: who changes those does not change what was shown.
    """
    group = (visit.group_size, visit.pace_kmh, visit.step_free, visit.coach, visit.has_coach)
    parts = (
        visit.days[index],
        group,
        visit.interpreter,
        visit.buffers,
        visit.assumed_leg_min,
        visit.hardest_path,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:LENGTH]
