"""A map or timetable is sent: whole by a plain form, or in pieces by a script, for files of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, request, url_for

from planner.errors import Fault, InvalidInputError
from planner.runner.kinds import TOWN_FILE
from planner.services.jobs.asking import start
from planner.services.town.uploads import Upload
from planner.web.account.auth import needed_user
from planner.web.frame.context import services
from planner.web.town.base import blueprint, last_job
from planner.words.translation import _

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WHY = {
    "kind": _("No file of a map (.osm, .osm.gz, .osm.bz2, .osm.pbf) or timetable (.zip)."),
    "size": _("The file is too large."),
    "room": _("The disk has no room for it: three times the file’s size has to be free."),
    "gone": _("The file did not come whole. Send it again."),
    "busy": _("Something else is under way. Send the file when it has ended."),
    "broken": _("The file cannot be unpacked. Get it again."),
}


@blueprint.post("/upload")
def upload() -> ResponseReturnValue:
    """Take a piece of a file, or all of it; once it is whole it is built beside."""
    sent, form = request.files.get("file"), request.form
    if sent is None:
        return _refused("gone")
    total = form.get("total", type=int)
    is_whole = total is None
    if total is None:
        total = sent.stream.seek(0, 2)
        sent.stream.seek(0)
    offset = form.get("offset", 0, type=int)
    taking = Upload(services().settings.data_dir, services().settings.town_upload_mb * 1_000_000)
    try:
        if offset == 0:
            _refuse_two()
            taking.begin(form.get("kind", ""), form.get("name") or sent.filename or "", total)
        here = taking.take(offset, sent.stream, total)
    except InvalidInputError as error:
        return _refused(error.details[0].code)
    if here < total:
        return jsonify(here=here)
    context = services()
    with context.database.writing() as session:
        args = {"name": form.get("town", "").strip()[:80], "at": context.now()}
        start(session, TOWN_FILE, args, context.now(), by=needed_user().id)
    if is_whole:
        return redirect(url_for("town.show"), code=303)
    return jsonify(here=here, done=True)


def _refuse_two() -> None:
    """Keep what is being built from: another file waits."""
    with services().database.session() as session:
        job = last_job(session)
    if job is not None and job.is_open:
        raise InvalidInputError("busy", details=(Fault("/file", "busy", "busy"),))


def _refused(code: str) -> ResponseReturnValue:
    why = str(WHY[code])
    if "total" in request.form:
        return jsonify(error=why), 422
    flash(why, "warn")
    return redirect(url_for("town.show"), code=303)
