"""What was asked of a host and what they said: the newest word counts, all of it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.clock import Instant
from planner.domain.text import LocalText


class HostAct(StrEnum):
    """What passed between the organiser and a host."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    TOLD = "told"
    """Told of other times than were agreed; what the host said before still stands."""


@dataclass(frozen=True)
class SiteStay:
    """When a party, '' all together, is at a site; with `is_rain` only if it rains."""

    party: str
    start: Instant
    leave: Instant
    is_rain: bool = False


@dataclass(frozen=True)
class Agreed:
    """What a host knows of: the day, the stays in whole minutes, how many people; no stays: nobody comes.

    `name` is what the place was called then: a stop that is gone does not say it any more.
    """

    date: dt.date
    stays: tuple[SiteStay, ...]
    people: int
    name: LocalText = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class HostStep:
    """One thing that passed; `by` is who noted it, '' where nobody knows."""

    act: HostAct
    agreed: Agreed
    by: str
    at: Instant


@dataclass(frozen=True)
class HostDetails:
    """What the organiser wrote down: by when an answer is due, the door, the room, what is expected.

    `language` is the one that the host is written to.
    """

    deadline: dt.date | None = None
    language: str = ""
    door: str = ""
    capacity: int | None = None
    expects: str = ""


@dataclass(frozen=True)
class Arrangement:
    """What is arranged with a host: `steps` from the oldest on."""

    key: str
    details: HostDetails = field(default_factory=HostDetails)
    steps: tuple[HostStep, ...] = ()

    @property
    def answer(self) -> HostStep | None:
        """The step that says how things stand: the newest but those that only told something."""
        return next((step for step in reversed(self.steps) if step.act is not HostAct.TOLD), None)

    @property
    def state(self) -> HostAct | None:
        """Asked, confirmed or declined; None where nobody has asked yet."""
        return self.answer.act if self.answer else None

    @property
    def known(self) -> Agreed | None:
        """What the host goes by: of what they were asked, agreed to or were told the newest."""
        return self.steps[-1].agreed if self.steps else None

    @property
    def kept(self) -> Agreed | None:
        """What the host agreed to and goes by: one stay of all together; None where there is none such."""
        known = self.known if self.state is HostAct.CONFIRMED else None
        return known if known and len(known.stays) == 1 and not known.stays[0].party else None

    @property
    def is_waiting(self) -> bool:
        """Whether the host has been asked and has not answered."""
        return self.state is HostAct.ASKED
