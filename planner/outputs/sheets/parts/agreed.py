"""What is arranged with a host, in words: for the page of hosts, letters and the stop in the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import TownClock
from planner.domain.hosts.arrangement import Agreed, Arrangement, HostAct
from planner.domain.hosts.keys import host_stops
from planner.domain.hosts.messages import message_of
from planner.domain.releases import sites_of_both
from planner.domain.sites import SiteStatus
from planner.outputs.sheets.parts.told import stays_text
from planner.services.hosts.arranging import planned_for_hosts
from planner.words.formats import short_day
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.hosts.arrangement import HostStep
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit


@dataclass(frozen=True)
class AgreedWriter:
    """Writes by a town's clock, in a language that is in force.

    Without `says_rain` it stands beside what is written that the group comes only when it rains.
    """

    clock: TownClock
    language: str
    says_rain: bool = True

    def said(self, arrangement: Arrangement) -> tuple[str, ...]:
        """Say how things stand: what was asked and answered last, and what the host was told since."""
        answer = arrangement.answer
        lines = [self._step(answer)] if answer else []
        last = arrangement.steps[-1] if arrangement.steps else None
        if last and last is not answer:
            lines.append(self._step(last))
        return tuple(lines)

    def due(self, arrangement: Arrangement) -> str:
        """Return the day by which a host who was asked is to answer; '' where none is awaited."""
        due = arrangement.details.deadline
        return short_day(due, self.language) if due and arrangement.is_waiting else ""

    def otherwise(self, arrangement: Arrangement, planned: Agreed | None) -> str:
        """Say what the host knows and what is so now; '' where that is the same, or nobody is planned."""
        message = message_of(arrangement, planned) if planned else None
        return self.changed(message.before, message.now) if message else ""

    def agreed(self, agreed: Agreed) -> str:
        """Return what a host knows of: the day, the times, how many people."""
        if not agreed.stays:
            return gettext("nobody comes any more")
        day = short_day(agreed.date, self.language)
        people = ngettext("%(num)s person", "%(num)s people", agreed.people)
        return f"{day} {self.stays(agreed)}, {people}"

    def stays(self, agreed: Agreed) -> str:
        """Return the times alone."""
        return stays_text(self.clock, agreed.date, agreed.stays, says_rain=self.says_rain)

    def changed(self, before: Agreed, now: Agreed | None) -> str:
        """Say what a host knows and what is so now."""
        told = self.agreed(now) if now else gettext("nobody comes any more")
        return gettext("was: %(before)s; now: %(now)s", before=self.agreed(before), now=told)

    def _step(self, step: HostStep) -> str:
        day = short_day(self.clock.local(step.at).date(), self.language)
        words = {
            HostAct.ASKED: gettext("Asked on %(day)s", day=day),
            HostAct.CONFIRMED: gettext("Confirmed on %(day)s", day=day),
            HostAct.DECLINED: gettext("Declined on %(day)s", day=day),
            HostAct.TOLD: gettext("Told on %(day)s", day=day),
        }[step.act]
        noted = f" ({step.by})" if step.by else ""
        return f"{words}{noted}: {self.agreed(step.agreed)}"


@dataclass(frozen=True)
class HostTold:
    """How things stand with the host of one stop: `said` what passed, `due` an answer, `changed` since then.

    `anchor` is where the page of hosts has them; an open space that nobody was asked for
    `needs_nobody`.
    """

    anchor: str
    needs_nobody: bool = False
    said: tuple[str, ...] = ()
    due: str = ""
    changed: str = ""


def host_told(
    draft: tuple[Visit, ReleaseContent | None],
    arranged: Mapping[str, Arrangement],
    chosen: tuple[int, str, bool],
    writer: AgreedWriter,
) -> HostTold | None:
    """Return how things stand with the host of a stop, None where it has none.

    Chosen is the day from 0, the id of the stop, and whether its other place for rain is meant. The draft
    comes with its plan and that of its rain version, where it can be planned.
    """
    visit, content = draft
    one = next((one for one in host_stops(visit) if (one.day, one.stop.id, one.is_rain) == chosen), None)
    if one is None:
        return None
    arrangement = arranged.get(one.key, Arrangement(one.key))
    site = sites_of_both(content).get(one.place) if content else None
    is_open = site is not None and site.status is SiteStatus.OPEN_SPACE
    planned = planned_for_hosts(content).get(one.key) if content and arrangement.steps else None
    return HostTold(
        anchor_of(one.day, one.stop.id, is_rain=one.is_rain),
        is_open and not arrangement.steps,
        writer.said(arrangement),
        writer.due(arrangement),
        writer.otherwise(arrangement, planned),
    )


def anchor_of(day: int, stop: str, *, is_rain: bool = False) -> str:
    """Return where the page of hosts has the host of a stop of a day from 0, or of its place for rain."""
    return f"{'rain-' if is_rain else ''}host-{day + 1}-{stop}"
