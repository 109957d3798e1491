"""Pages of secret links that are the same bytes for everybody: made once, kept packed, sent as they are.

A request is answered from what is kept: its link is looked up each time, so that one that was withdrawn
opens nothing at once, and of the release only a few facts are read. A page is made when its visit is
published (planner/web/participant/ahead.py), else when it is asked for, in a request of its own (`asked_as`):
nothing of a reader gets into it.
"""

from __future__ import annotations

import gzip
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import brotli
from flask import Response, current_app, request

from planner.domain.clock import TownClock
from planner.links import visit_path
from planner.memory import Memory
from planner.services.visits.pages import OpenLink, PageKey, ReleaseFacts, link_mark, open_link, page_files
from planner.web.frame.asked import day_number, host
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.links.opened import closed_link, release_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from werkzeug.wrappers import Response as BaseResponse

OK = 200
MOST_IN_MEMORY = 96
"""So many pages a worker has at hand, some 50 KB each; all others are read from the data directory."""

PACKING = 10
"""Of brotli's levels the one that takes a tenth off a page and its map, for 0.1 s once a release and day."""

_MEMORY = "planner.still_pages"


@dataclass(frozen=True)
class Still:
    """A page as it is sent: plain, and as browsers unpack it."""

    plain: bytes
    packed: dict[str, bytes]
    tag: str

    def response(self, mimetype: str, policy: str = "") -> BaseResponse:
        """Return the answer to this request: unchanged, the page is not sent again."""
        best = request.accept_encodings.best_match(tuple(self.packed)) if request.accept_encodings else None
        response = Response(self.packed[best] if best else self.plain, mimetype=mimetype)
        if best:
            response.headers["Content-Encoding"] = best
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Accept-Encoding")
        response.set_etag(self.tag, weak=True)
        response.make_conditional(request)
        if policy and response.status_code == OK:  # with a 304 the browser keeps the one it has
            response.headers["Content-Security-Policy"] = policy
        return response


@dataclass(frozen=True)
class Asked:
    """Which of a link's pages is asked for: `day` from 1 (0: all), `party` '' for all, `paper` 0 for none."""

    day: int
    party: str
    language: str
    paper: int = 0

    @property
    def query(self) -> dict[str, str]:
        """The address's words for it, always in one order."""
        party = {"party": self.party} if self.party else {}
        paper = {"paper": str(self.paper)} if self.paper else {}
        day = {"day": str(self.day)} if self.day else {}
        return {**day, **party, "lang": self.language, **paper}


@dataclass(frozen=True)
class Behind:
    """What an open link leads to: its token and kind, and the host at which the service is reached."""

    token: str
    kind: str
    link: OpenLink
    host: str

    @classmethod
    def link_of(cls, token: str, kind: str) -> Behind:
        """Look this request's link up.

        Raises
        ------
        PlannerError
            If it opens nothing, or nothing any more.
        """
        return cls.found(token, kind, host()) or _refuse()

    @classmethod
    def found(cls, token: str, kind: str, reached_at: str) -> Behind | None:
        """Look a link up, with no request at hand; None for one that opens nothing."""
        context = services()
        with context.database.session() as session:
            link = open_link(session, token, kind, context.now())
        return None if link is None else cls(token, kind, link, reached_at)

    @property
    def path(self) -> str:
        """The address of the link's page."""
        return visit_path(self.kind, self.token)

    def address(self, ending: str, asked: Asked, **more: str) -> str:
        """Return the address of something behind the link."""
        return f"{self.path}{ending}?{urlencode(asked.query | more)}"

    @cached_property
    def facts(self) -> ReleaseFacts:
        """What must be known of the release."""
        return ReleaseFacts.read(self.still("facts.json", self._facts).plain)

    def asked(self) -> Asked:
        """Return what this request asks for: the nearest day that there is, a party that there is."""
        party = request.args.get("party", "")
        number = min(max(day_number(self.coming_day), 1), len(self.facts.dates))
        held = request.args.get("paper", default=0, type=int)
        paper = held if 0 < held < self.link.release else 0
        return Asked(number, party if party in self.facts.parties else "", language(), paper)

    def asked_whole(self) -> Asked:
        """Return the same, of all days where this request names none."""
        asked = replace(self.asked(), paper=0)
        return asked if "day" in request.args else replace(asked, day=0)

    @property
    def host_mark(self) -> str:
        """Tells pages that name the host from those for another one."""
        return hashlib.sha256(self.host.encode()).hexdigest()[:8]

    @property
    def coming_day(self) -> int:
        """The number of the day that is today or comes next."""
        today = TownClock(self.facts.timezone).local(services().now()).date().isoformat()
        return self.facts.coming_day(today)

    def name(self, what: str, asked: Asked) -> str:
        """Return the name under which a page is kept."""
        party = self.facts.parties.index(asked.party) if asked.party else "all"
        link = link_mark(self.kind, self.link.link_id, self.link.rotation)
        return f"{link}-{what}-{asked.day}-{party}-{asked.language}-{asked.paper}{_tiles_mark()}"

    def still(self, name: str, make: Callable[[], bytes]) -> Still:
        """Return a page by its name, made if it was never asked for."""
        files = page_files(services().settings.data_dir)
        memory: Memory = current_app.extensions.setdefault(_MEMORY, Memory())
        key = (files.version, self.link.visit_id, self.link.release, name)

        def found() -> Still:
            def kept(ending: str, make_one: Callable[[], bytes]) -> bytes:
                return files.found_or_made(PageKey(key[1], key[2], name + ending), make_one)

            plain = kept("", make)
            packed = {
                "br": kept(".br", lambda: brotli.compress(plain, quality=PACKING)),
                "gzip": kept(".gz", lambda: gzip.compress(plain, 9, mtime=0)),
            }
            return Still(plain, packed, hashlib.sha256(plain).hexdigest()[:32])

        return memory.get("pages", key, found, keep=MOST_IN_MEMORY)

    def rendered(self, what: str, asked: Asked, make: Callable[[], str]) -> Still:
        """Return a page of the link that is rendered in a request of its own."""

        def made() -> bytes:
            with asked_as(self, asked):
                return make().encode()

        return self.still(self.name(what, asked), made)

    def _facts(self) -> bytes:
        return ReleaseFacts.of(release_of(self.token, self.kind)).written()


@contextmanager
def asked_as(behind: Behind, asked: Asked) -> Iterator[None]:
    """Work as in a request for a link's page, by nobody in particular."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - as Flask's documents say
    query = cast("Any", asked.query)
    with app.app_context(), app.test_request_context(behind.path, query_string=query, base_url=behind.host):
        yield


def _refuse() -> Behind:
    raise closed_link()


def _tiles_mark() -> str:
    """What tells the pages of one tile server from those of another; '' without one."""
    settings = services().settings
    if not settings.tile_url:
        return ""
    tiles = f"{settings.tile_url} {settings.tile_attribution}"
    return f"-{hashlib.sha256(tiles.encode()).hexdigest()[:8]}"
