"""The organiser's page "Paper": which sheets belong to a visit, previews and files, who is on the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.limits import LANGUAGES
from planner.domain.warnings.audience import Audience
from planner.errors import NotThereError, Reason, SourceFileError
from planner.outputs.sheets.build import RULES, SheetKind
from planner.outputs.sheets.items import is_offered, kinds_read_by
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.paper import choosing, people
from planner.services.paper.choosing import Choice
from planner.services.visits import editing
from planner.services.visits.drafts import both_drafts
from planner.web.account.auth import needed_user, organiser_required
from planner.web.account.noting import Act, note
from planner.web.frame.asked import host
from planner.web.frame.context import services
from planner.web.frame.headers import content_security_policy
from planner.web.frame.i18n import language
from planner.web.paper.asking import asked_item, offered
from planner.web.paper.hosts import host_rows
from planner.web.paper.in_rain import draft_versions, is_rain_asked, marked_rain
from planner.web.paper.laid import laid_on, with_hosts_laid
from planner.web.paper.making import Press, card_label, shown_page, shown_pdf
from planner.words.formats import language_name, short_day
from planner.words.refusals import refusal_text
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    import datetime as dt

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit
    from planner.outputs.sheets.items import SheetItem
    from planner.services.paper.choosing import Printed

blueprint = Blueprint("paper", __name__, url_prefix="/visits/<int:visit_id>/paper")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """Which sheets there are, which belong to the visit, and all of them one by one."""
    context = services()
    with context.database.session() as session:
        visit = _own_visit(session, visit_id)
        printed = choosing.printed(session, context.settings.secret_key, visit_id, context.now())
        choice = choosing.choice_of(session, visit_id, visit.languages)
        who = people.people_of(session, visit_id, visit, _today())
        hosts = host_rows(with_hosts_laid(session, printed)) if printed else []
    page = render_template(
        "paper/page.html",
        section="visits",
        visit=visit,
        visit_id=visit_id,
        content=printed.content if printed else None,
        items=offered(printed, kinds_read_by(Audience.ORGANISER, choice.kinds)) if printed else [],
        rules=[
            (kind, str(rule.name), kind in choice.kinds, is_offered(visit, kind))
            for kind, rule in RULES.items()
        ],
        paper_languages=[
            (code, language_name(code, language()), code in choice.languages) for code in LANGUAGES
        ],
        hosts=hosts,
        preview_language=language() if language() in choice.languages else None,
        filters=_filters(printed) if printed else {},
        asked=request.args,
        names="\n".join(f"{name};{party}" if party else name for name, party in who.names),
        names_count=ngettext("%(num)s name", "%(num)s names", len(who.names)) if who.names else "",
        card=[(name, card_label(name), who.filled.get(name, "")) for name in people.CARD_FIELDS],
        kept_until=short_day(people.last_kept(visit), language()),
        is_over=people.is_over(visit, _today()),
        can_make_pdf=can_make_pdf(),
    )
    policy = content_security_policy(forms="'self' mailto:")  # a host's letter opens from a form
    return page, {"Cache-Control": "no-store", "Content-Security-Policy": policy}


@blueprint.post("/choose")
def choose(visit_id: int) -> ResponseReturnValue:
    """Keep which sheets belong to the visit."""
    kinds = tuple(kind for kind in SheetKind if kind in request.form.getlist("kind"))
    languages = tuple(code for code in LANGUAGES if code in request.form.getlist("language"))
    with services().database.writing() as session:
        _own_visit(session, visit_id)
        choosing.choose(session, visit_id, Choice(kinds, languages))
    flash(gettext("These sheets belong to the visit now."), "done")
    return _back(visit_id)


@blueprint.get("/sheets/<sheet>")
def sheet(visit_id: int, sheet: str) -> ResponseReturnValue:
    """A sheet as a page, or as a PDF where its name ends so; `all.pdf` has all of them."""
    context = services()
    with context.database.session() as session:
        visit = _own_visit(session, visit_id)
        printed = choosing.printed(session, context.settings.secret_key, visit_id, context.now())
        who = people.people_of(session, visit_id, visit, _today())
        laid = laid_on(session, visit_id, visit)
        printed = with_hosts_laid(session, printed) if printed else None
    if printed is None:
        raise NotThereError("nothing is published yet", reason=Reason.PAPER_MISSING)
    press = Press(printed, host(), who, laid)
    if sheet == "all.pdf":
        items = offered(printed, kinds_read_by(Audience.ORGANISER, printed.choice.kinds))
        _note_names(visit_id, items)
        return shown_pdf(press, items, press.title())
    item = asked_item(printed, tuple(SheetKind), sheet.removesuffix(".pdf"))
    _note_names(visit_id, [item])
    if sheet.endswith(".pdf"):
        return shown_pdf(press, (item,), press.file_name(item))
    pdf_url = url_for("paper.sheet", visit_id=visit_id, sheet=f"{item.kind}.pdf", **item.query)
    return shown_page(press, item, url_for("paper.show", visit_id=visit_id), pdf_url)


@blueprint.get("/draft/<sheet>")
def preview(visit_id: int, sheet: str) -> ResponseReturnValue:
    """A sheet of the draft, as it would be published now: as a page, or as a PDF; none of it is kept."""
    context = services()
    with context.database.session() as session:
        visit = _own_visit(session, visit_id)
        content = both_drafts(session, context.desk_town, visit, context.now()).both
        if content is None:
            flash(gettext("The visit cannot be planned yet: the editor says why."), "warn")
            return _back(visit_id)
        shown = marked_rain(content) if is_rain_asked(sheet) else content
        printed = choosing.to_print(session, context.settings.secret_key, visit_id, shown, context.now())
        who = people.people_of(session, visit_id, visit, _today())
        laid = laid_on(session, visit_id, visit)
    press = Press(printed, host(), who, laid)
    item = asked_item(printed, tuple(SheetKind), sheet.removesuffix(".pdf"))
    _note_names(visit_id, [item])
    if sheet.endswith(".pdf"):
        return shown_pdf(press, (item,), press.file_name(item))
    asked = {**item.query, **({"rain": 1} if is_rain_asked(sheet) else {})}
    pdf_url = url_for("paper.preview", visit_id=visit_id, sheet=f"{item.kind}.pdf", **asked)
    versions = draft_versions(visit_id, item, content)
    return shown_page(press, item, url_for("paper.show", visit_id=visit_id), pdf_url, versions)


@blueprint.post("/names")
def names(visit_id: int) -> ResponseReturnValue:
    """Put pasted or uploaded names on the list, in place of those that are there."""
    file = request.files.get("file")
    data = file.read() if file else b""
    try:
        listed = people.read_names(people.read_file(data) if data else request.form.get("names", ""))
    except SourceFileError as error:
        flash(gettext("The list was not kept: %(reason)s", reason=refusal_text(error)), "fail")
        return _back(visit_id, "names")
    with services().database.writing() as session:
        if people.is_over(_own_visit(session, visit_id), _today()):
            flash(gettext("The visit is over: no names are kept any more."), "fail")
            return _back(visit_id, "names")
        people.replace_names(session, visit_id, listed)
        note(session, Act.NAMES_KEPT, about=str(len(listed)), visit=visit_id)
    flash(ngettext("%(num)s name is on the list.", "%(num)s names are on the list.", len(listed)), "done")
    return _back(visit_id, "names")


@blueprint.post("/card")
def card(visit_id: int) -> ResponseReturnValue:
    """Keep what was filled in on the school card."""
    with services().database.writing() as session:
        if people.is_over(_own_visit(session, visit_id), _today()):
            flash(gettext("The visit is over: no names are kept any more."), "fail")
            return _back(visit_id, "card")
        people.fill_card(session, visit_id, request.form)
        note(session, Act.NAMES_KEPT, about="card", visit=visit_id)
    flash(gettext("The school trip card is filled in."), "done")
    return _back(visit_id, "card")


@blueprint.post("/forget")
def forget(visit_id: int) -> ResponseReturnValue:
    """Remove the names and the school card at once."""
    with services().database.writing() as session:
        _own_visit(session, visit_id)
        people.forget(session, visit_id)
        note(session, Act.NAMES_REMOVED, visit=visit_id)
    flash(gettext("The names are gone."), "done")
    return _back(visit_id, "names")


def _note_names(visit_id: int, items: list[SheetItem]) -> None:
    """Write down that sheets with names on them were taken."""
    kinds = sorted({item.kind.value for item in items if RULES[item.kind].of_people})
    if kinds:
        with services().database.writing() as session:
            note(session, Act.NAMES_PRINTED, about=", ".join(kinds), visit=visit_id)


def _own_visit(session: Session, visit_id: int) -> Visit:
    return editing.state(session, editing.owned(session, needed_user(), visit_id)).visit


def _today() -> dt.date:
    """The day in the town."""
    return services().desk_town.clock.local(services().now()).date()


def _filters(printed: Printed) -> dict[str, list[tuple[str, str]]]:
    """What the list can be narrowed to: days, parties, languages."""
    visit = printed.content.visit
    days = [(str(number), short_day(day.date, language())) for number, day in enumerate(visit.days, start=1)]
    parties = [(party.name, party.name) for party in visit.parties]
    languages = [(code, language_name(code, language())) for code in printed.choice.languages]
    found = {"day": days, "party": parties, "language": languages}
    return {name: options for name, options in found.items() if len(options) > 1}


def _back(visit_id: int, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for("paper.show", visit_id=visit_id, _anchor=anchor or None), code=303)
