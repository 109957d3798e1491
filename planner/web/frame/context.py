"""What a request handler works with: the services of the process, and what the catalogue is read against."""

from __future__ import annotations

import datetime as dt

from planner.errors import NetworkMissingError
from planner.process import Services, services
from planner.services.catalogue.rules import RuleContext

__all__ = ["Services", "rule_context", "services"]


def rule_context() -> RuleContext:
    """What the catalogue's rules are read against: today, and the town if one is built."""
    context = services()
    try:
        town = context.town
    except NetworkMissingError:
        return RuleContext(dt.datetime.fromtimestamp(context.now(), dt.UTC).date())
    return RuleContext(town.clock.local(context.now()).date(), town)
