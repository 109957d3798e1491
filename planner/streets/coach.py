"""The coach's size, told by the domain."""

from __future__ import annotations

from planner.domain.coach import CoachProfile

__all__ = ["CoachProfile"]
