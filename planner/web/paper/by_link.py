"""The sheets behind the secret links: the guide's link gives the guide's, the participants' theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request, url_for

from planner.domain.warnings.audience import Audience
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import SheetItem, kinds_read_by
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.paper.choosing import printed_by_link
from planner.web.frame.asked import host, nearest_day
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.links.opened import closed_link
from planner.web.paper.asking import asked_item, offered
from planner.web.paper.making import Press, shown_page, shown_pages, shown_pdf
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.paper.choosing import Printed

blueprint = Blueprint("paper_link", __name__)

_PARTICIPANT = f"{visit_path(PARTICIPANT, '<token>')}/paper"
_GUIDE = f"{visit_path(GUIDE, '<token>')}/paper"
_ONE_SHEET = {PARTICIPANT: SheetKind.DAY, GUIDE: SheetKind.GUIDE}
_READS = {PARTICIPANT: Audience.PARTICIPANT, GUIDE: Audience.GUIDE}


@blueprint.get(_PARTICIPANT, defaults={"kind": PARTICIPANT})
@blueprint.get(_GUIDE, defaults={"kind": GUIDE})
def index(token: str, kind: str) -> ResponseReturnValue:
    """The sheets that a link gives, one by one and all in one."""
    printed = _printed(token, kind)
    page = render_template(
        "paper/by_link.html",
        content=printed.content,
        items=offered(printed, kinds_read_by(_READS[kind], printed.choice.kinds)),
        token=token,
        kind=kind,
        can_make_pdf=can_make_pdf(),
        back_url=url_for(f"participant.{'visit' if kind == PARTICIPANT else 'guide'}", token=token),
        language=language(),
    )
    return page, {"Cache-Control": "private, no-cache"}


@blueprint.get(f"{_PARTICIPANT}/<sheet>", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{_GUIDE}/<sheet>", defaults={"kind": GUIDE})
def sheet(token: str, kind: str, sheet: str) -> ResponseReturnValue:
    """A sheet as a page, or as a PDF where its name ends so; `all.pdf` has all of them."""
    printed = _printed(token, kind)
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
    printed = _printed(token, kind)
    visit = printed.content.visit
    days = [nearest_day(visit)] if "day" in request.args else range(len(visit.days))
    party = request.args.get("party", "")
    press = Press(printed, host())
    sheets = [press.sheet(SheetItem(_ONE_SHEET[kind], day, party, language())) for day in days]
    kept = {name: request.args[name] for name in ("day", "party", "lang") if name in request.args}
    words: dict[str, Any] = {"token": token, **kept}
    back_url = url_for(f"participant.{'visit' if kind == PARTICIPANT else 'guide'}", **words)
    return shown_pages(sheets, back_url, back=gettext("Back to the phone page"))


def _printed(token: str, kind: str) -> Printed:
    context = services()
    with context.database.session() as session:
        found = printed_by_link(session, context.settings.secret_key, token, kind, context.now())
    if found is None:
        raise closed_link()
    return found
