"""The pages of a visit, with how much is open on each: templates ask by `visit_nav(visit_id)`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import request, url_for

from planner.services.together import access
from planner.services.together import comments as saying
from planner.services.together.access import Right
from planner.services.visits.readiness.points import Need
from planner.web.account.auth import needed_user
from planner.web.frame.context import services
from planner.web.visits.opened import opened_visit
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True)
class NavLink:
    """A page of a visit: `count` is how much is open there, `counted` says of what it is the number.

    One that `is_aside` stands apart, and only where there is room.
    """

    name: str
    url: str
    is_here: bool
    count: int = 0
    counted: str = ""
    is_aside: bool = False


def visit_nav(visit_id: int, shown_day: int | None = None) -> list[NavLink]:
    """Return the pages of a visit that are open to who asks, in the order in which they are needed.

    The plan is led to on the day (from 1) that is shown, else on the one that the address has.
    """
    with services().database.session() as session:
        opened = opened_visit(session, visit_id, Right.READ)
        row = access.needed(session, needed_user(), visit_id, Right.READ)
        talk = sum(one.settled is None for one in saying.comments(session, row))
    points, messages = opened.points, len(opened.pending.listed)
    hosts = points.hosts
    rest = points.count(Need.MEND) + points.count(Need.CONFIRM) - hosts
    unasked = ngettext("%(num)s not confirmed", "%(num)s not confirmed", hosts)
    to_tell = ngettext("%(num)s host to tell", "%(num)s hosts to tell", messages)
    of_hosts = ", ".join(text for text, count in ((unasked, hosts), (to_tell, messages)) if count)
    still = ngettext("%(num)s thing still open", "%(num)s things still open", rest)
    day = str(shown_day) if shown_day and shown_day > 1 else request.args.get("day")
    ready = _link(gettext("Ready?"), "ready.show", visit_id, rest, still)
    past = replace(_link(gettext("History"), "history.show", visit_id), is_aside=True)
    said = ngettext("%(num)s open comment", "%(num)s open comments", talk)
    talked = _link(gettext("Comments"), "comments.show", visit_id, talk, said)
    if opened.right < Right.EDIT:
        return [_link(gettext("Plan"), "reading.show", visit_id, day=day), ready, talked, past]
    return [
        _link(gettext("Plan"), "editor.show", visit_id, day=day),
        _link(gettext("Hosts"), "visit_hosts.show", visit_id, hosts + messages, of_hosts),
        ready,
        _link(gettext("Share"), "sharing.show", visit_id),
        replace(talked, is_aside=True),
        past,
    ]


def _link(
    name: str, view: str, visit_id: int, count: int = 0, counted: str = "", day: str | None = None
) -> NavLink:
    url = url_for(view, visit_id=visit_id, day=day)
    is_here = request.endpoint == view or (view == "editor.show" and request.blueprint == "editor")
    return NavLink(name, url, is_here, count, counted if count else "")


def install(app: Flask) -> None:
    """Let all templates show the pages of a visit."""
    app.jinja_env.globals["visit_nav"] = visit_nav
