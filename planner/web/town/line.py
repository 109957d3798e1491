"""What every page of the desk says in one line: no town yet, streets are a sketch, a timetable ends soon."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.errors import NetworkMissingError
from planner.services.town.none_yet import has_none
from planner.services.town.state import SOON
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Give the templates `no_town()`, `sketch_town()` and `feed_ends()`."""
    app.jinja_env.globals.update(no_town=_is_missing, sketch_town=_is_sketch, feed_ends=_feed_ends)


def _is_missing() -> bool:
    return has_none(services().settings.data_dir)


def _is_sketch() -> bool:
    try:
        return services().town.network.meta.is_sketch
    except NetworkMissingError:
        return False


def _feed_ends() -> bool:
    """Whether a timetable in force is over, or will be within two weeks."""
    try:
        town = services().town
    except NetworkMissingError:
        return False
    timetable = town.timetable
    soon = town.clock.local(services().now()).date() + SOON
    return timetable is not None and bool(timetable.outdated(soon + dt.timedelta(days=1)))
