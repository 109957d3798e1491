"""What becomes of each row of a released page: its times now, what was planned, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.live.calls import StopState
from planner.outputs.timeline.now import how_told, rides_told
from planner.outputs.timeline.rows import EndRow, LegRow, Row, StartRow, StopRow, Timeline
from planner.services.live.state import PartyState
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.words.formats import Moment


@dataclass(frozen=True)
class LaidRows:
    """The rows of a page as it was released, and those that are true now, of one party or of all."""

    released: Timeline
    live: Timeline
    parties: tuple[PartyState, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return what is laid over each stop and way of the page, and over its end."""
        now = {row.number: row for row in self.live.stops}
        stops = [self._stop(row, now.get(row.number)) for row in self.released.stops]
        return [*stops, *self._ways(), *self._end()]

    def order(self) -> list[str]:
        """Return in which order the page's rows follow each other now; what is left out comes last."""
        found: dict[str, int] = {}
        for at, row in enumerate(self.live.rows):
            if isinstance(row, LegRow):
                found[self.way(row)] = at
            elif isinstance(row, StopRow):
                found[row.anchor] = at
        released = [row.anchor for row in self.released.rows if isinstance(row, StopRow | LegRow)]
        last = len(self.live.rows)
        return [*sorted(released, key=lambda anchor: found.get(anchor, last)), "day-end"]

    def way(self, leg: LegRow) -> str:
        """Return the page's row of a way, '' for none: it is found by where it leads."""
        to = _leads_to(self.live.rows, leg)
        return next(
            (row.anchor for row in self.released.legs if _leads_to(self.released.rows, row) == to), ""
        )

    def state(self, row: StopRow) -> StopState:
        """Return how far a stop is; where parties differ in it, it is still to come."""
        states = {call.state for one in self.parties for call in one.live.calls if call.stop == row.index}
        return states.pop() if len(states) == 1 else StopState.COMING

    def _stop(self, row: StopRow, now: StopRow | None) -> dict[str, Any]:
        state = self.state(row)
        if now is None:
            return {"id": row.anchor, "state": StopState.SKIPPED, "was": "", "note": gettext("Left out")}
        moved = now.start.text != row.start.text
        return {
            "id": row.anchor,
            "state": state,
            "start": told(now.start),
            "leave": told(now.leave),
            "was": gettext("planned %(time)s", time=row.start.text) if moved else "",
            "note": gettext("Left out") if state is StopState.SKIPPED else "",
        }

    def _ways(self) -> Iterator[dict[str, Any]]:
        """When one sets out on each way, by which other ride, and which are not gone any more."""
        now = {self.way(row): row for row in self.live.legs}
        for row in self.released.legs:
            leg = now.get(row.anchor)
            if leg is None:
                yield {"id": row.anchor, "state": StopState.SKIPPED, "was": "", "note": ""}
            else:
                rides = rides_told(leg)
                is_same = rides == rides_told(row)
                yield {
                    **_plain(row.anchor, leg.depart),
                    "note": self._from(row, leg),
                    "rides": [] if is_same else [how_told(leg), *rides],
                }

    def _from(self, released: LegRow, now: LegRow) -> str:
        """Directions are those of the page: it is said where they begin when one comes from elsewhere."""
        planned, here = _comes_from(self.released.rows, released), _comes_from(self.live.rows, now)
        if planned == here:
            return ""
        return gettext("Now from %(place)s. The directions begin at %(other)s.", place=here, other=planned)

    def _end(self) -> Iterator[dict[str, Any]]:
        end = self.live.rows[-1]
        if isinstance(end, EndRow):
            yield _plain("day-end", end.time)


def told(moment: Moment) -> dict[str, str]:
    """Return a moment as a page shows and a script reads it."""
    return {"text": moment.text, "iso": moment.iso}


def _plain(anchor: str, start: Moment) -> dict[str, Any]:
    """What a row without a stay says."""
    return {"id": anchor, "state": StopState.COMING, "start": told(start), "was": "", "note": ""}


def _leads_to(rows: Sequence[Row], leg: LegRow) -> int | str:
    """Where a way leads: a stop's number, or the end."""
    to = rows[rows.index(leg) + 1]
    return to.number if isinstance(to, StopRow) else to.kind


def _comes_from(rows: Sequence[Row], leg: LegRow) -> str:
    """What the place is called where a way begins."""
    row = rows[rows.index(leg) - 1]
    return row.name if isinstance(row, StopRow | StartRow) else ""
