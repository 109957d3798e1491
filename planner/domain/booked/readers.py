"""Who reads what of the things that are booked: participants no more than they need to be in time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.booked.things import CoachBooking, MealBooking

if TYPE_CHECKING:
    from planner.domain.visits import Day, Stop, Visit


def for_participants(visit: Visit) -> Visit:
    """Return a visit without what is agreed with carriers and restaurants."""
    return replace(visit, days=tuple(map(_day, visit.days)))


def for_copies(visit: Visit) -> Visit:
    """Return a visit as a copy begins: it has nobody's telephone, and no tickets for its own date yet."""
    return replace(visit, days=tuple(map(_without_tickets, map(_no_driver, visit.days))))


def _day(day: Day) -> Day:
    if not (day.arrival or day.coach_booking or any(stop.booking for stop in day.stops)):
        return day
    coach = day.coach_booking
    return replace(
        day,
        arrival=replace(day.arrival, if_late={}) if day.arrival else None,
        coach_booking=CoachBooking(boarding=coach.boarding, waits=coach.waits) if coach else None,
        stops=tuple(map(_stop, day.stops)),
    )


def _stop(stop: Stop) -> Stop:
    """The restaurant's name is on its door."""
    return replace(stop, booking=MealBooking(stop.booking.restaurant)) if stop.booking else stop


def _without_tickets(day: Day) -> Day:
    if not any(stop.tickets_got for stop in day.stops):
        return day
    return replace(day, stops=tuple(replace(stop, tickets_got=False) for stop in day.stops))


def _no_driver(day: Day) -> Day:
    coach = day.coach_booking
    return replace(day, coach_booking=replace(coach, driver="")) if coach and coach.driver else day
