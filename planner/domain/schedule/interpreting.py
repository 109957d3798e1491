"""How long one interpreter works without relief.

Sources, looked up in November 2026:

- AIIC in Canada, on the teams of interpreters (http://canada.aiic.net/ViewPage.cfm/page1625):
  simultaneously or in a whisper one interprets alone for 40 min at most. In what could be read of the
  Professional Standards themselves there are no such minutes.
- AIIC, Professional Standards, Article 6 ("Teams of interpreters"): two languages in consecutive mode ask for
  two interpreters; for one under exceptional circumstances.

How long one may work in all no standard of AIIC says, as far as was found: others let one work alone for
60 to 90 min in a booth (AICE, Spain, and ADICA, Argentina), in consecutive mode all day with a pause every
90 min (AICE). That talks of over 2 h in all ask for a second one is a rule of this program, and said to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.warnings.codes import Alone, InterpreterAlone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.itinerary import Itinerary
    from planner.domain.schedule.group import Group
    from planner.domain.visits import Day

LONGEST_ALONE_S = 40 * MINUTE_S
LONGEST_DAY_ALONE_S = 120 * MINUTE_S


def interpreter_warnings(day: Day, itinerary: Itinerary, group: Group) -> Iterator[InterpreterAlone]:
    """Yield which talks are too long for one interpreter, and at which one the day becomes so."""
    if group.interpreter <= 1 or group.interpreters > 1:
        return
    in_all = 0
    for call in itinerary.calls:
        if not day.stops[call.stop].talk:
            continue
        seconds, before = call.leave - call.start, in_all
        in_all += seconds
        if seconds > LONGEST_ALONE_S:
            yield _alone(call.stop, Alone.AT_ONCE, seconds, LONGEST_ALONE_S)
        if before <= LONGEST_DAY_ALONE_S < in_all:
            yield _alone(call.stop, Alone.IN_ALL, _talked_s(day, itinerary), LONGEST_DAY_ALONE_S)


def _talked_s(day: Day, itinerary: Itinerary) -> int:
    return sum(call.leave - call.start for call in itinerary.calls if day.stops[call.stop].talk)


def _alone(stop: int, kind: Alone, seconds: int, limit: int) -> InterpreterAlone:
    return InterpreterAlone(
        stop=stop,
        by_s=seconds - limit,
        kind=kind,
        minutes=seconds // MINUTE_S,
        limit_min=limit // MINUTE_S,
    )
