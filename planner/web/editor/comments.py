"""What colleagues say of the stops of the day: a count in each row, all at the one that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.services.together import access
from planner.services.together import comments as saying
from planner.services.together.access import Right
from planner.web.account.auth import needed_user
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.words.formats import short_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from planner.domain.clock import Instant
    from planner.services.visits.editing import State


def comments_view(session: Session, state: State, day: int) -> dict[str, Any]:
    """Return the comments of a day by stop, and how many of each stop are open."""
    row = access.needed(session, needed_user(), state.id, Right.EDIT)
    said = saying.of_day(saying.comments(session, row), day)
    return {
        "said_of": said,
        "talk": {stop: sum(one.settled is None for one in all_of) for stop, all_of in said.items()},
        "comment_words": comment_words(),
    }


def comment_words() -> Callable[[Instant], str]:
    """Return what tells an instant by day and hour, in the town's time."""
    clock = services().desk_town.clock

    def told(at: Instant) -> str:
        return f"{short_day(clock.local(at).date(), language())}, {clock.face(at)}"

    return told
