"""What was pressed, read from JSON (a page with scripts) or from a form (one without)."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Annotated, Any

from flask import request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from planner.domain.clock import Instant, TownClock
from planner.domain.live.events import EventKind, Phase
from planner.errors import EditRefusedError, InvalidInputError, Reason
from planner.services.live.acting import MOST_MINUTES, MOST_PEOPLE, MOST_TEXT, Saying

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent

LARGEST = 2**53
Text = Annotated[str, Field(max_length=MOST_TEXT)]
Name = Annotated[str, Field(max_length=80)]
Second = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]


class Heard(BaseModel):
    """The body of a press. `said` and `offset` are seconds; `until` is a local time."""

    model_config = ConfigDict(extra="ignore")

    kind: EventKind
    day: int = Field(default=1, ge=1, le=100)
    party: Name = ""
    stop: Name = ""
    minutes: int = Field(default=0, ge=-MOST_MINUTES, le=MOST_MINUTES)
    text: Text = ""
    other: Name = ""
    people: int = Field(default=0, ge=0, le=MOST_PEOPLE)
    phase: Phase = Phase.BEFORE
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)
    until: Name = ""
    said: Second | None = None
    offset: Second = 0
    hand: Name = ""


def heard(content: ReleaseContent) -> Saying:
    """Return what this request says about a visit.

    Raises
    ------
    InvalidInputError
        If it is nothing that one can press.
    """
    body = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if request.is_json and not isinstance(body, dict):
        raise _unfit()
    fields = {key: value for key, value in (body or {}).items() if value != ""}
    try:
        read = Heard.model_validate(fields)
    except ValidationError as error:
        raise _unfit() from error
    return _saying(read, content, _key(fields))


def _key(fields: dict[str, Any]) -> str:
    """The id of a press: the header of a script, the field of a form; a form without one gets one."""
    key = request.headers.get("Idempotency-Key") or fields.get("key")
    return str(key) if key else f"{time.time_ns() // 10**6:x}-{secrets.token_hex(8)}"


def _saying(read: Heard, content: ReleaseContent, key: str) -> Saying:
    has_place = read.lon is not None and read.lat is not None
    return Saying(
        id=key,
        kind=read.kind,
        day=read.day - 1,
        party=read.party,
        stop=read.stop,
        minutes=read.minutes,
        text=read.text,
        other=read.other,
        people=read.people,
        phase=read.phase,
        place=(read.lon or 0.0, read.lat or 0.0) if has_place else None,
        until=_until(read, content),
        said=read.said,
        offset_s=read.offset,
        hand=read.hand,
    )


def _until(read: Heard, content: ReleaseContent) -> Instant | None:
    """The instant of a local time on the day."""
    if not read.until or read.day > len(content.visit.days):
        return None
    clock = TownClock(content.network.timezone)
    try:
        return clock.instant(content.visit.days[read.day - 1].date, read.until)
    except EditRefusedError as error:
        raise _unfit() from error


def _unfit() -> InvalidInputError:
    return InvalidInputError("this is nothing that one can press", reason=Reason.UNKNOWN_EVENT)
