"""A leg by public transport, step by step: what a page shows of a walk, a wait and a ride."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.words.formats import Moment


@dataclass(frozen=True)
class RideStop:
    """A stop where one gets on or off. `platform` is a phrase, `about` too: '' where the minute is sure."""

    name: str
    platform: str
    time: Moment
    about: str

    @property
    def place(self) -> str:
        """The stop with its platform."""
        return ", ".join(text for text in (self.name, self.platform) if text)


@dataclass(frozen=True)
class PassedStop:
    """A stop between getting on and off."""

    name: str
    time: str


@dataclass(frozen=True)
class WalkStep:
    """A walk to a stop, between two or from the last: `text` "Walk 320 m, 5 min", `lines` its directions."""

    time: Moment
    text: str
    title: str
    lines: tuple[str, ...]
    kind: Literal["walk"] = "walk"


@dataclass(frozen=True)
class WaitStep:
    """Standing at a stop until the departure."""

    time: Moment
    text: str
    kind: Literal["wait"] = "wait"


@dataclass(frozen=True)
class RideStep:
    """A ride, all in phrases.

    `line` is what stands on its badge, `name` "bus 253"; `towards` "towards Kraków", `stay` "23 min,
    9 stops", `later` "then 10:55, 11:25", `last_back` "last back 21:19 from Rynek", `service` "estimated:
    about every 60 min", `asks` what to do where it stops on request, `one_before` the stop before one's
    own. Any of them is '' where it is not known or does not apply. `sentence` says the ride as a line
    of directions.
    """

    line: str
    vehicle: str
    name: str
    towards: str
    board: RideStop
    alight: RideStop
    stay: str
    passed: tuple[PassedStop, ...]
    later: str
    last_back: str
    service: str
    asks: str
    one_before: str
    sentence: str
    kind: Literal["ride"] = "ride"


Step = WalkStep | WaitStep | RideStep
