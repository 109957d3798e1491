"""The rain version of a released visit, on the phone: a page of its own, as kept as the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort

from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.web.frame.headers import still_policy
from planner.web.frame.scripts import inline_script
from planner.web.links.opened import release_of
from planner.web.links.still import Asked, Behind, Still
from planner.web.participant.page import EARLY, FIRST, map_module, visit_page
from planner.web.participant.shown import Shown

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("rain", __name__)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/rain", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/rain", defaults={"kind": GUIDE})
def show(token: str, kind: str) -> BaseResponse:
    """The phone page as it is when it rains."""
    behind = Behind.link_of(token, kind)
    policy = still_policy(inline_script(EARLY), inline_script(FIRST))
    return kept_page(behind, behind.asked()).response("text/html", policy)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/rain/map.js", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/rain/map.js", defaults={"kind": GUIDE})
def chart(token: str, kind: str) -> BaseResponse:
    """The script of its map."""
    behind = Behind.link_of(token, kind)
    return kept_map(behind, behind.asked()).response("text/javascript")


def kept_page(behind: Behind, asked: Asked) -> Still:
    """Return the page of a day, a party and a language."""
    return behind.rendered("rain", asked, lambda: _rendered(behind, asked))


def kept_map(behind: Behind, asked: Asked) -> Still:
    """Return the module that draws its map."""
    return behind.rendered("rainmap", asked, lambda: map_module(_shown(behind)))


def map_address(behind: Behind, asked: Asked) -> str:
    """Return where that module is."""
    return behind.address("/rain/map.js", asked, of=str(behind.link.release))


def _shown(behind: Behind) -> Shown:
    content = release_of(behind.token, behind.kind).rain
    return Shown.asked(content) if content else abort(404)


def _rendered(behind: Behind, asked: Asked) -> str:
    """The page without what is made of the other version: calendar, sheets and the copy on the phone."""
    words = Asked(0, asked.party, asked.language)
    return visit_page(
        _shown(behind),
        is_guides=behind.kind == GUIDE,
        is_rain=True,
        link_path=behind.path,
        changes_url=behind.address("/changes", words),
        print_url=behind.address("/print", words),
        files_url=behind.address("/files", words),
        hosts_url=behind.address("/hosts", Asked(0, "", asked.language)) if behind.kind == GUIDE else "",
        map_url=map_address(behind, asked),
        picture_url="",
    )
