"""The times that hosts have confirmed, as a request has them: kept by what is proposed, else told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.hosts.kept import KeptTime, day_with_kept
from planner.domain.visits import Day
from planner.services.planning.day_times import time_faults
from planner.services.planning.places import refuse
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.fits.asked_again import AskedAgainWriter
from planner.words.places import PlaceWords

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.hosts.kept import AskedAgain
    from planner.domain.sites import Site
    from planner.outputs.api.answers import Answers
    from planner.outputs.api.leg_models import AskedAgainAnswer
    from planner.web.api.schemas.plan import PlanRequest


@dataclass(frozen=True)
class Confirmed:
    """The confirmed times of a day that is asked about; `ids` are those of the request, by stop."""

    day: Day
    times: tuple[KeptTime, ...]
    ids: tuple[str | None, ...]
    may_ask: bool = False

    @classmethod
    def of(cls, asked: PlanRequest, day: Day) -> Confirmed:
        """Return those of a request; a time that the clock does not show is refused."""
        clock = services().town.clock
        texts = {stop.id: one.confirmed for stop, one in zip(day.stops, asked.stops, strict=True)}
        tried = replace(day, stops=tuple(replace(stop, fixed=texts[stop.id]) for stop in day.stops))
        told = [fault for fault in time_faults(tried, clock) if fault.pointer.endswith("/fixed")]
        refuse([replace(one, pointer=f"{one.pointer.removesuffix('fixed')}confirmed") for one in told])
        times = ((stop, text, clock.instant(day.date, text)) for stop, text in texts.items() if text)
        return cls(
            day, tuple(KeptTime(*one) for one in times), tuple(one.id for one in asked.stops), asked.ask_again
        )

    def kept(self, but: str = "") -> Day:
        """Return the day as what is proposed keeps it, one stop left alone; a fixed time counts more."""
        fixed = {but, *(stop.id for stop in self.day.stops if stop.fixed)}
        times = () if self.may_ask else self.times
        return day_with_kept(self.day, [one for one in times if one.stop not in fixed])

    def answers(
        self, again: Iterable[AskedAgain], answers: Answers, sites: dict[str, Site]
    ) -> list[AskedAgainAnswer]:
        """Return what an answer says about hosts who have to be asked again."""
        names = [stop.id for stop in self.day.stops]
        writer = AskedAgainWriter(self.day, PlaceWords(sites, language()), services().town.clock)
        return [
            {
                "stop": (at := names.index(one.kept.stop)),
                "id": self.ids[at],
                "confirmed": answers.time(one.kept.start),
                "start": None if one.start is None else answers.time(one.start),
                "message": writer.line(one),
            }
            for one in again
        ]
