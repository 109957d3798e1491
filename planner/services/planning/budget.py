"""Budgets by the clock of the machine: the domain itself knows no clock."""

from __future__ import annotations

from time import monotonic

from planner.domain.budget import Budget


def budget_of(seconds: float) -> Budget:
    """Return a budget of so many seconds from now on."""
    return Budget.of(seconds, monotonic)
