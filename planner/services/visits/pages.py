"""The pages of secret links as they are kept: rendered once, the same bytes for everybody after that.

What a page depends on is in its place: visit, release, program and streets in its folder, the link with its
rotation, day, party and language in its name. A page has its link's token in it, as a printed code has: it
goes when the link is changed or is over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.weather.rain import has_rain_plan
from planner.links import KINDS
from planner.program import program_mark
from planner.services.visits.release_files import ReleaseFiles
from planner.store import visits as store
from planner.store.models import VisitRow
from planner.streets.files import POINTER

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.domain.releases import ReleaseContent

FOLDER = "pages"


@dataclass(frozen=True)
class OpenLink:
    """A link that opens something: its visit with the release that is shown, its row and rotation."""

    visit_id: int
    release: int
    link_id: int
    rotation: int


@dataclass(frozen=True)
class PageKey:
    """What a kept page is of."""

    visit_id: int
    release: int
    name: str


@dataclass(frozen=True)
class ReleaseFacts:
    """What must be known of a release to find the page that is asked for: dates are ISO, in their order.

    `rainy` are the numbers of the days, from 1, that have a version for rain.
    """

    timezone: str
    dates: tuple[str, ...]
    parties: tuple[str, ...]
    title: Mapping[str, str]
    rainy: tuple[int, ...] = ()

    @classmethod
    def of(cls, content: ReleaseContent) -> ReleaseFacts:
        """Return those of a release."""
        names = {way.name: None for ways in content.parties for way in ways}
        dates = tuple(day.date.isoformat() for day in content.visit.days)
        numbered = enumerate(content.visit.days, start=1) if content.rain else ()
        rainy = tuple(number for number, day in numbered if has_rain_plan(day))
        return cls(content.network.timezone, dates, tuple(names), dict(content.visit.title), rainy)

    def coming_day(self, today: str) -> int:
        """The number, from 1, of the day that is today (ISO) or comes next, else of the last."""
        days = enumerate(self.dates, start=1)
        return next((number for number, date in days if date >= today), len(self.dates))

    def written(self) -> bytes:
        """Return them as they are kept."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def read(cls, kept: bytes) -> ReleaseFacts:
        """Return what was kept."""
        facts: dict[str, Any] = json.loads(kept)
        rainy = tuple(facts.get("rainy", ()))
        return cls(facts["timezone"], tuple(facts["dates"]), tuple(facts["parties"]), facts["title"], rainy)


def open_link(session: Session, token: str, kind: str, now: Instant) -> OpenLink | None:
    """Return what a secret link of a kind opens now; None for one that opens nothing."""
    link = store.link_by_token(session, token, kind, now)
    row = session.get(VisitRow, link.visit_id) if link is not None else None
    if link is None or row is None or row.archived or row.published is None:
        return None
    return OpenLink(row.id, row.published, link.id, link.rotation)


class PageFiles(ReleaseFiles):
    """Keeps the pages of a data directory; their names begin with their link's mark."""

    def forget_link(self, visit_id: int, link_id: int) -> None:
        """Remove all pages of a link."""
        for kind in KINDS:
            for page in self.root.glob(f"{visit_id}/*/*/{kind}-{link_id}.*"):
                page.unlink(missing_ok=True)

    def sweep_links(self, marks: Collection[str]) -> None:
        """Remove the pages of links that open nothing any more; `marks` are those that do."""
        for page in self.root.glob("*/*/*/*"):
            mark = "-".join(page.name.split("-")[:2])
            if mark.startswith(KINDS) and mark not in marks:
                page.unlink(missing_ok=True)


def link_mark(kind: str, link_id: int, rotation: int) -> str:
    """Return what the names of a link's pages begin with."""
    return f"{kind}-{link_id}.{rotation}"


def open_marks(session: Session, now: Instant) -> frozenset[str]:
    """Return the marks of all links that are neither withdrawn nor over."""
    return frozenset(link_mark(row.kind, row.id, row.rotation) for row in store.open_links(session, now))


def page_files(data_dir: Path) -> PageFiles:
    """Return the keeper of a data directory's pages: of this program, over the streets in force."""
    try:
        streets = f"{(data_dir / POINTER).stat().st_mtime_ns:x}"
    except FileNotFoundError:
        streets = "none"
    return PageFiles(data_dir / FOLDER, f"{program_mark()}-{streets}")
