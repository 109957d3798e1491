"""How many of a group, and of each party, have which need; and the pace and the ways that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.visits import Visit

SLOW_KMH = 3.3
"""The pace of a group with people who walk slowly: that of seniors (the preset "with seniors")."""


class AttendeeKind(StrEnum):
    """What is counted."""

    WHEELCHAIR = "wheelchair"
    SLOW = "slow"
    HEARING_LOOP = "hearing_loop"
    ASSISTANCE_DOG = "assistance_dog"
    DIET = "diet"
    """Its detail says which, one of DIETS."""
    LANGUAGE = "language"
    """Its detail is the code of the language that somebody needs."""


DIETS = ("vegetarian", "vegan", "gluten_free", "lactose_free", "halal", "kosher", "nut_free")
SPOKEN = ("pl", "en", "de", "uk", "fr", "es", "it", "cs")
"""The languages that are counted."""

ON_THE_WAY = (
    AttendeeKind.WHEELCHAIR,
    AttendeeKind.SLOW,
    AttendeeKind.HEARING_LOOP,
    AttendeeKind.ASSISTANCE_DOG,
)
"""What has no detail, and matters wherever the group goes."""


@dataclass(frozen=True)
class Count:
    """So many of a party, '' where there are none, have a need."""

    party: str
    kind: AttendeeKind
    detail: str
    number: int


@dataclass(frozen=True)
class Attendees:
    """The counts of a visit."""

    counts: tuple[Count, ...] = ()

    def of_party(self, party: str) -> Attendees:
        """Return what is known of a party; of '' all of it."""
        return Attendees(tuple(one for one in self.counts if party in ("", one.party)))

    def number(self, kind: AttendeeKind, detail: str = "") -> int:
        """Return how many have a need, of all parties together."""
        return sum(one.number for one in self.counts if (one.kind, one.detail) == (kind, detail))

    def __repr__(self) -> str:
        """Say nothing: what is shown in faults and logs has no needs in it."""
        return "Attendees(...)"


def fitted(visit: Visit, attendees: Attendees) -> Visit:
    """Return the visit as its people need it: step-free for wheelchairs, no faster than the slow ones walk.

    It says no more of them than that, and the organiser may say otherwise afterwards.
    """
    step_free = visit.step_free or bool(attendees.number(AttendeeKind.WHEELCHAIR))
    slow = attendees.number(AttendeeKind.SLOW)
    return replace(
        visit, step_free=step_free, pace_kmh=min(visit.pace_kmh, SLOW_KMH) if slow else visit.pace_kmh
    )
