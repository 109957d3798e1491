"""What would change if a town that was built beside came into force: walks, sites, visits, all planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.services.town.readings import VisitReading, compare_readings
from planner.services.town.walks import WalksCompared, compare_walks
from planner.store.catalogue import all_sites

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.services.travel.town import Town


@dataclass(frozen=True)
class Comparison:
    """What would change. `walks` is None where no streets are in force to compare with.

    `was` names the folders that it was compared with, as `NetworkFacts.built`: over others it says nothing.
    """

    made: Instant
    was: str
    walks: WalksCompared | None
    visits: tuple[VisitReading, ...]


def compare(session: Session, in_force: Town | None, beside: Town, now: Instant) -> Comparison:
    """Compare a town that was built beside with the one in force, as of now."""
    sites = all_sites(session).values()
    day = beside.clock.local(now).date()
    walks = compare_walks(in_force, beside, sites, day) if in_force is not None else None
    was = in_force.facts.built if in_force is not None else ""
    return Comparison(now, was, walks, compare_readings(session, beside, now))
