"""What whoever is signed in does is written into the audit log, in the transaction that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from planner.services.trust import audit
from planner.services.trust.audit import Act, Author
from planner.web.account import auth
from planner.web.frame.context import services

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.services.accounts.users import User

__all__ = ["Act", "note"]


def note(
    session: Session, act: Act, *, about: str = "", visit: int | None = None, by: User | None = None
) -> None:
    """Write down what is being done; by whom, where it is not who is signed in, says `by`."""
    author = Author(by or auth.current_user(), request.remote_addr or "")
    audit.note(session, act, author, services().now(), about=about, visit=visit)
