"""The page "Who comes": counts of needs of a visit and its parties, without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from planner.domain.attendees.counts import DIETS, ON_THE_WAY, SPOKEN, AttendeeKind, Attendees, Count, fitted
from planner.domain.limits import MOST_PEOPLE
from planner.outputs.sheets.parts.needs import DIET_NAMES, KINDS, needs_text
from planner.services.paper.attendees import attendees_of, keep_attendees
from planner.services.paper.people import is_over, last_kept
from planner.services.visits import editing
from planner.services.visits.editing import DraftEdit
from planner.web.account.auth import needed_user, organiser_required
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.hosts.page import today
from planner.web.visits.opened import opened_visit
from planner.words.formats import language_name, short_day
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from planner.domain.visits import Visit

blueprint = Blueprint("attendees", __name__, url_prefix="/visits/<int:visit_id>/attendees")


@dataclass(frozen=True)
class CountField:
    """A number on the page."""

    name: str
    label: str
    value: int


@dataclass(frozen=True)
class PartyFields:
    """The numbers of a party, '' of those in none: what matters on the way, diets, languages."""

    title: str
    size: int
    groups: tuple[tuple[str, tuple[CountField, ...]], ...]


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """Who comes, party by party, to be filled in."""
    with services().database.session() as session:
        opened = opened_visit(session, visit_id)
        known = attendees_of(session, visit_id, opened.visit, today())
    page = render_template(
        "visits/attendees.html",
        **opened.head(),
        parties=_parties(opened.visit, known),
        told=needs_text(known, language()),
        kept_until=short_day(last_kept(opened.visit), language()),
        is_over=is_over(opened.visit, today()),
    )
    return page, {"Cache-Control": "no-store"}


@blueprint.post("/keep")
def keep(visit_id: int) -> ResponseReturnValue:
    """Keep the counts, and let the plan follow them if it is to."""
    context = services()
    with context.database.writing() as session:
        row = editing.owned(session, needed_user(), visit_id, lock=True)
        visit = editing.state(session, row).visit
        if is_over(visit, today()):
            flash(gettext("The visit is over: no names are kept any more."), "fail")
            return _back(visit_id)
        attendees = _sent(visit)
        if wrong := _too_many(visit, attendees):
            flash(wrong, "fail")
            return _back(visit_id)
        keep_attendees(session, visit_id, attendees)
        if request.form.get("follow"):
            edit = DraftEdit("visit", row.head, lambda before: fitted(before, attendees))
            editing.apply(session, needed_user(), visit_id, edit, context.now())
    flash(gettext("It is kept who comes."), "done")
    return _back(visit_id)


def _names(visit: Visit) -> list[tuple[str, int]]:
    """The parties with their sizes; '' is the whole group, or who is in no party yet."""
    return [(party.name, party.size) for party in visit.parties] or [("", visit.group_size)]


def _kinds() -> Iterator[tuple[str, list[tuple[AttendeeKind, str, str]]]]:
    """What is asked, in its groups: kind, detail and label."""
    yield gettext("On the way"), [(kind, "", str(KINDS[kind])) for kind in ON_THE_WAY]
    yield gettext("Diets"), [(AttendeeKind.DIET, diet, str(DIET_NAMES[diet])) for diet in DIETS]
    spoken = [(AttendeeKind.LANGUAGE, code, language_name(code, language())) for code in SPOKEN]
    yield gettext("Languages that are needed"), spoken


def _parties(visit: Visit, known: Attendees) -> list[PartyFields]:
    found = []
    for number, (name, size) in enumerate(_names(visit)):
        own = Attendees(tuple(one for one in known.counts if one.party == name))
        groups = tuple(
            (
                title,
                tuple(
                    CountField(_field(number, kind, detail), label, own.number(kind, detail))
                    for kind, detail, label in asked
                ),
            )
            for title, asked in _kinds()
        )
        title = gettext("Party %(name)s", name=name) if name else gettext("The whole group")
        found.append(PartyFields(title, size, groups))
    return found


def _field(number: int, kind: AttendeeKind, detail: str) -> str:
    return f"{number}-{kind}-{detail}" if detail else f"{number}-{kind}"


def _sent(visit: Visit) -> Attendees:
    counts = []
    for number, (name, _size) in enumerate(_names(visit)):
        for _title, asked in _kinds():
            for kind, detail, _label in asked:
                typed = request.form.get(_field(number, kind, detail), 0, type=int)
                counts.append(Count(name, kind, detail, min(max(typed, 0), MOST_PEOPLE)))
    return Attendees(tuple(one for one in counts if one.number))


def _too_many(visit: Visit, attendees: Attendees) -> str:
    """Say which count is larger than its party, '' where none is."""
    sizes = dict(_names(visit))
    over = next((one for one in attendees.counts if one.number > sizes[one.party]), None)
    if over is None:
        return ""
    words = {"number": over.number, "size": sizes[over.party]}
    return gettext("Not kept: %(number)s are more than the %(size)s people who come.", **words)


def _back(visit_id: int) -> ResponseReturnValue:
    return redirect(url_for("attendees.show", visit_id=visit_id), code=303)
