"""What passed with hosts, noted: asked, confirmed, declined, told; and what is written down of them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, request, url_for

from planner.domain.clock import MINUTE_S, canonical_time
from planner.domain.edits import stops as edits
from planner.domain.hosts.arrangement import Agreed, Arrangement, HostAct, HostDetails, SiteStay
from planner.domain.hosts.keys import place_of
from planner.domain.limits import (
    LANGUAGES,
    LINE_LENGTH,
    LONGEST_DWELL_MIN,
    MOST_CAPACITY,
    MOST_PEOPLE,
    TEXT_LENGTH,
)
from planner.errors import EditRefusedError, NotThereError, Reason
from planner.outputs.sheets.parts.agreed import anchor_of
from planner.services.contacts.contacts import ASKED, RECEIVES, Contact, OwnerKind, keep_contact
from planner.services.hosts.arranging import (
    Noted,
    arrangements,
    keep_details,
    note,
    planned_for_hosts,
    stop_called,
)
from planner.services.hosts.keeping import local_text
from planner.services.hosts.reaching import HostPeople, host_people
from planner.services.hosts.telling import note_release
from planner.services.paper.people import is_over
from planner.services.visits import editing
from planner.services.visits.editing import DraftEdit
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import services
from planner.web.visits.hosts.letters import Letter, letter_address
from planner.web.visits.hosts.page import today
from planner.web.visits.opened import opened_visit
from planner.words.refusals import refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from planner.domain.hosts.keys import HostStop
    from planner.domain.releases import ReleaseContent
    from planner.domain.visits import Visit
    from planner.web.visits.opened import OpenedVisit

blueprint = Blueprint("host_notes", __name__, url_prefix="/visits/<int:visit_id>/hosts")

FROM_HOST = "stop"
"""The edit by which a stop takes the time that its host has agreed to, and how many they admit."""


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.post("/note")
def keep(visit_id: int) -> ResponseReturnValue:
    """Note what passed with a host; with `how` as "mail" it opens the letter by which it passes."""
    key, context = request.form.get("host", ""), services()
    try:
        with context.database.writing() as session:
            opened, act = opened_visit(session, visit_id), _act()
            before = opened.arranged.get(key, Arrangement(key))
            content, host = opened.plan.both, stop_called(opened.visit, key)
            if content is None or (content.rain is None and host is not None and host.is_rain):
                flash(gettext("The visit cannot be planned yet: the editor says why."), "warn")
                return _back(visit_id)
            planned = _planned(content, before)
            agreed = _agreed(planned) if act is HostAct.CONFIRMED else planned
            noted = Noted(needed_user().id, context.now())
            note(session, visit_id, key, (act, agreed), noted)
            if agreed != planned:
                _take_time(session, opened, key, agreed)
            if act is not HostAct.DECLINED:
                note_release(session, visit_id, key, agreed, noted, how=request.form.get("how", "call"))
            address = letter_address(session, opened, Letter(before, planned, _email(session, opened, key)))
    except EditRefusedError as error:
        flash(gettext("Not noted: %(reason)s", reason=refusal_text(error)), "fail")
        return _back(visit_id)
    if request.form.get("how") == "mail":
        return redirect(address, code=303)
    flash(_done(act), "done")
    return _back(visit_id, _anchor_of(opened.visit, key))


@blueprint.post("/details")
def details(visit_id: int) -> ResponseReturnValue:
    """Keep what is written down of a host, and whom to reach there."""
    key, form = request.form.get("host", ""), request.form
    with services().database.writing() as session:
        row = editing.owned(session, needed_user(), visit_id, lock=True)
        visit = editing.state(session, row).visit
        host = stop_called(visit, key)
        if host is None:
            raise NotThereError("there is no such host", reason=Reason.PAPER_MISSING)
        filled = _details()
        before = arrangements(session, visit_id).get(key, Arrangement(key)).details
        keep_details(session, visit_id, key, filled)
        if filled.capacity != before.capacity:
            room = "rain_capacity" if host.is_rain else "capacity"
            _change(session, row.head, (visit_id, host), {room: filled.capacity})
        if is_over(visit, today()):
            flash(gettext("The visit is over: no names are kept any more."), "fail")
            return _back(visit_id)
        for role, prefix in ((ASKED, "asked_"), (RECEIVES, "receives_")):
            person = Contact.read(form, prefix)
            keep_contact(session, OwnerKind.HOST, host.place, person, role=role, visit_id=visit_id)
    flash(gettext("It is written down."), "done")
    return _back(visit_id, _anchor_of(visit, key))


def _act() -> HostAct:
    act = request.form.get("act", "")
    if act not in list(HostAct):
        raise NotThereError("there is nothing such to note", reason=Reason.PAPER_MISSING)
    return HostAct(act)


def _planned(content: ReleaseContent, arrangement: Arrangement) -> Agreed:
    """What the draft has in store for a host; no stays where nobody comes to them any more."""
    planned, known = planned_for_hosts(content).get(arrangement.key), arrangement.known
    if planned is not None:
        return planned
    if known is None:
        raise NotThereError("there is no such host", reason=Reason.PAPER_MISSING)
    return replace(known, stays=())


def _agreed(planned: Agreed) -> Agreed:
    """What the form says was agreed; as planned where it says nothing of times."""
    people = min(request.form.get("people", planned.people, type=int), MOST_PEOPLE)
    time, minutes = request.form.get("time", "").strip(), request.form.get("minutes", 0, type=int)
    if not time or not 0 < minutes <= LONGEST_DWELL_MIN:
        return replace(planned, people=people)
    start = services().desk_town.clock.instant(planned.date, canonical_time(time))
    stay = SiteStay("", start, start + minutes * MINUTE_S, any(one.is_rain for one in planned.stays))
    return replace(planned, stays=(stay,), people=people)


def _take_time(session: Session, opened: OpenedVisit, key: str, agreed: Agreed) -> None:
    """Let the stop of a host begin and last as was agreed; at its place for rain only when it rains."""
    host = stop_called(opened.visit, key)
    if host is None or len(agreed.stays) != 1:
        return
    stay = agreed.stays[0]
    time = local_text(services().desk_town.clock, agreed.date, stay.start)
    minutes = (stay.leave - stay.start) // MINUTE_S
    names = ("rain_fixed", "rain_dwell_min") if host.is_rain else ("fixed", "dwell_min")
    _change(
        session, opened.state.head, (opened.state.id, host), dict(zip(names, (time, minutes), strict=True))
    )


def _change(session: Session, head: int, where: tuple[int, HostStop], fields: dict[str, Any]) -> None:
    """Change fields of the stop of a host, by its visit and place: an edit like those of the editor."""
    visit_id, host = where

    def change(visit: Visit) -> Visit:
        day = edits.change_stop(visit.days[host.day], host.stop.id, fields)
        return edits.with_day(visit, host.day, day)

    editing.apply(session, needed_user(), visit_id, DraftEdit(FROM_HOST, head, change), services().now())


def _email(session: Session, opened: OpenedVisit, key: str) -> str:
    people = host_people(session, opened.state.id, opened.visit, today())
    host = stop_called(opened.visit, key)
    return people.get(host.place if host else place_of(key), HostPeople()).asked.email


def _details() -> HostDetails:
    form = request.form
    deadline, code = None, form.get("language", "")
    with suppress(ValueError):
        deadline = dt.date.fromisoformat(form.get("deadline", ""))
    room = form.get("capacity", type=int)
    return HostDetails(
        deadline=deadline,
        language=code if code in LANGUAGES else "",
        door=form.get("door", "").strip()[:LINE_LENGTH],
        capacity=min(room, MOST_CAPACITY) if room and room > 0 else None,
        expects=form.get("expects", "").strip()[:TEXT_LENGTH],
    )


def _done(act: HostAct) -> str:
    return {
        HostAct.ASKED: gettext("It is noted that the host was asked."),
        HostAct.CONFIRMED: gettext("It is noted that the host has confirmed."),
        HostAct.DECLINED: gettext("It is noted that the host has declined."),
        HostAct.TOLD: gettext("It is noted that the host was told."),
    }[act]


def _anchor_of(visit: Visit, key: str) -> str:
    host = stop_called(visit, key)
    return anchor_of(host.day, host.stop.id, is_rain=host.is_rain) if host else ""


def _back(visit_id: int, anchor: str = "") -> ResponseReturnValue:
    return redirect(url_for("visit_hosts.show", visit_id=visit_id, _anchor=anchor or None), code=303)
