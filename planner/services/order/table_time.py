"""The time of the tables that a search asks for: it is not taken from the search itself."""

from __future__ import annotations

from planner.domain.budget import Budget

BOTH = 1.25
"""Tables and search together may take so many times what a search may."""

LEAST = 0.4
"""The share of its time that a search has however long the tables took."""

SLOW = 0.5
"""Tables that take more than such a share of a search's time are not asked for twice."""


class Tables:
    """Tables that are worked out from now on, before a search that has a budget."""

    def __init__(self, budget: Budget) -> None:
        self._search_s = max(0.0, budget.left_s)
        self._budget = Budget.of(budget.seconds, budget.clock)
        self._took_s = 0.0

    @property
    def are_slow(self) -> bool:
        """Whether the tables before the first search took long."""
        return self._took_s > SLOW * self._search_s

    def search_budget(self, deadline: Budget) -> Budget:
        """Return the budget of a search that begins now that the tables are there."""
        spent_s = self._budget.seconds - self._budget.left_s if self._search_s < float("inf") else 0.0
        self._took_s = self._took_s or spent_s
        left_s = min(self._search_s, BOTH * self._search_s - spent_s)
        return Budget.of(min(deadline.left_s, max(LEAST * self._search_s, left_s)), self._budget.clock)
