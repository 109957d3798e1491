"""How a group moves, with what coach, and what it keeps in reserve: in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.visits import Mode
from planner.words.formats import NBSP, minutes_text, number_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.coach import CoachProfile
    from planner.domain.visits import LegBuffers


def mode_name(mode: Mode) -> str:
    """Return how a group moves, as a word."""
    return {
        Mode.WALK: gettext("On foot"),
        Mode.BUS: gettext("By bus"),
        Mode.COACH: gettext("By coach"),
        Mode.BEST: gettext("Quickest"),
    }[mode]


def coach_text(coach: CoachProfile, language: str) -> str:
    """Return a coach's length, width and height, and its weight: "12 × 2.55 × 3.8 m, 18 t"."""
    sizes = (coach.length_m, coach.width_m, coach.height_m, coach.weight_t)
    length, width, height, weight = (number_text(size, language) for size in sizes)
    return f"{length} × {width} × {height}{NBSP}m, {weight}{NBSP}t"


def buffers_text(buffers: LegBuffers, language: str) -> str:
    """Return the minutes kept after legs: "on foot 5 min, by coach 10 min"; '' where none are."""
    kept = {Mode.WALK: buffers.walk_min, Mode.BUS: buffers.bus_min, Mode.COACH: buffers.coach_min}
    told = (
        f"{mode_name(mode)} {minutes_text(minutes, language)}" for mode, minutes in kept.items() if minutes
    )
    return ", ".join(told).lower()
