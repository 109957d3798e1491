"""Times of a day taken as those of the next: what comes before the day's start is meant after midnight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.domain.clock_changes import next_day
from planner.domain.edits.stops import change_stop

if TYPE_CHECKING:
    from planner.domain.clock import TownClock
    from planner.domain.visits import Day


def past_midnight(day: Day, stop_id: str, clock: TownClock) -> Day:
    """Return the day with the times of a stop, or of its end for "", taken as those of the next day.

    So is the time of its other place for rain: the evening is the same one.
    """

    def meant(text: str | None) -> str | None:
        return next_day(clock, day, text) or text if text else None

    if not stop_id:
        end = day.end
        moved = replace(end, latest=meant(end.latest), arrive=meant(end.arrive)) if end else None
        return replace(day, end=moved)
    stop = next((one for one in day.stops if one.id == stop_id), None)
    windows = stop.windows if stop else ()
    later = tuple((meant(opens) or "", meant(closes) or "") for opens, closes in windows)
    fixed = {name: meant(getattr(stop, name, None)) for name in ("fixed", "rain_fixed")}
    return change_stop(day, stop_id, {**fixed, "windows": later})
