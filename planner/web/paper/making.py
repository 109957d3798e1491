"""A sheet as a web page, and sheets as a PDF that is kept with its release."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import render_template, request, send_file
from werkzeug.exceptions import NotFound

from planner.domain.releases import names_hosts, sites_of_both
from planner.domain.text import in_language
from planner.domain.warnings.audience import Audience
from planner.errors import NetworkMissingError
from planner.links import PARTICIPANT, site_path, visit_path
from planner.outputs.sheets.build import RULES, build_sheet
from planner.outputs.sheets.pdf import Document, can_make_pdf, typesetter
from planner.outputs.sheets.source import LaidOn, Roll, SheetSource
from planner.services.paper.choosing import Printed
from planner.services.paper.keeping import FileKeeper, FileKey
from planner.services.paper.people import People
from planner.web.frame.context import services
from planner.web.frame.costly import count_costly, send_over
from planner.web.frame.headers import private, unlisted
from planner.web.frame.i18n import language
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from planner.domain.releases import NetworkFacts
    from planner.outputs.sheets.blocks import Sheet
    from planner.outputs.sheets.items import SheetItem
    from planner.streets.query.layers import Layers


LONGEST_NAME = 120
_PARTICIPANT = Audience.PARTICIPANT
_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Press:
    """Makes the sheets of one release; needs an application context, and no request.

    `host` is where the service is reached, as it begins the addresses on paper; `people` are on the sheets
    that are about them. What is `laid` on for an organiser makes a sheet one of its own, which is never kept,
    as does whom to ask at the sites, where the release names anybody.
    """

    printed: Printed
    host: str
    people: People | None = None
    laid: LaidOn = field(default_factory=LaidOn)

    def sheet(self, item: SheetItem) -> Sheet:
        """Return the content of a sheet."""
        return build_sheet(item.kind, self._source(item, _layers_of(self.printed.content.network)))

    def pdf(self, items: Sequence[SheetItem]) -> bytes:
        """Return sheets as one PDF: a kept one where it was made before and has no names on it."""
        layers = _layers_of(self.printed.content.network)
        if self.printed.is_draft or self._is_own(items):
            return self._made(items, layers)
        keeper, key = FileKeeper(services().settings.data_dir), self._key(items)
        if layers is None:  # the paper has no map as yet, and is not to be kept so
            return keeper.find(key) or self._made(items, None)
        return keeper.found_or_made(key, lambda: self._made(items, layers))

    def is_kept(self, items: Sequence[SheetItem]) -> bool:
        """Whether they were made as one PDF before; a draft's are not kept."""
        return not self._is_own(items) and FileKeeper(services().settings.data_dir).has(self._key(items))

    def _is_own(self, items: Sequence[SheetItem]) -> bool:
        """Whether something is on the sheets that is for who asks alone."""
        rules = [RULES[item.kind] for item in items]
        if names_hosts(self.printed.content) and any(rule.audience is not _PARTICIPANT for rule in rules):
            return True
        has_laid = self.laid != LaidOn()
        return any(rule.of_people or (rule.lays_on and has_laid) for rule in rules)

    def title(self) -> str:
        """The title of the visit in the reader's language, for the name of a file."""
        return named(in_language(self.printed.content.visit.title, language())) or gettext("Study visit")

    def file_name(self, item: SheetItem) -> str:
        """The name of a sheet's file, with the letters of the reader's language."""
        date = self.printed.content.visit.days[item.day].date.isoformat()
        site = sites_of_both(self.printed.content).get(item.site)
        told = (
            self.title(),
            date,
            item.name(),
            in_language(site.name, item.language) if site else "",
            item.party,
            item.language,
        )
        return named(" - ".join(text for text in told if text))

    def _made(self, items: Sequence[SheetItem], layers: Layers | None) -> bytes:
        content = self.printed.content
        with typesetter() as setter:
            sheets = tuple(build_sheet(item.kind, self._source(item, layers)) for item in items)
            made = Document(sheets[0].title, sheets[0].language, sheets, content.published)
            (pdf,) = setter.pdfs([made])
        return pdf

    def _source(self, item: SheetItem, layers: Layers | None) -> SheetSource:
        return SheetSource(
            content=self.printed.content,
            day=item.day,
            party=item.party,
            language=item.language,
            audience=RULES[item.kind].audience,
            address=self._address(),
            layers=layers,
            site_address=self._site_address,
            site=item.site,
            roll=self._roll(item),
            told=self.printed.told,
            laid=self.laid if RULES[item.kind].lays_on else LaidOn(),
        )

    def _roll(self, item: SheetItem) -> Roll:
        if self.people is None or not RULES[item.kind].of_people:
            return Roll()
        with force_locale(item.language):
            card = tuple((card_label(name), text) for name, text in self.people.card)
        return Roll(self.people.names, card)

    def _address(self) -> str:
        """The participants' link with the version that stands on the paper; a draft is no version."""
        if self.printed.is_draft or not self.printed.token:
            return ""
        path = visit_path(PARTICIPANT, self.printed.token)
        return f"{self.host}{path}?paper={self.printed.content.number}"

    def _site_address(self, site: str) -> str:
        return f"{self.host}{site_path(site)}" if site in self.printed.pages_of else ""

    def _key(self, items: Sequence[SheetItem]) -> FileKey:
        """What tells a kept file from others: what it is, and the addresses on it."""
        content = self.printed.content
        pages = sorted(self.printed.pages_of)
        told = [self.host, self._address(), str(content.published), *pages, *map(repr, items)]
        if any(RULES[item.kind].says_told for item in items):
            told += map(repr, self.printed.told.values())
        what = items[0].parts if len(items) == 1 else ("all",)
        return FileKey(self.printed.visit_id, content.number, what, "pdf", tuple(told))


def named(text: str) -> str:
    """The text as the name of a file."""
    return " ".join(_NO_NAME.sub(" ", text).split())[:LONGEST_NAME]


def card_label(name: str) -> str:
    """Return what a field of the school card is called; needs an application context."""
    return {
        "school": gettext("School and its address"),
        "class": gettext("Class"),
        "aim": gettext("Aim of the trip"),
        "head": gettext("Head of the trip"),
        "phone": gettext("Telephone of the head"),
        "pupils": gettext("Number of pupils"),
        "needs": gettext("Of them with a disability"),
        "carers": gettext("Carers with telephones"),
        "transport": gettext("Means of transport"),
    }[name]


def shown_page(
    press: Press,
    item: SheetItem,
    back_url: str,
    pdf_url: str,
    versions: Sequence[tuple[str, str, bool]] = (),
) -> BaseResponse:
    """Answer with a sheet as a web page that prints; `versions` are as in `pages_html`."""
    return unlisted(private(pages_html([press.sheet(item)], back_url, pdf_url, versions=versions)))


def pages_html(
    sheets: Sequence[Sheet],
    back_url: str,
    pdf_url: str = "",
    back: str = "",
    days: Sequence[tuple[str, str, bool]] = (),
    versions: Sequence[tuple[str, str, bool]] = (),
) -> str:
    """Return sheets as one web page that prints; `back` says where the way back leads.

    `days` are other days with such sheets: what each is called, its address, and whether it is the one shown;
    `versions` are the same for the day without rain and when it rains.
    """
    return render_template(
        "paper/sheet.html",
        sheets=sheets,
        back_url=back_url,
        back=back,
        days=days,
        versions=versions,
        pdf_url=pdf_url if can_make_pdf() else "",
    )


def shown_pdf(press: Press, items: Iterable[SheetItem], name: str) -> Response:
    """Answer with sheets as one PDF."""
    wanted = tuple(items)
    if not wanted:
        raise NotFound
    if not press.is_kept(wanted):
        count_costly()
        if request.method == "GET":  # else something was written: that is done once
            send_over()
    return _private(press.pdf(wanted), f"{name}.pdf")


def _private(data: bytes, name: str) -> Response:
    """A PDF for who asks alone: in no shared cache, and in no search engine."""
    response = send_file(io.BytesIO(data), mimetype="application/pdf", download_name=name, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    return unlisted(response)


def _layers_of(facts: NetworkFacts) -> Layers | None:
    """What is drawn of the town that a release was planned over, while there are streets."""
    try:
        return services().town_of(facts).network.layers
    except NetworkMissingError:
        return None
