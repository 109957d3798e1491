"""What is due once a day, in a thread of its own beside the requests."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from planner.domain.clock import TownClock
from planner.errors import NetworkMissingError
from planner.services.upkeep.daily import tidy
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask

EVERY_S = 6 * 3600.0
"""Oftener than daily, so that a name that is due at midnight is gone in the morning."""

_LOG = logging.getLogger(__name__)


def keep_tidy(app: Flask, every_s: float = EVERY_S, ended: Event | None = None) -> Thread:
    """Start the thread; it ends with the process, or when it is told so."""
    thread = Thread(target=_again_and_again, args=(app, every_s, ended or Event()), daemon=True)
    thread.start()
    return thread


def tidied() -> int:
    """Do what is due; of how many visits names were forgotten. Needs an application context."""
    context = services()
    try:
        clock = context.town.clock
    except NetworkMissingError:
        clock = TownClock("UTC")
    now = context.now()
    with context.database.writing() as session:
        today = clock.local(now).date()
        return tidy(session, context.settings.data_dir, now, today, context.settings.audit_days)


def _again_and_again(app: Flask, every_s: float, ended: Event) -> None:
    while True:
        with app.app_context():
            try:
                tidied()
            except (SQLAlchemyError, OSError):  # a database that is being set up, a disk that is full
                _LOG.warning("the daily upkeep failed; it is tried again")
        if ended.wait(every_s):
            return
