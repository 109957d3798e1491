"""The editor's forms about what a day begins with: the train or flight, and the coach that is booked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.booked.things import Arrival, Carrier, CoachBooking
from planner.web.editor.forms.times import with_settled_times
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Line, Time, texts

if TYPE_CHECKING:
    from planner.domain.visits import Visit


class ArrivalForm(EditForm):
    """What the group comes by; without a number, a time and a place it comes by nothing."""

    carrier: Carrier = Carrier.TRAIN
    number: Line = ""
    arrives: Time = None
    place_pl: Line = ""
    place_en: Line = ""
    late_pl: Line = ""
    late_en: Line = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the arrival of the day."""
        day = self.current_day(visit)
        told = with_settled_times(self, ("arrives",), day.date, setting)
        place, late = texts(self.place_pl, self.place_en), texts(self.late_pl, self.late_en)
        arrival = Arrival(self.carrier, self.number, told.arrives or "", place, late)
        is_any = bool(self.number or told.arrives or place or late)
        return self.with_current_day(visit, replace(day, arrival=arrival if is_any else None))


class CoachBookingForm(EditForm):
    """Whose coach it is, when one gets in, where it waits; the driver is kept apart (visits/driver.py)."""

    operator: Line = ""
    boarding: Time = None
    waits_pl: Line = ""
    waits_en: Line = ""

    def change(self, visit: Visit, setting: Setting) -> Visit:
        """Replace the coach of the day, but for its driver."""
        day = self.current_day(visit)
        told = with_settled_times(self, ("boarding",), day.date, setting)
        driver = day.coach_booking.driver if day.coach_booking else ""
        booked = CoachBooking(self.operator, told.boarding, texts(self.waits_pl, self.waits_en), driver)
        return self.with_current_day(
            visit, replace(day, coach_booking=None if booked == CoachBooking() else booked)
        )
