"""Sheets of samples, and their PDFs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.outputs.sheets.build import RULES, SheetKind, build_sheet
from planner.outputs.sheets.pdf import Document, make_pdfs
from planner.outputs.sheets.source import SheetSource
from tests.kit.samples import sample_content

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from planner.outputs.sheets.blocks import Sheet

ADDRESS = "https://planner.example.org/v/AbCdEfGhIjKlMnOpQrStUvWx?paper=3"
PUBLISHED = 1_795_500_000


def source_of(
    kind: SheetKind, content: ReleaseContent | None = None, language: str = "en", **more: Any
) -> SheetSource:
    """What a sheet is made from; the sample's day, all parties, with a link."""
    asked = {"day": 0, "party": "", "address": ADDRESS, "site": "ratusz", **more}
    made = partial(SheetSource, content or sample_content(), language=language)
    return made(audience=RULES[kind].audience, **asked)


def sheet_of(
    kind: SheetKind, content: ReleaseContent | None = None, language: str = "en", **more: Any
) -> Sheet:
    """A sheet."""
    return build_sheet(kind, source_of(kind, content, language, **more))


def pdf_of(*sheets: Sheet) -> bytes:
    """The PDF of sheets."""
    (pdf,) = make_pdfs([Document(sheets[0].title, sheets[0].language, sheets, PUBLISHED)])
    return pdf


def texts_of(sheet: Sheet) -> list[str]:
    """Every text of a sheet, drawings left out."""
    found: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, str):
            if not value.startswith("<svg"):
                found.append(value)
        elif isinstance(value, tuple | list):
            for one in value:
                look(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                look(getattr(value, name))

    look(sheet.pages)
    look((sheet.title, sheet.foot))
    return found


def of_many_stops(count: int) -> ReleaseContent:
    """The sample with so many stops in its day, by turns at its places and at its times."""
    content = sample_content()
    day, itinerary = content.visit.days[0], content.itineraries[0]
    stops = tuple(
        replace(day.stops[number % len(day.stops)], id=f"s{number}", fixed=None, after=())
        for number in range(count)
    )
    calls, legs = [], []
    for number in range(count):
        like = number % len(itinerary.calls)
        calls.append(replace(itinerary.calls[like], stop=number, id=f"s{number}"))
        legs.append(replace(itinerary.legs[like], warnings=()))
    made = replace(itinerary, calls=tuple(calls), legs=(*legs, itinerary.legs[-1]), warnings=())
    visit = replace(content.visit, days=(replace(day, stops=stops),))
    return replace(content, visit=visit, itineraries=(made,))
