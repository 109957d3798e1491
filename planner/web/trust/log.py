"""Who did what, for administrators: a page to be narrowed, and the same as a table to take away."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, render_template, request, url_for

from planner.domain.clock import TownClock
from planner.errors import NetworkMissingError
from planner.outputs.files.table import BOM, defused
from planner.services.trust import audit
from planner.services.trust.audit import Entry, Kind, Question
from planner.web.account.auth import admin_required
from planner.web.account.noting import Act, note
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.trust.acts import KINDS, act_text, author_text
from planner.words.formats import plain_date
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from planner.domain.clock import Instant

blueprint = Blueprint("log", __name__, url_prefix="/account")

LONGEST_NUMBER = 18


@blueprint.before_request
@admin_required
def _admins_only() -> None:
    """Who did what is for administrators to read."""


@blueprint.get("/log")
def show() -> ResponseReturnValue:
    """A page of the log, the newest first."""
    clock, question = _clock(), _question()
    with services().database.session() as session:
        entries, older = audit.entries(session, question, _number("below"))
        authors = audit.authors(session)
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("kind", "who", "from", "to") if request.args.get(name)
    }
    page = render_template(
        "trust/log.html",
        rows=[_row(entry, clock) for entry in entries],
        asked=asked,
        kinds=[(kind.value, str(words)) for kind, words in KINDS.items()],
        authors=[(str(number), name) for number, name in authors],
        older_url=url_for("log.show", **asked, below=older) if older else "",
        newest_url=url_for("log.show", **asked) if request.args.get("below") else "",
        file_url=url_for("log.take", **asked),
        days=services().settings.audit_days,
    )
    return page, {"Cache-Control": "no-store"}


@blueprint.get("/log.csv")
def take() -> Response:
    """All that is asked for, as a table; that it was taken is a line of the log."""
    clock, question = _clock(), _question()
    with services().database.writing() as session:
        text = _table(audit.all_entries(session, question), clock)
        note(session, Act.LOG_EXPORTED)
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="log.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(entry: Entry, clock: TownClock) -> dict[str, Any]:
    at = clock.local(entry.at)
    return {
        "iso": at.isoformat(),
        "date": plain_date(at.date(), language()),
        "time": at.time().isoformat("seconds"),
        "who": author_text(entry),
        "what": act_text(entry),
        "about": entry.about,
        "visit": entry.visit,
        "address": entry.address,
    }


def _table(entries: Iterable[Entry], clock: TownClock) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_head())
    for entry in entries:
        told = (author_text(entry), act_text(entry), entry.act.value if entry.act else "", entry.about)
        cells = (clock.local(entry.at).isoformat(), *told, str(entry.visit or ""), entry.address)
        writer.writerow([defused(cell) for cell in cells])
    return BOM + out.getvalue()


def _head() -> tuple[str, ...]:
    return (
        gettext("Date and time"),
        gettext("Who"),
        gettext("What"),
        gettext("Code"),
        gettext("About"),
        gettext("Visit"),
        gettext("Address on the network"),
    )


def _question() -> Question:
    kind = request.args.get("kind", "")
    return Question(
        Kind(kind) if kind in set(Kind) else None,
        _number("who"),
        _midnight("from"),
        _midnight("to", dt.timedelta(days=1)),
    )


def _number(name: str) -> int | None:
    """A number of the address; none where it is none that the database could hold."""
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST_NUMBER else None


def _midnight(name: str, later: dt.timedelta = dt.timedelta()) -> Instant | None:
    """When a day of the address begins, or one so much later; None where that is on no calendar."""
    try:
        return _clock().midnight(dt.date.fromisoformat(request.args.get(name, "")) + later)
    except (ValueError, OverflowError):
        return None


def _clock() -> TownClock:
    """The town's clock; where no town is built yet, the world's."""
    try:
        return services().desk_town.clock
    except NetworkMissingError:
        return TownClock("UTC")
