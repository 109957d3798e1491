"""The files of a secret link, made when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.files.bundle import bundle_file
from planner.outputs.files.calendar import CalendarFile
from planner.outputs.files.content.build import Wanted, file_plan
from planner.outputs.files.content.history import history_of
from planner.outputs.files.forms import BUNDLE, MAP, PLAIN, written
from planner.outputs.files.map_assets import map_assets
from planner.outputs.files.map_file import map_file
from planner.outputs.files.names import file_name
from planner.services.visits.publish import Opened
from planner.web.participant.shown import Shown

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.files.content.plan import FilePlan


@dataclass(frozen=True)
class NamedFile:
    """A file with its name."""

    name: str
    data: bytes


@dataclass(frozen=True)
class VisitFiles:
    """What somebody may take along of a visit that a link opened."""

    opened: Opened
    wanted: Wanted

    @cached_property
    def read(self) -> ReleaseContent:
        """The release as its reader may see it."""
        return release_for(self.opened.content, Audience(self.wanted.audience))

    @cached_property
    def plan(self) -> FilePlan:
        """What all the files say."""
        return file_plan(self.opened.content, self.wanted)

    @cached_property
    def calendar(self) -> CalendarFile:
        """The calendar."""
        return CalendarFile(self.plan, history_of(self.opened.releases), self.opened.mark)

    @cached_property
    def plain(self) -> dict[str, bytes]:
        """The files that neither are maps nor packed, by their forms."""
        return {suffix: written(suffix, self.calendar) for suffix in PLAIN}

    @cached_property
    def maps(self) -> tuple[tuple[int, NamedFile], ...]:
        """The maps of the days that have one, each with the day's number."""
        drawn = ((day.number, self.map_of(day.number - 1)) for day in self.plan.days)
        return tuple((number, made) for number, made in drawn if made)

    @cached_property
    def bundle(self) -> bytes:
        """All of them packed."""
        files = {file_name(self.plan, suffix): data for suffix, data in self.plain.items()}
        return bundle_file(self.plan, files | {made.name: made.data for _, made in self.maps})

    def one(self, suffix: str) -> NamedFile:
        """Return the file of a form, which is no map."""
        data = self.bundle if suffix == BUNDLE else written(suffix, self.calendar)
        return NamedFile(file_name(self.plan, suffix), data)

    def map_of(self, day: int) -> NamedFile | None:
        """Return the map of a day, None where there is none to draw, or nothing to draw it with."""
        assets, chart = map_assets(), Shown.on(self.read, day).chart()
        if assets is None or chart is None:
            return None
        plan = file_plan(self.opened.content, replace(self.wanted, day=day))
        return NamedFile(file_name(plan, MAP), map_file(plan, chart, assets))
