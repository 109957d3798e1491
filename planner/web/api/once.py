"""Calls that cost take an Idempotency-Key: a program that lost the answer asks again, and gets the same."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from flask import Response, request

from planner.services.trust import once
from planner.services.trust.once import Question
from planner.web.api.body import raw_body
from planner.web.frame.context import services
from planner.web.frame.i18n import language

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER, AGAIN = "Idempotency-Key", "Idempotent-Replayed"
OK = 200


def answered_once(view: Callable[[], Response]) -> Callable[[], Response]:
    """Answer a call with a key once, and tell the same again for a day; without a key, each time."""

    @functools.wraps(view)
    def answered() -> Response:
        key = request.headers.get(HEADER)
        return view() if key is None else _answered(view, key)

    return answered


def _answered(view: Callable[[], Response], key: str) -> Response:
    database, now = services().database, services().now()
    question = Question.of(request.path, key, language().encode() + b"\n" + raw_body())
    with database.writing() as session:
        kept = once.begin(session, question, now)
    if kept is not None:
        response = Response(kept.answer, kept.status, mimetype="application/json")
        response.headers[AGAIN] = "true"
        return response
    is_kept = False
    try:
        response = view()
        with database.writing() as session:
            once.keep(session, question, response.status_code, response.get_data())
        is_kept = response.status_code == OK
    finally:
        if not is_kept:
            with database.writing() as session:
                once.drop(session, question)
    return response
