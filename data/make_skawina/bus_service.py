"""From a number of departures between a first and a last one to trips and headways. All minutes.

The facts know the first and the last departure, how many there are and the headway seen most. So the
first and the last are trips of their own, and what runs between them is a headway.
"""

from dataclasses import dataclass

from .bus_table import Departures

REGULAR = 0.1
"""The usual headway holds for the whole day when it fills the span to this part of it."""
FEWEST = 3
"""With fewer departures nothing runs between the first and the last."""


@dataclass(frozen=True)
class Headway:
    """Departures every so many minutes from `start` until before `end`."""

    start: int
    end: int
    minutes: int
    is_usual: bool


def singles(departures: Departures) -> tuple[int, ...]:
    """The departures whose minute is known."""
    return tuple(sorted({departures.first, departures.last}))


def between(departures: Departures) -> Headway | None:
    """The headway of the others; where the usual one does not fit, the mean, an estimate."""
    if departures.count < FEWEST:
        return None
    span, gaps = departures.last - departures.first, departures.count - 1
    usual = departures.usual
    is_usual = usual is not None and abs(usual * gaps - span) <= REGULAR * span
    minutes = usual if usual is not None and is_usual else round(span / gaps)
    end = departures.first + (departures.count - len(singles(departures))) * minutes
    return Headway(departures.first, min(end, departures.last), minutes, is_usual)
