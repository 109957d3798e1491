"""Arrivals, coaches and meals as things: what is known of them, and nothing of any person."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.text import LocalText


class Carrier(StrEnum):
    """What a group arrives by."""

    TRAIN = "train"
    FLIGHT = "flight"


@dataclass(frozen=True)
class Arrival:
    """The train or flight of a day: its `number`, its local `time` "HH:MM", where, and what if it is late."""

    carrier: Carrier = Carrier.TRAIN
    number: str = ""
    time: str = ""
    place: LocalText = field(default_factory=dict)
    if_late: LocalText = field(default_factory=dict)


@dataclass(frozen=True)
class CoachBooking:
    """The coach of a day: whose it is, when one gets in (local "HH:MM"), where it waits meanwhile.

    `driver` is the id under which the driver's name and telephone are kept, '' where no telephone is: no
    person stands in a document.
    """

    operator: str = ""
    boarding: str | None = None
    waits: LocalText = field(default_factory=dict)
    driver: str = ""


@dataclass(frozen=True)
class MealBooking:
    """What is agreed with a restaurant: for how many, which diets (no names), and whether it said yes."""

    restaurant: str = ""
    covers: int | None = None
    diets: LocalText = field(default_factory=dict)
    confirmed: bool = False
