"""What a request asks for: a visit, a day of it, and the revision that was on the screen.

Pages count days from 1 in their addresses, and so do the forms about parties; the editor's forms count them
from 0, as everything behind the pages does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, request, url_for

from planner.services.together.access import Right
from planner.services.visits import editing
from planner.web.frame.context import services

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.visits import Visit
    from planner.services.accounts.users import User
    from planner.services.visits.editing import State


def own_state(session: Session, user: User, visit_id: int, right: Right = Right.EDIT) -> State:
    """Return the visit asked for as it is now, to who may do with it what `right` says.

    Raises
    ------
    NotThereError
        If there is none such, or it is no business of this user's.
    NotAllowedError
        If they may do less.
    """
    return editing.state(session, editing.owned(session, user, visit_id, right=right))


def host() -> str:
    """Return how addresses on paper and in links begin: PUBLIC_URL, else as whoever asks reaches us."""
    return services().settings.public_url or request.host_url.rstrip("/")


def address_of(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page, to be handed on."""
    return host() + url_for(endpoint, **values)


def base() -> int:
    """Return the revision that was on the screen when a form was sent, 0 where it is not said."""
    return request.form.get("base", default=0, type=int)


def day_number(usual: int = 1) -> int:
    """Return the number of the day asked for, from 1, whether the visit has it or not."""
    return request.values.get("day", default=usual, type=int)


def nearest_day(visit: Visit, usual: int = 1) -> int:
    """Return the day asked for, from 0; where the visit has no such day, the nearest that it has."""
    return min(max(day_number(usual), 1), len(visit.days)) - 1


def needed_day(visit: Visit) -> int:
    """Return the day asked for, from 0; where the visit has no such day, the page is not found."""
    number = day_number()
    if not 1 <= number <= len(visit.days):
        abort(404)
    return number - 1


def edited_day() -> int:
    """Return the day on which a form of the editor was sent, from 0."""
    return request.form.get("day", default=0, type=int)
