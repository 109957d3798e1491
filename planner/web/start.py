"""The first page: what this is."""

from __future__ import annotations

from flask import Blueprint, render_template

from planner.errors import NetworkMissingError
from planner.web.context import services

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def home() -> str:
    """Say what stands behind this address."""
    try:
        town = services().town.facts
    except NetworkMissingError:
        town = None
    return render_template("start.html", town=town)
