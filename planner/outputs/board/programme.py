"""The programme that all parties of a day share: what they do together, and who goes where in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.outputs.board.build import build_board
from planner.outputs.board.party_views import of_party, parties_of
from planner.outputs.board.rows import PartyBoard
from planner.outputs.timeline.build import DayWriter
from planner.outputs.timeline.rows import PartyWay, SplitRow
from planner.words.formats import distance_text
from planner.words.translation import force_locale, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.clock import Instant
    from planner.domain.itinerary import Call, Itinerary
    from planner.domain.releases import ReleaseContent
    from planner.domain.warnings.codes import Warning
    from planner.outputs.timeline.rows import Row, Summary, Timeline
    from planner.words.warnings.tell import Notice


def common_timeline(content: ReleaseContent, day: int, language: str) -> Timeline:
    """Return what a page shows of a day of parties to those of no party; needs an application context.

    Raises
    ------
    ValueError
        If nobody splits on that day.
    """
    board = build_board(content, day, language, has_notices=False)
    if board is None:
        msg = "nobody splits on that day"
        raise ValueError(msg)
    with force_locale(language):
        return _CommonWriter(_with_all_legs(content, day), day, language, board).timeline()


def _with_all_legs(content: ReleaseContent, day: int) -> ReleaseContent:
    """The release with the legs of all parties in the day: the page rests on what any of them rides."""
    ways = parties_of(content, day)
    legs = tuple(leg for way in ways for leg in way.itinerary.legs)
    return of_party(content, day, replace(ways[0], name="", itinerary=replace(ways[0].itinerary, legs=legs)))


@dataclass(frozen=True)
class _CommonWriter(DayWriter):
    board: PartyBoard

    @cached_property
    def ways(self) -> tuple[Itinerary, ...]:
        return tuple(way.itinerary for way in parties_of(self.content, self.index))

    @cached_property
    def itinerary(self) -> Itinerary:
        """The first party's day, as long as the longest one."""
        first = self.ways[0]
        return replace(
            first,
            start=min(way.start for way in self.ways),
            finish=max(way.finish for way in self.ways),
            calls=tuple(self.merged(call) for call in first.calls),
        )

    @cached_property
    def common(self) -> frozenset[int]:
        """The stops, by index, at which all are at the same time."""
        return frozenset(stay.stop for stay in self.board.common)

    def merged(self, call: Call) -> Call:
        """The stay of all: it begins when the last party is there, and has the least slack."""
        same = [stay for way in self.ways for stay in way.calls if stay.stop == call.stop]
        arrive = max(stay.arrive for stay in same)
        slack = min((stay.slack_s for stay in same if stay.slack_s is not None), default=None)
        return replace(call, arrive=arrive, wait_s=max(call.start - arrive, 0), slack_s=slack)

    def rows(self) -> Iterable[Row]:
        here, left_at, is_together = self.day.start.place, self.itinerary.start, True
        yield self.start_row(left_at)
        for index, call in enumerate(self.itinerary.calls):
            if call.stop not in self.common:
                if is_together:
                    yield self.split(left_at)
                is_together = False
                continue
            goes_to = self.day.stops[call.stop].place
            if is_together and (leg := self.leg_row(index, left_at, here, goes_to)):
                yield leg
            yield self.stop_row(call)
            here, left_at, is_together = goes_to or here, call.leave, True
        end = self.day.end.place if self.day.end else None
        last = self.leg_row(len(self.itinerary.calls), left_at, here, end) if is_together else None
        if last:
            yield last
        yield self.end_row(end)

    def split(self, start: Instant) -> SplitRow:
        """What the parties do from a moment at which all are together to the next one."""
        later = [stay.start for stay in self.board.common if stay.start >= start]
        until = min(later, default=self.board.end)
        return SplitRow(
            time=self.clock.departure(start),
            parties=tuple(
                PartyWay(
                    look=lane.look,
                    name=lane.name,
                    by=lane.by,
                    stops=tuple(
                        (stay.begins, stay.number, stay.name)
                        for stay in lane.stays
                        if stay.stop not in self.common and start <= stay.start < until
                    ),
                )
                for lane in self.board.lanes
            ),
        )

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """What is true of all parties, and of every stay that they share."""
        shared: list[Warning] = []
        for way in parties_of(self.content, self.index):
            own = DayWriter(of_party(self.content, self.index, way), self.index, self.language).warnings
            shared += [warning for warning in own if self.is_shared(warning) and warning not in shared]
        return tuple(shared)

    def is_shared(self, warning: Warning) -> bool:
        """Whether a warning is about the day, or about a stay or leg that is everybody's."""
        if warning.leg is not None:
            return (
                warning.leg < len(self.ways[0].calls) and self.ways[0].calls[warning.leg].stop in self.common
            )
        return warning.stop is None or warning.stop in self.common

    def notices(self, warnings: Iterable[Warning]) -> tuple[Notice, ...]:
        """Write warnings; of those that differ only in the party, the first stands for all."""
        kept: dict[str, Notice] = {}
        for notice in super().notices(warnings):
            kept.setdefault(notice.code, notice)
        return tuple(kept.values())

    def summary(self, noticed: Iterable[tuple[Notice, ...]]) -> Summary:
        furthest = max(way.totals.walk_m for way in self.ways)
        stops = ngettext("%(num)s stop", "%(num)s stops", len(self.day.stops))
        return replace(super().summary(noticed), stops=stops, walking=distance_text(furthest, self.language))
