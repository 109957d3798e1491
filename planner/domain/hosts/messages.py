"""What hosts are to be told: one message for each whose times are other than they know, once edits rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import Instant
from planner.domain.hosts.arrangement import Agreed, HostAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.domain.hosts.arrangement import Arrangement

REST_S = 600
"""So long nothing may have been edited before hosts are told, unless what they are told is published."""


@dataclass(frozen=True)
class HostMessage:
    """What one host is to be told: what they know of, and what is so now; None: nobody comes any more."""

    key: str
    before: Agreed
    now: Agreed | None


@dataclass(frozen=True)
class Edited:
    """When a visit was edited last, and whether that state of it is the one that is published."""

    at: Instant
    is_published: bool = False

    def rested(self, now: Instant) -> bool:
        """Whether hosts may be told now."""
        return self.is_published or now >= self.rests_at

    @property
    def rests_at(self) -> Instant:
        """When hosts may be told, if nothing is edited until then."""
        return self.at + REST_S


def messages(arrangements: Iterable[Arrangement], planned: Mapping[str, Agreed]) -> tuple[HostMessage, ...]:
    """Return what hosts are to be told of a plan, by their keys; one each, and only for those concerned.

    Concerned is who was asked or told or has confirmed, and knows of another day, another time or another
    number of people; not who has declined. However often a visit was edited, what counts is what the host
    knows and what is so now.
    """
    told = (message_of(one, planned.get(one.key)) for one in arrangements)
    return tuple(message for message in told if message)


def message_of(arrangement: Arrangement, planned: Agreed | None) -> HostMessage | None:
    """Return what a host is to be told, None where they know it or were never asked."""
    known = arrangement.known
    if known is None or arrangement.state is HostAct.DECLINED or known == planned:
        return None
    return None if planned is None and not known.stays else HostMessage(arrangement.key, known, planned)
