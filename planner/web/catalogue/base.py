"""What the catalogue's pages share: the blueprint, its guard, the map in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint

from planner.errors import NetworkMissingError
from planner.outputs.catalogue.words import column_name, quality_text, site_name, theme_name, value_text
from planner.web.account.auth import organiser_required
from planner.web.frame.context import services
from planner.web.frame.maps import map_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.outputs.maps.content import MapContent
    from planner.services.travel.town import Town

blueprint = Blueprint("catalogue", __name__, url_prefix="/sites")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """The words of the catalogue, for its templates."""
    words = (column_name, quality_text, site_name, theme_name, value_text)
    return {"section": "sites", **{function.__name__: function for function in words}}


def map_parts(draw: Callable[[Town], MapContent]) -> dict[str, Any]:
    """What a page needs to show a map; without streets in force there is none."""
    try:
        town = services().town
    except NetworkMissingError:
        return map_view(None)
    return map_view(draw(town))
