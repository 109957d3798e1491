"""The editor's forms about the whole visit: who comes, and how much time talks and ways need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from planner.domain.limits import (
    FASTEST_KMH,
    LEAST_ASSUMED_LEG_MIN,
    LONGEST_ASSUMED_LEG_MIN,
    MOST_INTERPRETERS,
    MOST_LINKS,
    MOST_PEOPLE,
    SLOWEST_KMH,
    SLOWEST_TALK,
)
from planner.domain.text import WEB, web_links
from planner.domain.visits import LegBuffers, Visit
from planner.errors import EditRefusedError, Reason
from planner.web.frame.form_base import EditForm, Setting
from planner.web.frame.form_fields import Line, Measure, Reserve, Text, texts

if TYPE_CHECKING:
    from planner.domain.text import LocalText


class VisitForm(EditForm):
    """Who comes: titles, group, pace, needs, whom to call, where to meet.

    What to bring, thanks and the hardest path stay as they are where nothing is said of them.
    """

    title_pl: Line = ""
    title_en: Line = ""
    group_size: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    pace_kmh: Annotated[Measure, Field(ge=SLOWEST_KMH, le=FASTEST_KMH, allow_inf_nan=False)]
    step_free: bool = False
    hardest_path: Literal["", "T1", "T2", "T3", "T4", "T5", "T6"] = ""
    coordinator: Line = ""
    meeting_pl: Line = ""
    meeting_en: Line = ""
    bring_pl: Line | None = None
    bring_en: Line | None = None
    thanks_pl: Text | None = None
    thanks_en: Text | None = None

    @model_validator(mode="after")
    def _titled(self) -> VisitForm:
        if not self.title_pl and not self.title_en:
            raise EditRefusedError(Reason.NO_TITLE)
        return self

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the visit's own fields."""
        return replace(
            visit,
            title=texts(self.title_pl, self.title_en),
            group_size=self.group_size,
            pace_kmh=self.pace_kmh,
            step_free=self.step_free,
            hardest_path=self.hardest_path or visit.hardest_path,
            coordinator=self.coordinator,
            meeting_point=texts(self.meeting_pl, self.meeting_en),
            bring=_said(visit.bring, self.bring_pl, self.bring_en),
            thanks=self._thanks(visit),
        )

    def _thanks(self, visit: Visit) -> LocalText:
        """What is said after the visit; what was there before stays, also where its links are old."""
        said = _said(visit.thanks, self.thanks_pl, self.thanks_en)
        for text in said.values():
            links = web_links(text.splitlines())
            is_fit = len(links) <= MOST_LINKS and all(link.address.startswith(WEB[0]) for link in links)
            if not is_fit and text not in visit.thanks.values():
                raise EditRefusedError(Reason.LINKS_UNFIT, most=MOST_LINKS)
        return said


def _said(before: LocalText, pl: str | None, en: str | None) -> LocalText:
    """Return a text per language; as it was where the form says nothing of it."""
    return before if pl is None and en is None else texts(pl or "", en or "")


class SpareForm(EditForm):
    """How many times as long an interpreted talk takes, and the minutes kept after each kind of leg.

    What a way to a place off the map is assumed to take, and how many interpreters come, stay as they are
    where nothing is said of them.
    """

    interpreter: Annotated[Measure, Field(ge=1, le=SLOWEST_TALK, allow_inf_nan=False)] = 1.0
    interpreters: Annotated[int | None, Field(ge=1, le=MOST_INTERPRETERS)] = None
    walk_min: Reserve = 0
    bus_min: Reserve = 0
    coach_min: Reserve = 0
    assumed_leg_min: Annotated[int | None, Field(ge=LEAST_ASSUMED_LEG_MIN, le=LONGEST_ASSUMED_LEG_MIN)] = None

    def change(self, visit: Visit, setting: Setting) -> Visit:  # noqa: ARG002
        """Replace the visit's interpreter factor and its reserves."""
        buffers = LegBuffers(self.walk_min, self.bus_min, self.coach_min)
        assumed = visit.assumed_leg_min if self.assumed_leg_min is None else self.assumed_leg_min
        return replace(
            visit,
            interpreter=self.interpreter,
            interpreters=self.interpreters or visit.interpreters,
            buffers=buffers,
            assumed_leg_min=assumed,
        )
