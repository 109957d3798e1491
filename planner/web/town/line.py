"""What every page of the desk says in one line: that the streets are a sketch, and where the real map is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import NetworkMissingError
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Give the templates `sketch_town()`."""
    app.jinja_env.globals["sketch_town"] = _is_sketch


def _is_sketch() -> bool:
    try:
        return services().town.network.meta.is_sketch
    except NetworkMissingError:
        return False
