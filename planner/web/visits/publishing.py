"""What publishing would do: which version it makes, what readers are told, and what is asked before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import request

from planner.domain.limits import LANGUAGES
from planner.domain.releases import ToFollow
from planner.domain.text import LocalText
from planner.errors import InvalidInputError
from planner.services.visits import editing
from planner.services.visits import publish as publishing
from planner.services.visits.drafts import Draft
from planner.services.visits.publish import Publishing
from planner.services.visits.readiness.points import Need
from planner.services.visits.releasing import open_in_release, released_draft, still_held
from planner.web.account.auth import needed_user
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.visits.ready import OpenRow, open_rows
from planner.words.changes import change_lines
from planner.words.formats import short_day
from planner.words.paper_changes import changes_of_all
from planner.words.refusals import fault_text, refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.releases import ReleaseContent
    from planner.web.visits.opened import OpenedVisit

LONGEST_NOTE = 400


@dataclass(frozen=True)
class PublishForm:
    """What was chosen before publishing; `is_sure` says to publish what is broken too."""

    held: tuple[ToFollow, ...] = ()
    note: LocalText = field(default_factory=dict)
    is_sure: bool = False

    @classmethod
    def sent(cls) -> PublishForm:
        """Read it from this request."""
        days = (ToFollow(date=date) for date in request.form.getlist("hold_day"))
        parties = (ToFollow(party=name) for name in request.form.getlist("hold_party"))
        note = {code: request.form.get(f"note_{code}", "").strip()[:LONGEST_NOTE] for code in LANGUAGES}
        told = {code: text for code, text in note.items() if text}
        return cls((*days, *parties), told, request.form.get("anyway") == "1")

    @property
    def how(self) -> Publishing:
        """Return how the visit is to be published."""
        return Publishing(self.held, self.note)


@dataclass(frozen=True)
class NextRelease:
    """What the next release would be; `broken` is what is to mend in it, `faults` why there would be none.

    `told` are the lines that readers get, None while nothing is published; `changes` what else was edited.
    """

    number: int
    form: PublishForm
    broken: tuple[OpenRow, ...]
    faults: tuple[str, ...]
    told: tuple[str, ...] | None
    changes: tuple[str, ...]
    days: tuple[tuple[str, str, bool], ...]
    parties: tuple[tuple[str, bool], ...]

    @property
    def is_new(self) -> bool:
        """Whether it would differ from what is shown, or could by what is chosen."""
        return self.told is None or bool(self.told or self.changes or self.days or self.parties)

    def view(self) -> dict[str, Any]:
        """What the page shows of it."""
        return {"next": self, "languages": LANGUAGES, "longest_note": LONGEST_NOTE}


def next_release(session: Session, opened: OpenedVisit, form: PublishForm | None) -> NextRelease:
    """Return what publishing would do; without a form, what is held back stays held back."""
    context, visit = services(), opened.visit
    row = editing.owned(session, needed_user(), opened.state.id)
    before = publishing.shown_release(session, row)
    form = form or PublishForm(still_held(visit, before.to_follow if before else ()))
    try:
        plan = released_draft(session, context.desk_town, visit, form.held, context.now())
    except InvalidInputError as error:
        plan = Draft(None, error.faults)
    points = open_in_release(visit, form.held, plan, opened.said).of(Need.MEND)
    since = publishing.unpublished_changes(session, row)
    sites = {**(before.sites if before else {}), **opened.sites}
    return NextRelease(
        number=publishing.next_release(session, row.id),
        form=form,
        broken=open_rows(opened, [point for point in points if point.fault is None]),
        faults=_faults(plan),
        told=_told(before, plan),
        changes=tuple(change_lines(since or (), visit, sites, language())),
        days=_days(opened, form),
        parties=_parties(opened, form),
    )


def _faults(plan: Draft) -> tuple[str, ...]:
    """Why there would be no release: the day or its rain version cannot be planned."""
    wet = plan.rain.faults if plan.rain else ()
    told = {fault_text(fault): None for fault in plan.faults}
    in_rain = (gettext("In the rain version: %(text)s", text=fault_text(fault)) for fault in wet)
    return (*told, *(() if told else dict.fromkeys(in_rain)))


def _told(before: ReleaseContent | None, plan: Draft) -> tuple[str, ...] | None:
    if before is None:
        return None
    return () if plan.content is None else tuple(changes_of_all(before, plan.content, language()))


def _days(opened: OpenedVisit, form: PublishForm) -> tuple[tuple[str, str, bool], ...]:
    """The days that can be held back: (ISO date, name, is held back); none where there is one day alone."""
    held = {one.date for one in form.held}
    dates = [day.date for day in opened.visit.days]
    if len(dates) == 1:
        return ()
    return tuple((date.isoformat(), short_day(date, language()), date.isoformat() in held) for date in dates)


def _parties(opened: OpenedVisit, form: PublishForm) -> tuple[tuple[str, bool], ...]:
    """The parties that can be held back: those that go apart on some day."""
    held = {one.party for one in form.held}
    ways = opened.plan.content.parties if opened.plan.content else ()
    names = dict.fromkeys(way.name for of_day in ways for way in of_day)
    return tuple((name, name in held) for name in names)


def refused_text(error: InvalidInputError) -> str:
    """Say why nothing was published."""
    return gettext("Not published: %(reason)s", reason=refusal_text(error))
