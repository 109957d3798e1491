"""What is in force and what lies beside it; getting, comparing, taking over, putting back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, request, url_for

from planner.built import before
from planner.errors import InvalidInputError, NetworkMissingError
from planner.runner.kinds import TOWN_FEEDS, TOWN_MAP
from planner.services.jobs.asking import cancel, start
from planner.services.town.beside import Beside
from planner.services.town.known import contact, feeds, keep_contact, keep_feeds
from planner.services.town.none_yet import has_none
from planner.services.town.state import town_state
from planner.services.town.takeover import put_back, take_over
from planner.web.account.auth import needed_user
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.web.town import sending, sites
from planner.web.town.base import blueprint, last_job
from planner.web.town.told import beside_view
from planner.words.translation import gettext

if TYPE_CHECKING:
    import datetime as dt

    from flask.typing import ResponseReturnValue

    from planner.domain.jobs.job import JobKind

__all__ = ["blueprint"]

PAGES = (sending, sites)
"""The modules that give the blueprint its other pages."""

LARGEST_KM2 = 1000


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The page."""
    return _page()


@blueprint.get("/progress")
def progress() -> ResponseReturnValue:
    """How far the newest job is, for the page that waits for it."""
    with services().database.session() as session:
        job = last_job(session)
    return jsonify(line=job.line if job else "", said=job.said if job else "", open=bool(job and job.is_open))


@blueprint.post("/map")
def get_map() -> ResponseReturnValue:
    """Get the real map of a place: only once somebody has said whom the servers may write to."""
    place = " ".join(request.form.get("place", "").split())[:200]
    try:
        with services().database.writing() as session:
            whom = keep_contact(session, request.form.get("contact", ""))
    except InvalidInputError:
        return _page(wrong="contact", typed={"contact": request.form.get("contact", ""), "place": place}), 422
    if not place:
        return _page(wrong="place", typed={"contact": whom}), 422
    return _started(TOWN_MAP, {"place": place})


@blueprint.post("/feeds")
def name_feeds() -> ResponseReturnValue:
    """Keep the addresses of timetables, and fetch them if that is asked for."""
    typed = request.form.get("feeds", "")
    try:
        with services().database.writing() as session:
            named = keep_feeds(session, typed.splitlines())
    except InvalidInputError:
        return _page(wrong="feeds", typed={"feeds": typed}), 422
    if "fetch" in request.form and named:
        return _started(TOWN_FEEDS, {})
    flash(gettext("Kept."), "done")
    return _back()


@blueprint.post("/jobs/<int:work_id>/cancel")
def stop(work_id: int) -> ResponseReturnValue:
    """Cancel a job."""
    with services().database.writing() as session:
        cancel(session, work_id, services().now())
    return _back()


@blueprint.post("/take-over")
def bring_into_force() -> ResponseReturnValue:
    """Take the town beside over."""
    with services().database.writing() as session:
        take_over(session, services().settings.data_dir, _today())
        note(session, Act.TOWN_TAKEN_OVER)
    flash(gettext("In force. What was in force before can be put back."), "done")
    return _back()


@blueprint.post("/put-back")
def bring_back() -> ResponseReturnValue:
    """Put back what was in force before."""
    with services().database.writing() as session:
        put_back(session, services().settings.data_dir, _today())
        note(session, Act.TOWN_PUT_BACK)
    flash(gettext("Put back."), "done")
    return _back()


@blueprint.post("/throw-away")
def throw_away() -> ResponseReturnValue:
    """Throw the town beside away."""
    Beside(services().settings.data_dir).throw_away()
    flash(gettext("Thrown away."), "done")
    return _back()


def _started(kind: JobKind, args: dict[str, str]) -> ResponseReturnValue:
    with services().database.writing() as session:
        start(session, kind, args, services().now(), by=needed_user().id)
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("town.show"), code=303)


def _today() -> dt.date:
    return services().desk_town.clock.local(services().now()).date()


def _page(wrong: str = "", typed: dict[str, str] | None = None) -> str:
    context = services()
    data_dir = context.settings.data_dir
    try:
        town = context.town
    except NetworkMissingError:
        town = None
    with context.database.session() as session:
        values = {"contact": contact(session), "feeds": "\n".join(feeds(session)), "place": ""}
        if town is not None:
            values["place"] = town.network.meta.name
        return render_template(
            "town/index.html",
            state=town_state(session, town, context.now()) if town else None,
            beside=beside_view(session, Beside(data_dir), context.settings.school),
            can_put_back=before(data_dir) is not None,
            begins=has_none(data_dir),
            job=last_job(session),
            wrong=wrong,
            typed=values | (typed or {}),
            most_mb=context.settings.town_upload_mb,
            most_km2=LARGEST_KM2,
            asked=(context.settings.nominatim_url, context.settings.overpass_url),
        )
