"""Ways that are walked in the dark, each with from when or until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.weather.daylight import walked
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.itinerary import Leg
    from planner.domain.weather.daylight import Daylight
    from planner.words.formats import DayClock


def dark_way(leg: Leg, light: Daylight, clock: DayClock) -> str:
    """Return in the language in force that a way is walked in the dark; '' by day, and where nobody walks."""
    span = walked(leg)
    if span is None or not light.is_dark(*span):
        return ""
    start, end = span
    if light.sets is not None and end > light.sets:
        if start >= light.sets:
            return gettext("after dark")
        return gettext("dark from %(time)s", time=clock.departure(light.sets).text)
    rises = light.rises if light.rises is not None else end
    return gettext("dark until %(time)s", time=clock.arrival(rises).text)
