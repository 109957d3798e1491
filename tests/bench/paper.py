"""Sheets of paper: the road book of twelve stops, all sheets of three parties, and one that is kept.

`python -m tests.bench.paper` prints these rows alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.domain.warnings.audience import Audience
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import items_of, kinds_read_by
from planner.outputs.sheets.pdf import Document, typesetter
from planner.paths import ROOT
from planner.services.paper.keeping import FileKeeper, FileKey
from planner.services.travel.town import TownKeeper
from planner.streets.build.build import TownSettings
from tests.bench.rows import Row, row, table, timed
from tests.conftest import built
from tests.kit.paper.made import PUBLISHED, of_many_stops, pdf_of, sheet_of
from tests.kit.party_samples import party_content
from tests.kit.translated_app import translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPS = 12
RUNS = 9


def paper_rows() -> Iterator[Row]:
    """Make papers of samples with the map of Skawina."""
    town = TownKeeper(built(ROOT / "data" / "skawina.osm", TownSettings("Skawina"))).town()
    with translated_app().app_context():
        yield from _rows({"layers": town.network.layers})


def _rows(more: dict[str, Any]) -> Iterator[Row]:
    twelve = of_many_stops(STOPS)

    def after() -> bytes:
        return pdf_of(sheet_of(SheetKind.ROAD_BOOK, twelve, **more))

    def beside() -> bytes:
        with typesetter() as setter:
            sheet = sheet_of(SheetKind.ROAD_BOOK, twelve, **more)
            return setter.pdfs([Document(sheet.title, sheet.language, (sheet,), PUBLISHED)])[0]

    one, other = timed(after, RUNS), timed(beside, RUNS)
    share = f"{other.median_ms / one.median_ms:.2f} of the time with Typst started after the sheets"
    yield row(f"road book of {STOPS} stops as a PDF", other, "< 500 ms", share)
    parties = party_content()
    kinds = kinds_read_by(Audience.ORGANISER, list(SheetKind))
    items = [item for item in items_of(parties, kinds, ("pl",)) if not item.kind.startswith("driver")]

    def every() -> bytes:
        return pdf_of(
            *(sheet_of(one.kind, parties, "pl", party=one.party, site=one.site, **more) for one in items)
        )

    yield row(f"all {len(items)} sheets of three parties as one PDF", timed(every, 3), "< 3 s")
    with tempfile.TemporaryDirectory() as folder:
        keeper, key = FileKeeper(Path(folder)), FileKey(1, 1, ("road-book",))
        kept = timed(lambda: keeper.found_or_made(key, beside), RUNS)
    times = f"{other.median_ms / kept.median_ms:.0f} times quicker than made"
    yield row("the road book again, kept", kept, "", times)


if __name__ == "__main__":
    print(table(list(paper_rows())))  # noqa: T201 - it is asked for
