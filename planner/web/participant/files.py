"""The files behind a secret link, the calendar that one follows, and the page that leads to them all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from babel.units import format_unit
from flask import Blueprint, abort, make_response, render_template, request, url_for

from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.files.content.build import Wanted
from planner.outputs.files.forms import CALENDAR, FORMS, MAP, PLAIN
from planner.outputs.files.names import disposition
from planner.services.live.weather import switches
from planner.services.visits.publish import opened
from planner.web.frame.asked import host, nearest_day
from planner.web.frame.context import services
from planner.web.frame.headers import still_policy
from planner.web.frame.i18n import language
from planner.web.links.opened import closed_link
from planner.web.links.still import Asked, Behind, Still
from planner.web.participant.making import NamedFile, VisitFiles, can_draw
from planner.web.participant.shown import WHO, Shown, kept
from planner.words.formats import locale_of, long_date
from planner.words.translation import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

    from planner.services.visits.publish import Opened

blueprint = Blueprint("files", __name__)
OF_VISIT, OF_GUIDE = (visit_path(kind, "<token>") for kind in (PARTICIPANT, GUIDE))


@dataclass(frozen=True)
class FileRow:
    """A file on the page: its name, what it is for, the day it is of ('' for all), where it is, its size."""

    name: Later
    use: Later
    day: str
    url: str
    size: str


@blueprint.get(f"{OF_VISIT}/plan.<form>")
def visit_file(token: str, form: str) -> BaseResponse:
    """A participant's file of a form."""
    return _file(token, PARTICIPANT, form)


@blueprint.get(f"{OF_GUIDE}/plan.<form>")
def guide_file(token: str, form: str) -> BaseResponse:
    """A guide's file of a form."""
    return _file(token, GUIDE, form)


@blueprint.get(f"{OF_VISIT}/map.html")
def visit_map_file(token: str) -> BaseResponse:
    """A participant's map in one file."""
    return _map(token, PARTICIPANT)


@blueprint.get(f"{OF_GUIDE}/map.html")
def guide_map_file(token: str) -> BaseResponse:
    """A guide's map in one file."""
    return _map(token, GUIDE)


@blueprint.get(f"{OF_VISIT}/calendar.ics")
def visit_calendar(token: str) -> BaseResponse:
    """The calendar that a participant follows."""
    return _followed(token, PARTICIPANT)


@blueprint.get(f"{OF_GUIDE}/calendar.ics")
def guide_calendar(token: str) -> BaseResponse:
    """The calendar that a guide follows."""
    return _followed(token, GUIDE)


@blueprint.get(f"{OF_VISIT}/files")
def visit_files(token: str) -> BaseResponse:
    """What a participant may take along."""
    return _page(token, PARTICIPANT)


@blueprint.get(f"{OF_GUIDE}/files")
def guide_files(token: str) -> BaseResponse:
    """What a guide may take along."""
    return _page(token, GUIDE)


def _opened(token: str, kind: str) -> Opened:
    """What a link opens."""
    context = services()
    with context.database.session() as session:
        found = opened(session, context.settings.secret_key, token, kind, context.now())
    if found is None:
        raise closed_link()
    return found


def _files(found: Opened, kind: str, day: int | None = None) -> VisitFiles:
    """The files of all days or one, of the party that the address asks for, or all."""
    return VisitFiles(found, Wanted(language(), kind, day, Shown.asked(found.content).asked_for))


def _file(token: str, kind: str, form: str) -> BaseResponse:
    found = _opened(token, kind)
    if form not in FORMS or form == MAP:
        abort(404)
    day = nearest_day(found.content.visit) if "day" in request.args else None
    return _sent(_as_switched(_files(found, kind, day)).one(form), FORMS[form].mimetype)


def _as_switched(files: VisitFiles) -> VisitFiles:
    """The same, with what guides have switched to the rain version."""
    found = files.opened
    with services().database.session() as session:
        return replace(files, switched=switches(session, found.visit_id, found.content))


@dataclass(frozen=True)
class TakenFile:
    """A file behind a link: the end of its address, what it is of, its bytes."""

    ending: str
    asked: Asked
    data: bytes


def taken(behind: Behind, asked: Asked) -> Iterator[TakenFile]:
    """Yield the files of a link that a phone keeps: all but the ZIP, which has them once more."""
    found = _opened(behind.token, behind.kind)
    made = VisitFiles(found, Wanted(asked.language, behind.kind, None, asked.party))
    for form in PLAIN:
        yield TakenFile(f"/plan.{form}", asked, made.one(form).data)
    for day, file in made.maps:
        yield TakenFile("/map.html", replace(asked, day=day), file.data)


def _map(token: str, kind: str) -> BaseResponse:
    found = _opened(token, kind)
    made = _as_switched(_files(found, kind)).map_of(Shown.asked(found.content).day)
    return _sent(made or abort(404), FORMS[MAP].mimetype)


def _followed(token: str, kind: str) -> BaseResponse:
    followed = _as_switched(_files(_opened(token, kind), kind)).followed()
    return _sent(NamedFile("", followed), FORMS[CALENDAR].mimetype)


def _sent(file: NamedFile, mimetype: str) -> BaseResponse:
    """A file that only its link opens: no shared cache; unchanged, it is not sent again."""
    response = make_response(file.data)
    response.mimetype = mimetype
    if file.name:
        response.headers["Content-Disposition"] = disposition(file.name)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(file.data).hexdigest()[:32], weak=True)
    return response.make_conditional(request)


def _page(token: str, kind: str) -> BaseResponse:
    behind = Behind.link_of(token, kind)
    return kept_files(behind, behind.asked_whole()).response("text/html", still_policy())


def kept_files(behind: Behind, asked: Asked) -> Still:
    """Return the page of the files of the whole visit; it names the host, for calendars."""
    return behind.rendered(files_mark(behind), asked, lambda: _rendered(behind))


def files_mark(behind: Behind) -> str:
    """Return what tells the page of the files from the same for another host, or without maps."""
    return f"files.{behind.host_mark}" if can_draw() else f"files.{behind.host_mark}.bare"


def _rendered(behind: Behind) -> str:
    """The page of the files, each with its size; a map has a file for each day."""
    token, kind = behind.token, behind.kind
    found = _opened(token, kind)
    shown, files = Shown.asked(found.content), _files(found, kind)
    followed = _address(token, kind, "calendar")
    rows = [
        FileRow(form.name, form.use, label, _address(token, kind, view, **where), _size_text(size))
        for suffix, form in FORMS.items()
        for view, where, label, size in _made(files, suffix)
    ]
    return render_template(
        "participant/files.html",
        files=rows,
        has_rain=found.content.rain is not None,
        calendar_url=f"webcal://{host().partition('://')[2]}{followed}",
        calendar_address=f"{host()}{followed}",
        page_url=url_for(f"participant.{WHO[kind]}", token=token, **kept()),
        **shown.view(),
    )


def _made(files: VisitFiles, suffix: str) -> Iterator[tuple[str, dict[str, str], str, int]]:
    """Yield the files of a form: the view that gives it, what its address says, its day, its size."""
    if suffix != MAP:
        yield "file", {"form": suffix}, "", len(files.one(suffix).data)
        return
    days = files.opened.content.visit.days
    for number, made in files.maps:
        if len(days) == 1:
            yield "map_file", {}, "", len(made.data)
        else:
            label = long_date(days[number - 1].date, language())
            yield "map_file", {"day": str(number)}, label, len(made.data)


def _address(token: str, kind: str, view: str, **where: str) -> str:
    asked = {"party": kept()["party"]} if "party" in kept() else {}
    words: dict[str, Any] = {**where, **asked, "lang": language()}
    return url_for(f"files.{WHO[kind]}_{view}", token=token, **words)


def _size_text(size: int) -> str:
    """How much a file weighs, in whole kilobytes as disks count them."""
    return format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=locale_of(language()))
