"""Which sheets there are, for whom, and how each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.warnings.audience import Audience
from planner.outputs.board.svg import shortened
from planner.outputs.sheets.blocks import Page, Sheet
from planner.outputs.sheets.day_sheet import day_pages, folded_pages
from planner.outputs.sheets.driver import driver_pages
from planner.outputs.sheets.grid import grid_pages
from planner.outputs.sheets.host import host_pages, poster_pages
from planner.outputs.sheets.people import lined_pages, list_pages, school_pages
from planner.outputs.sheets.road_book import road_book
from planner.outputs.sheets.source import SheetSource
from planner.words.translation import Later, _, force_locale, gettext

FOOT_LETTERS = 48
"""So much of the title stands at the foot of a page, beside the date, the party and the version."""


class SheetKind(StrEnum):
    """The sheets, in the order of use; the words stand in addresses and in the names of files."""

    DAY = "day"
    FOLDED = "folded"
    GUIDE = "guide"
    ROAD_BOOK = "road-book"
    GRID = "grid"
    HOST = "host"
    DRIVER = "driver"
    LIST = "list"
    SCHOOL = "school"
    POSTER = "poster"
    LINED = "lined"


@dataclass(frozen=True)
class SheetRule:
    """How a sheet is made and who reads it.

    `per_site` has one for each site of the day, `of_people` holds names: it is made for who asks and never
    kept. One that `says_told` tells what hosts were told, one that `lays_on` what is laid on it for who asks.
    `per_party` is made for each party, else for all of them together.
    """

    name: Later
    pages: Callable[[SheetSource], tuple[Page, ...]]
    audience: Audience
    per_site: bool = False
    of_people: bool = False
    says_told: bool = False
    lays_on: bool = False
    per_party: bool = True


RULES: dict[SheetKind, SheetRule] = {
    SheetKind.DAY: SheetRule(_("One sheet: the day and its map"), day_pages, Audience.PARTICIPANT),
    SheetKind.FOLDED: SheetRule(_("Folded to A5"), folded_pages, Audience.PARTICIPANT),
    SheetKind.GUIDE: SheetRule(_("One sheet for the guide"), day_pages, Audience.GUIDE),
    SheetKind.ROAD_BOOK: SheetRule(_("Road book"), road_book, Audience.GUIDE, says_told=True, lays_on=True),
    SheetKind.GRID: SheetRule(_("The day on one page"), grid_pages, Audience.ORGANISER, per_party=False),
    SheetKind.HOST: SheetRule(
        _("Sheet of a host"), host_pages, Audience.ORGANISER, per_site=True, per_party=False, lays_on=True
    ),
    SheetKind.DRIVER: SheetRule(_("Sheet of the driver"), driver_pages, Audience.GUIDE, lays_on=True),
    SheetKind.LIST: SheetRule(_("List of names"), list_pages, Audience.ORGANISER, of_people=True),
    SheetKind.SCHOOL: SheetRule(_("School trip card"), school_pages, Audience.ORGANISER, of_people=True),
    SheetKind.POSTER: SheetRule(
        _("Poster for the door"), poster_pages, Audience.PARTICIPANT, per_site=True, per_party=False
    ),
    SheetKind.LINED: SheetRule(_("Empty lined page"), lined_pages, Audience.PARTICIPANT),
}


def build_sheet(kind: SheetKind, source: SheetSource) -> Sheet:
    """Return a sheet; needs an application context."""
    with force_locale(source.language):
        return Sheet(
            title=source.title,
            language=source.language,
            pages=RULES[kind].pages(source),
            foot=" · ".join((shortened(source.title, FOOT_LETTERS), source.when, source.version)),
            page_word=gettext("page"),
        )
