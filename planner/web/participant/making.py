"""The files of a visit: kept with their release, made where they are not there yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.text import in_language
from planner.domain.warnings.audience import Audience
from planner.domain.weather.rain import has_rain_plan
from planner.domain.weather.switches import NO_SWITCH, Switches, with_rain_on
from planner.errors import NetworkMissingError
from planner.outputs.files.bundle import bundle_file
from planner.outputs.files.calendar import CalendarFile
from planner.outputs.files.content.build import Wanted, file_plan
from planner.outputs.files.content.history import history_of
from planner.outputs.files.content.text import plain
from planner.outputs.files.forms import BUNDLE, CALENDAR, MAP, PLAIN, written
from planner.outputs.files.map_assets import map_assets
from planner.outputs.files.map_file import map_file
from planner.outputs.files.names import name_of
from planner.outputs.sheets.source import SheetSource
from planner.services.paper.keeping import FileKeeper, FileKey
from planner.services.visits.publish import Opened, earlier_releases
from planner.web.frame.context import services
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.domain.releases import NetworkFacts, ReleaseContent
    from planner.outputs.files.content.plan import FilePlan
    from planner.streets.query.layers import Layers

FOLLOWED = "followed"


@dataclass(frozen=True)
class NamedFile:
    """A file with its name."""

    name: str
    data: bytes


@dataclass(frozen=True)
class VisitFiles:
    """What somebody may take along of a visit; needs an application context, and no request.

    A day that guides have `switched` to its rain version is that in all of them. Of one that is not, those
    that can hold both say how it goes if it rains; `is_rain` is for a map of that version of such a day.
    """

    opened: Opened
    wanted: Wanted
    switched: Switches = NO_SWITCH
    is_rain: bool = False

    @cached_property
    def content(self) -> ReleaseContent:
        """The release with its days as they are in force."""
        return with_rain_on(self.opened.content, self.switched.rainy)

    @cached_property
    def plan(self) -> FilePlan:
        """What all the files say."""
        return file_plan(self.content, self.wanted, self.switched.rainy)

    @cached_property
    def calendar(self) -> CalendarFile:
        """The calendar, which tells what became of each stay since the first release."""
        with services().database.session() as session:
            earlier = earlier_releases(session, self.opened.visit_id, self.opened.content.number)
        return CalendarFile(self.plan, history_of(earlier), self.opened.mark, self.switched)

    @property
    def days(self) -> range:
        """The days that are wanted, from 0."""
        if self.wanted.day is not None:
            return range(self.wanted.day, self.wanted.day + 1)
        return range(len(self.opened.content.visit.days))

    def one(self, suffix: str) -> NamedFile:
        """Return the file of a form, which is no map."""
        return NamedFile(self._name(suffix), self._kept(suffix, suffix, lambda: self._written(suffix)))

    def followed(self) -> bytes:
        """Return the calendar that one follows."""
        return self._kept(FOLLOWED, CALENDAR, self._followed)

    def map_of(self, day: int, *, is_rain: bool = False) -> NamedFile | None:
        """Return the map of a day, None where there is none to draw, or nothing to draw it with.

        That of how it goes if it rains, on request; None where it has no such version, or it is in force.
        """
        if not can_draw() or (is_rain and not self._goes_otherwise(day)):
            return None
        of_day = replace(self, wanted=replace(self.wanted, day=day), is_rain=is_rain)
        made = of_day._kept(MAP, MAP, of_day._map)  # noqa: SLF001 - another of its own kind
        return NamedFile(of_day._name(MAP), made) if made else None  # noqa: SLF001

    @property
    def maps(self) -> tuple[tuple[int, NamedFile], ...]:
        """The maps of the days that have one, each with the day's number."""
        drawn = ((day + 1, self.map_of(day)) for day in self.days)
        return tuple((number, made) for number, made in drawn if made)

    def _goes_otherwise(self, day: int) -> bool:
        """Whether a day (from 0) has a version for rain that is not in force."""
        return self.content.rain is not None and has_rain_plan(self.content.visit.days[day])

    def all(self) -> None:
        """Make them all, so that they are there when somebody asks."""
        self.one(BUNDLE)
        self.followed()

    def _written(self, suffix: str) -> bytes:
        if suffix != BUNDLE:
            return written(suffix, self.calendar)
        rainy = (self.map_of(day, is_rain=True) for day in self.days)
        files = [*map(self.one, PLAIN), *(made for _, made in self.maps), *filter(None, rainy)]
        return bundle_file(self.plan, {made.name: made.data for made in files})

    def _followed(self) -> bytes:
        return self.calendar.followed()

    def _map(self) -> bytes:
        """The map of the one day that is wanted, empty where nothing of it has a place."""
        (day,), assets = self.days, map_assets()
        plan, content = self.plan, self.content
        if self.is_rain and content.rain and (wet := plan.days[0].rain):
            plan, content = replace(plan, days=(wet,)), content.rain
        with force_locale(self.wanted.language):
            source = SheetSource(
                content=content,
                day=day,
                party=self.wanted.party,
                language=self.wanted.language,
                audience=Audience(self.wanted.audience),
                layers=_layers_of(self.opened.content.network),
            )
            if assets is None or source.chart is None:
                return b""
            return map_file(plan, source.chart, assets)

    def _kept(self, what: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """Return a file, made once; a ZIP that lacks its maps is not kept."""
        if suffix == BUNDLE and not can_draw():
            return make()
        return FileKeeper(services().settings.data_dir).found_or_made(self._key(what, suffix), make)

    def _key(self, what: str, suffix: str) -> FileKey:
        wanted, content = self.wanted, self.opened.content
        day = "" if wanted.day is None else f"day{wanted.day + 1}"
        switched = (f"switched {self.switched.count}",) if self.switched.count else ()
        rain = ("rain",) if self.is_rain else ()
        return FileKey(
            self.opened.visit_id,
            content.number,
            (what, *rain, wanted.audience, day, wanted.party, wanted.language),
            suffix,
            (str(content.published), self.opened.mark, *switched),
        )

    def _name(self, suffix: str) -> str:
        visit = self.opened.content.visit
        dates = [visit.days[day].date for day in self.days]
        title = plain(in_language(visit.title, self.wanted.language))
        name = name_of(title, dates, plain(self.wanted.party))
        if self.is_rain:
            with force_locale(self.wanted.language):
                name = f"{name} – {gettext('If it rains')}"
        return f"{name}.{suffix}"


def can_draw() -> bool:
    """Whether there are streets to draw, and what draws them."""
    return map_assets() is not None and _has_streets()


def _has_streets() -> bool:
    try:
        return bool(services().town)
    except NetworkMissingError:
        return False


def _layers_of(facts: NetworkFacts) -> Layers | None:
    """What is drawn of the town that a release was planned over, while there are streets."""
    try:
        return services().town_of(facts).network.layers
    except NetworkMissingError:
        return None
