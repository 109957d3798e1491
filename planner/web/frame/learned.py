"""What was learned of stays, worked out once a worker until more is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from planner.memory import Memory
from planner.services.live.learned import learned_stays, learned_version
from planner.web.frame.context import rule_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from planner.domain.live.learned import LearnedStay

_MEMORY = "planner.learned"


def stays_learned(session: Session) -> Mapping[str, LearnedStay]:
    """Return what stays at sites have taken on days before today, by the sites' ids."""
    today = rule_context().today
    memory: Memory = current_app.extensions.setdefault(_MEMORY, Memory())
    key = today, learned_version(session, today)
    return memory.get("stays", key, lambda: learned_stays(session, today), keep=2)
