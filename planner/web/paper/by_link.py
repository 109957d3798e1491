"""The sheets behind the secret links: the guide's link gives the guide's, the participants' theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for

from planner.domain.warnings.audience import Audience
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import SheetItem, items_of, kinds_read_by
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.paper import choosing
from planner.services.paper.choosing import printed_by_link
from planner.web.frame.asked import host
from planner.web.frame.context import services
from planner.web.frame.headers import private, still_policy
from planner.web.frame.i18n import language
from planner.web.links.opened import closed_link
from planner.web.links.still import Asked, Behind, Still
from planner.web.paper.asking import asked_item, offered
from planner.web.paper.laid import with_hosts_laid
from planner.web.paper.making import Press, pages_html, shown_page, shown_pdf
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from planner.services.paper.choosing import Printed

blueprint = Blueprint("paper_link", __name__)

_PARTICIPANT = f"{visit_path(PARTICIPANT, '<token>')}/paper"
_GUIDE = f"{visit_path(GUIDE, '<token>')}/paper"
BARE = "bare"
"""In the address of a guide's sheet that names nobody whom to ask, as phones keep it."""

_ONE_SHEET = {PARTICIPANT: SheetKind.DAY, GUIDE: SheetKind.GUIDE}
_READS = {PARTICIPANT: Audience.PARTICIPANT, GUIDE: Audience.GUIDE}


@dataclass(frozen=True)
class Pdf:
    """A sheet as a PDF, and the address behind the link at which it is."""

    address: str
    item: SheetItem
    data: bytes


@blueprint.get(_PARTICIPANT, defaults={"kind": PARTICIPANT})
@blueprint.get(_GUIDE, defaults={"kind": GUIDE})
def index(token: str, kind: str) -> ResponseReturnValue:
    """The sheets that a link gives, one by one and all in one; narrowed to a day, a party, a language."""
    behind = Behind.link_of(token, kind)
    if any(name in request.args for name in ("day", "party", "language")):
        return private(_index(behind))
    return kept_index(behind, behind.asked_whole()).response("text/html", still_policy())


def kept_index(behind: Behind, asked: Asked) -> Still:
    """Return the page of the sheets of a link, of all days and parties."""
    words = Asked(0, "", asked.language)
    return behind.rendered(f"paper.{paper_mark(behind)}", words, lambda: _index(behind))


def _index(behind: Behind) -> str:
    printed = _printed(behind.token, behind.kind)
    return render_template(
        "paper/by_link.html",
        content=printed.content,
        items=offered(printed, kinds_read_by(_READS[behind.kind], printed.choice.kinds)),
        token=behind.token,
        kind=behind.kind,
        can_make_pdf=can_make_pdf(),
        back_url=behind.address("", Asked(0, "", language())),
        language=language(),
    )


@blueprint.get(f"{_PARTICIPANT}/<sheet>", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{_GUIDE}/<sheet>", defaults={"kind": GUIDE})
def sheet(token: str, kind: str, sheet: str) -> ResponseReturnValue:
    """A sheet as a page, or as a PDF where its name ends so; `all.pdf` has all of them."""
    printed = _printed(token, kind, names_hosts=kind == GUIDE and BARE not in request.args)
    kinds = kinds_read_by(_READS[kind], printed.choice.kinds)
    press = Press(printed, host())
    if sheet == "all.pdf":
        return shown_pdf(press, offered(printed, kinds), press.title())
    item = asked_item(printed, kinds, sheet.removesuffix(".pdf"))
    if sheet.endswith(".pdf"):
        return shown_pdf(press, (item,), press.file_name(item))
    view = {"token": token, "kind": kind, **item.query}
    back = url_for("paper_link.index", token=token, kind=kind)
    return shown_page(press, item, back, url_for("paper_link.sheet", sheet=f"{item.kind}.pdf", **view))


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/print", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/print", defaults={"kind": GUIDE})
def in_print(token: str, kind: str) -> ResponseReturnValue:
    """The one sheet of each day, or of the one that the address asks for, as a page that prints."""
    behind = Behind.link_of(token, kind)
    return kept_print(behind, behind.asked_whole()).response("text/html", still_policy())


def kept_print(behind: Behind, asked: Asked) -> Still:
    """Return that page of a day (0: all), a party and a language."""
    return behind.rendered(f"print.{paper_mark(behind)}", asked, lambda: _in_print(behind, asked))


def _in_print(behind: Behind, asked: Asked) -> str:
    printed = _printed(behind.token, behind.kind)
    days = [asked.day - 1] if asked.day else range(len(printed.content.visit.days))
    press = Press(printed, behind.host)
    kind = _ONE_SHEET[behind.kind]
    sheets = [press.sheet(SheetItem(kind, day, asked.party, asked.language)) for day in days]
    return pages_html(sheets, behind.address("", asked), back=gettext("Back to the phone page"))


def pdfs(behind: Behind, asked: Asked) -> Iterator[Pdf]:
    """Yield the sheets that a link gives in a language, to all and to the party asked for, as PDFs.

    Phones keep them: they name nobody whom to ask, and their addresses say so.
    """
    if not can_make_pdf():
        return
    printed = _printed(behind.token, behind.kind)
    press = Press(printed, behind.host)
    for item in items_of(
        printed.content, kinds_read_by(_READS[behind.kind], printed.choice.kinds), (asked.language,)
    ):
        if item.party in ("", asked.party):
            bare = {BARE: 1} if behind.kind == GUIDE else {}
            words = {"token": behind.token, "kind": behind.kind, **item.query, **bare}
            address = url_for("paper_link.sheet", sheet=f"{item.kind}.pdf", **words)
            yield Pdf(address, item, press.pdf((item,)))


def paper_mark(behind: Behind) -> str:
    """Return what tells sheets of a release from those that say something else, or name another host."""
    context = services()
    with context.database.session() as session:
        mark = choosing.paper_mark(session, behind.link.visit_id, context.now())
    return f"{mark}.{behind.host_mark}"


def _printed(token: str, kind: str, *, names_hosts: bool = False) -> Printed:
    context = services()
    with context.database.session() as session:
        found = printed_by_link(session, context.settings.secret_key, token, kind, context.now())
        if found is not None and names_hosts:
            found = with_hosts_laid(session, found)
    if found is None:
        raise closed_link()
    return found
