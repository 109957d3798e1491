"""A site: a catalogue entry that a delegation can be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.geo import LonLat
from planner.domain.text import LocalText


class Quality(StrEnum):
    """How well a location is known."""

    EXACT = "exact"
    """To 30 m."""
    NEAR = "near"
    """To 100 m."""
    AREA = "area"
    """Only the neighbourhood: error_m says how wide."""
    NONE = "none"
    """Not placed yet."""


class StepFree(StrEnum):
    """Whether a place can be reached and entered without steps."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Known(StrEnum):
    """Whether visitors find a thing at a place; unknown is never "no"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ticket(StrEnum):
    """What a visitor needs to be let in."""

    NEEDED = "needed"
    FREE = "free"
    UNKNOWN = "unknown"


class HoursStatus(StrEnum):
    """How far a site's opening hours can be trusted."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    """A public open space: there is no door to be closed."""


class SiteStatus(StrEnum):
    """How far the entry itself can be trusted."""

    CONFIRMED = "confirmed"
    OPEN_SPACE = "open_space"
    UNCONFIRMED = "unconfirmed"
    PLANNED = "planned_or_unverified"


CONFIRMED_HOW = ("phone", "mail", "visit")


@dataclass(frozen=True)
class Location:
    """Where a site is: `at` as (lon, lat) or None, its quality and error in metres."""

    at: LonLat | None = None
    quality: Quality = Quality.NONE
    error_m: float | None = None


@dataclass(frozen=True)
class HostContact:
    """Whom the organiser calls. Never shown to participants."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Site:
    """One entry of the catalogue. `id` is a slug that never changes and is never reused.

    `confirmed_how` is by what somebody checked it, one of `CONFIRMED_HOW` or "". `drop_off` is where a coach
    lets its people out, (lon, lat), where the site has a place of its own. `photo` is the name of its
    photo among those of the data directory, or "". `ticket_price` is what tickets cost,
    `ticket_where` where they are bought.
    """

    id: str
    name: LocalText
    location: Location = field(default_factory=Location)
    summary: LocalText = field(default_factory=dict)
    description: LocalText = field(default_factory=dict)
    notes: LocalText = field(default_factory=dict)
    address: str = ""
    themes: tuple[str, ...] = ()
    dwell_min: int = 20
    min_dwell_min: int = 10
    opening_hours: str = ""
    hours_status: HoursStatus = HoursStatus.UNKNOWN
    step_free: StepFree = StepFree.UNKNOWN
    step_free_status: str = "unknown"
    outdoor: bool = False
    capacity: int | None = None
    host: HostContact | None = None
    sources: tuple[str, ...] = ()
    licence: str = ""
    confirmed_on: str | None = None
    status: SiteStatus = SiteStatus.UNCONFIRMED
    drop_off: LonLat | None = None
    confirmed_how: str = ""
    photo: str = ""
    toilets: Known = Known.UNKNOWN
    water: Known = Known.UNKNOWN
    seats: Known = Known.UNKNOWN
    ticket: Ticket = Ticket.UNKNOWN
    ticket_price: str = ""
    ticket_where: str = ""

    @property
    def is_confirmed(self) -> bool:
        """True when somebody has checked the entry, or nothing about it can be closed."""
        return self.status in (SiteStatus.CONFIRMED, SiteStatus.OPEN_SPACE)
