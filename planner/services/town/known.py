"""What administrators have said of the town: whom servers may write to, the addresses of timetables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.download.receive import can_be_sent
from planner.errors import Fault, InvalidInputError
from planner.store.town import keep_setting, setting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

MOST_FEEDS, LONGEST = 20, 500
LEAST_CONTACT = 5


def contact(session: Session) -> str:
    """Whom the servers that are asked may write to; "" while nobody has said so."""
    return str(setting(session, "contact") or "")


def keep_contact(session: Session, text: str) -> str:
    """Keep an e-mail or web address.

    Raises
    ------
    InvalidInputError
        If it is none: then nothing may be asked.
    """
    clean = text.strip()
    is_address = "@" in clean or clean.startswith(("https://", "http://"))
    if not (
        LEAST_CONTACT <= len(clean) <= LONGEST and is_address and can_be_sent(clean) and " " not in clean
    ):
        raise InvalidInputError("no address", details=(Fault("/contact", "contact", "no address"),))
    keep_setting(session, "contact", clean)
    return clean


def feeds(session: Session) -> tuple[str, ...]:
    """The addresses of the timetables, in the order in which they count."""
    return tuple(str(one) for one in setting(session, "feeds") or ())


def keep_feeds(session: Session, addresses: Iterable[str]) -> tuple[str, ...]:
    """Keep the addresses of timetables, each once.

    Raises
    ------
    InvalidInputError
        If one is no https address, or there are too many.
    """
    named = tuple(dict.fromkeys(one.strip() for one in addresses if one.strip()))
    wrong = [one for one in named if not one.startswith(("https://", "http://")) or len(one) > LONGEST]
    if wrong or len(named) > MOST_FEEDS:
        raise InvalidInputError("no addresses", details=(Fault("/feeds", "feeds", "no https address"),))
    keep_setting(session, "feeds", list(named))
    return named
