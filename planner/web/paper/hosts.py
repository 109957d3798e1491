"""The hosts of a visit: each is told by sheet, e-mail or call, and what was told is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from planner.domain.releases import sites_of_both
from planner.domain.text import in_language
from planner.errors import NotThereError, Reason
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import SheetItem, items_of
from planner.outputs.sheets.parts.letter import mail_address
from planner.outputs.sheets.parts.told import otherwise_text, times_text, told_text
from planner.services.hosts.arranging import Noted
from planner.services.hosts.telling import note_told
from planner.services.paper import choosing, telling
from planner.services.paper.telling import Telling, stays_at
from planner.services.visits import editing
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.asked import host as reached_at
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.paper.laid import laid_on, with_hosts_laid
from planner.web.paper.making import Press, shown_pdf
from planner.words.formats import short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.domain.sites import HostContact
    from planner.services.paper.choosing import Printed

blueprint = Blueprint("paper_hosts", __name__, url_prefix="/visits/<int:visit_id>/paper/hosts")


@dataclass(frozen=True)
class HostRow:
    """A host on the page: when they are visited, what they were told, and what is otherwise now."""

    item: SheetItem
    name: str
    times: str
    contact: str
    told: str
    otherwise: str


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


def host_rows(printed: Printed) -> list[HostRow]:
    """Return the hosts of what is published, day by day."""
    return [_row(printed, item) for item in items_of(printed.content, (SheetKind.HOST,), (language(),))]


@blueprint.post("/tell")
def tell(visit_id: int) -> ResponseReturnValue:
    """Note that a host is told, and give what they are told by: the sheet, or a letter to send."""
    context, how = services(), request.form.get("how", "")
    with context.database.writing() as session:
        user = needed_user()
        editing.owned(session, user, visit_id)
        printed = choosing.printed(session, context.settings.secret_key, visit_id, context.now())
        item = _asked(printed) if printed and how in telling.WAYS else None
        if printed is None or item is None:
            raise NotThereError("there is no such host", reason=Reason.PAPER_MISSING)
        printed = with_hosts_laid(session, printed)
        content = printed.content
        date, stays = content.visit.days[item.day].date, stays_at(content, item.day, item.site)
        told = Telling(item.site, date, content.number, stays, how, user.name, context.now())
        telling.tell(session, visit_id, told, user.id)
        note_told(session, visit_id, content, (item.site, date), Noted(user.id, context.now()))
        laid = laid_on(session, visit_id, content.visit)
    press = Press(printed, reached_at(), laid=laid)
    if how == "sheet":
        return shown_pdf(press, (item,), press.file_name(item))
    if how == "mail":
        site = sites_of_both(content).get(item.site)
        email = site.host.email if site and site.host else ""
        return redirect(mail_address(press.sheet(item), email), code=303)
    flash(gettext("It is noted that the host was told."), "done")
    return redirect(url_for("paper.show", visit_id=visit_id, _anchor="hosts"), code=303)


def _asked(printed: Printed) -> SheetItem | None:
    """The sheet of the host that the form names, in a language of the visit's paper."""
    site, day = request.form.get("site", ""), request.form.get("day", type=int)
    wanted = request.form.get("language", "")
    languages = (wanted,) if wanted in printed.choice.languages else printed.choice.languages[:1]
    items = items_of(printed.content, (SheetKind.HOST,), languages)
    return next((item for item in items if item.site == site and item.day + 1 == day), None)


def _row(printed: Printed, item: SheetItem) -> HostRow:
    content = printed.content
    site, date = sites_of_both(content).get(item.site), content.visit.days[item.day].date
    last = printed.told.get((item.site, date))
    return HostRow(
        item=item,
        name=f"{in_language(site.name, language()) if site else item.site} · {short_day(date, language())}",
        times=times_text(content, date, stays_at(content, item.day, item.site)),
        contact=contact_text(site.host if site else None),
        told=f"{told_text(content, last, language())} ({_how(last)})" if last else "",
        otherwise=otherwise_text(content, item.day, last) if last else "",
    )


def contact_text(host: HostContact | None) -> str:
    """Return whom to ask, as one line; '' where nobody is known."""
    return " · ".join(text for text in (host.name, host.phone, host.email) if text) if host else ""


def _how(told: Telling) -> str:
    ways = {"sheet": gettext("sheet"), "mail": gettext("e-mail"), "call": gettext("call")}
    return ", ".join(text for text in (ways[told.how], told.by) if text)
