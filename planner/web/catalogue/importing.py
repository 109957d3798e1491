"""The catalogue as files: upload, preview, confirm; and download."""

from __future__ import annotations

import json
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from planner.memory_use import not_collecting
from planner.outputs.catalogue.problems import form_line, problem_line, problem_text, row_label
from planner.outputs.catalogue.words import change_line, documented_columns, mappable_columns, site_name
from planner.services.catalogue.care.twins import Answer, Twin, settled, twins_of
from planner.services.catalogue.csv_file import to_csv
from planner.services.catalogue.entries import all_sites, catalogue_mark, stored_sites
from planner.services.catalogue.geojson import to_geojson
from planner.services.catalogue.importing import (
    ImportConflictError,
    ImportPlan,
    RowKind,
    store_import,
)
from planner.services.catalogue.reading.file import check_file
from planner.services.catalogue.rules import CatalogueFileError
from planner.services.catalogue.staging import ImportUnderWayError, Upload
from planner.web.account.noting import Act, note
from planner.web.catalogue.base import blueprint
from planner.web.catalogue.import_plan import STORING, plan_of, read_elsewhere, staging
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.words.formats import distance_text
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.catalogue.entries import StoredSite

TWIN = "twin-"
_CHOICES = {
    Answer.KEEP: _("leave the row out, the catalogue's entry stays"),
    Answer.TAKE: _("change that entry by the row"),
    Answer.BOTH: _("they are two: bring it in as a new site"),
}

ROWS_SHOWN = 200
"""Rows of one kind on the page; their number is always told in full."""

LONG_S = 1.0
"""Who waits longer for what is stored is told so before."""


@blueprint.get("/export.geojson")
def export_geojson() -> Response:
    """The catalogue with the hosts, for the organiser's own keeping."""
    with services().database.writing() as session:
        sites = all_sites(session).values()
        note(session, Act.HOSTS_EXPORTED, about="geojson")
    text = json.dumps(to_geojson(sites, with_hosts=True), ensure_ascii=False, indent=1)
    return _download(text, "geojson", "application/geo+json")


@blueprint.get("/export.csv")
def export_csv() -> Response:
    """The same for a spreadsheet."""
    with services().database.writing() as session:
        sites = all_sites(session).values()
        note(session, Act.HOSTS_EXPORTED, about="csv")
    return _download(to_csv(sites), "csv", "text/csv; charset=utf-8")


@blueprint.get("/import")
def import_page() -> ResponseReturnValue:
    """Where a file is chosen, or the preview of one that was uploaded."""
    token = request.args.get("file")
    if token is None:
        return render_template("catalogue/import.html", columns=documented_columns(), problem="")
    return _preview(token)


@blueprint.post("/import")
def upload() -> ResponseReturnValue:
    """Take a file, keep it for the preview."""
    read_elsewhere(request.content_length or 0)
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    if sent is None or not sent.filename:
        return _refused(gettext("Choose a file first."))
    with services().database.session() as session:
        mark = catalogue_mark(session)
    try:
        check_file(data)
    except CatalogueFileError as error:
        return _refused(f"{sent.filename}: {problem_text(error.problem)}")
    token = staging().keep(Upload(sent.filename[:120], mark, data, is_whole="whole" in request.form))
    return redirect(url_for("catalogue.import_page", file=token))


@blueprint.post("/import/columns")
def columns() -> ResponseReturnValue:
    """Say what the columns of a previewed file are, and whether it is all of it or nothing."""
    token = request.form.get("file", "")
    read_elsewhere(staging().size(token))
    kept = staging().find(token)
    said = tuple(request.form.getlist("column"))
    changed = replace(kept, columns=said or kept.columns, is_whole="whole" in request.form)
    try:
        check_file(kept.data, said)
    except CatalogueFileError as error:
        return _preview(token, said, problem_text(error.problem)), CatalogueFileError.status
    staging().remark(token, changed)
    return redirect(url_for("catalogue.import_page", file=token))


@blueprint.post("/import/confirm")
def confirm() -> ResponseReturnValue:
    """Store a previewed file, all of it or nothing; who presses twice has it stored once."""
    token = request.form.get("file", "")
    read_elsewhere(staging().size(token))
    try:
        with staging().claimed(token) as kept, not_collecting():
            return _confirmed(token, kept)
    except ImportUnderWayError:
        told = gettext("This file is being imported already: look at the list of sites in a moment.")
        return _refused(told, ImportUnderWayError.status)


def _confirmed(token: str, kept: Upload) -> ResponseReturnValue:
    with services().database.session() as session:
        stored, mark = stored_sites(session), catalogue_mark(session)
    plan = plan_of(token, kept, mark, stored).plan
    if mark == kept.mark and not plan.is_sound:
        return redirect(url_for("catalogue.import_page", file=token))
    twins = twins_of(plan, stored)
    answers = _answers()
    if any(number not in answers for number in list(twins)[:ROWS_SHOWN]):
        flash(gettext("Choose first what to do with the rows that may be there already."), "warn")
        return redirect(url_for("catalogue.import_page", file=token))
    plan = settled(plan, twins, answers, stored)
    try:
        with services().database.writing() as session:
            if catalogue_mark(session) != kept.mark:
                return redirect(url_for("catalogue.import_page", file=token, changed=1))
            store_import(session, plan, stored, services().now())
    except (ImportConflictError, IntegrityError):
        return redirect(url_for("catalogue.import_page", file=token, changed=1))
    staging().remove(token)
    flash(_done(plan), "done")
    return redirect(url_for("catalogue.index"))


@blueprint.post("/import/cancel")
def cancel() -> ResponseReturnValue:
    """Forget an uploaded file."""
    staging().remove(request.form.get("file", ""))
    flash(gettext("Nothing was imported."), "done")
    return redirect(url_for("catalogue.index"))


def _answers() -> dict[int, Answer]:
    """What is to be done with rows that may be there already, by their numbers."""
    answers = {}
    for name, value in request.form.items():
        number = name.removeprefix(TWIN)
        if name.startswith(TWIN) and number.isdecimal() and value in set(Answer):
            answers[int(number)] = Answer(value)
    return answers


def _preview(token: str, said: tuple[str, ...] = (), problem: str = "") -> str:
    """The preview; `said` are columns that cannot be taken for the reason `problem`."""
    read_elsewhere(staging().size(token))
    kept = staging().find(token)
    with not_collecting():
        with services().database.session() as session:
            stored, mark = stored_sites(session), catalogue_mark(session)
        made = plan_of(token, kept, mark, stored)
    plan, storing_s = made.plan, made.took_s * STORING
    if mark != kept.mark:
        staging().remark(token, replace(kept, mark=mark))
    return render_template(
        "catalogue/import_preview.html",
        token=token,
        name=kept.name,
        plan=plan,
        kinds=[(kind, _rows(plan, kind)) for kind in (RowKind.BROKEN, RowKind.NEW, RowKind.CHANGED)],
        is_changed="changed" in request.args,
        rows_shown=ROWS_SHOWN,
        seconds=ceil(storing_s) if storing_s > LONG_S else 0,
        twins=twins_of(plan, stored),
        TWIN=TWIN,
        twin_choices=[(answer.value, str(words)) for answer, words in _CHOICES.items()],
        said=said or [one.column for one in plan.file.columns],
        problem=problem,
        columns=mappable_columns(),
        **_words(plan, stored),
    )


def _words(plan: ImportPlan, stored: dict[str, StoredSite]) -> dict[str, Any]:
    return {
        "RowKind": RowKind,
        "form_line": form_line(plan.file),
        "row_label": lambda row: row_label(plan.file, row),
        "problem_line": problem_line,
        "change_line": change_line,
        "stored": stored,
        "twin_line": _twin_line,
    }


def _twin_line(twin: Twin) -> str:
    """Which entry a row may be, and how far that is off."""
    name = site_name(twin.site, language())
    if twin.metres is None:
        return gettext("In the catalogue: %(name)s, one of them without a place.", name=name)
    away = distance_text(twin.metres, language())
    return gettext("In the catalogue: %(name)s, %(distance)s away.", name=name, distance=away)


def _rows(plan: ImportPlan, kind: RowKind) -> list[Any]:
    return [row for row in plan.rows if row.kind is kind][:ROWS_SHOWN]


def _done(plan: ImportPlan) -> str:
    new, changed = plan.count(RowKind.NEW), plan.count(RowKind.CHANGED)
    return " ".join(
        (
            gettext("Imported."),
            ngettext("%(num)s new site.", "%(num)s new sites.", new),
            ngettext("%(num)s changed.", "%(num)s changed.", changed),
        )
    )


def _refused(problem: str, status: int = CatalogueFileError.status) -> ResponseReturnValue:
    page = render_template("catalogue/import.html", columns=documented_columns(), problem=problem)
    return page, status


def _download(text: str, ending: str, kind: str) -> Response:
    context = rule_context()
    response = Response(text, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="sites-{context.today}.{ending}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
