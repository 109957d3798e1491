"""Pages by secret link: the participant's and the guide's, on the phone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from planner.domain.limits import LANGUAGES
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.maps.paper.sheets import sheets_of
from planner.outputs.timeline.now import now_cards
from planner.web.frame.headers import still_policy
from planner.web.frame.maps import map_view
from planner.web.frame.scripts import WORKER, inline_script, joined_file, module_url
from planner.web.links.opened import release_of
from planner.web.links.still import Asked, Behind, Still
from planner.web.participant.held import held_paper
from planner.web.participant.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("participant", __name__)

EARLY, FIRST = "early", "first"
"""The scripts in the page: colours and language before it is painted, then the card that is true now."""


@blueprint.get(visit_path(PARTICIPANT, "<token>"))
def visit(token: str) -> BaseResponse:
    """The phone page of a released visit."""
    return _page(token, PARTICIPANT)


@blueprint.get(visit_path(GUIDE, "<token>"))
def guide(token: str) -> BaseResponse:
    """The guide's page: the participants' with hosts, notes and risks."""
    return _page(token, GUIDE)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/map.js")
def visit_map(token: str) -> BaseResponse:
    """The script of the page's map."""
    return _map(token, PARTICIPANT)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/map.js")
def guide_map(token: str) -> BaseResponse:
    """The script of the guide's map."""
    return _map(token, GUIDE)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/map.svg")
def visit_picture(token: str) -> BaseResponse:
    """The map as a picture."""
    return _picture(token, PARTICIPANT)


@blueprint.get(f"{visit_path(GUIDE, '<token>')}/map.svg")
def guide_picture(token: str) -> BaseResponse:
    """The guide's map as a picture."""
    return _picture(token, GUIDE)


def _page(token: str, kind: str) -> BaseResponse:
    """The page as it is kept; who holds an older paper gets one that says so."""
    behind = Behind.link_of(token, kind)
    policy = still_policy(inline_script(EARLY), inline_script(FIRST))
    return kept_page(behind, behind.asked()).response("text/html", policy)


def kept_page(behind: Behind, asked: Asked) -> Still:
    """Return the phone page of a day, a party and a language."""
    return behind.rendered("page", asked, lambda: _rendered(behind, asked))


def made_ahead(behind: Behind, party: str) -> Iterator[None]:
    """Make the pages of a link with their maps, stopping after each: of all and of one party, or of each."""
    parties = (party,) if party else behind.facts.parties
    days = sorted(range(1, len(behind.facts.dates) + 1), key=lambda day: day < behind.coming_day)
    for day, name, code in product(days, ("", *parties), LANGUAGES):
        asked = Asked(day, name, code)
        kept_page(behind, asked)
        kept_map(behind, asked)
        yield


def _rendered(behind: Behind, asked: Asked) -> str:
    token, kind = behind.token, behind.kind
    shown = Shown.asked(release_of(token, kind))
    party = shown.party.name if shown.party else ""
    words = Asked(0, asked.party, asked.language)
    return visit_page(
        shown,
        is_guides=kind == GUIDE,
        link_path=behind.path,
        changes_url=behind.address("/changes", words),
        print_url=behind.address("/print", words),
        files_url=behind.address("/files", words),
        copy_url=behind.address("/copy.json", words),
        manifest_url=behind.address("/app.webmanifest", words),
        worker_url=f"{behind.path}/worker.js" if joined_file(WORKER) else "",
        map_file_url=behind.address("/map.html", asked),
        map_url=map_address(behind, asked),
        picture_url=behind.address("/map.svg", asked),
        hosts_url=behind.address("/hosts", Asked(0, "", asked.language)) if kind == GUIDE else "",
        paper_url=behind.address("/paper", Asked(0, "", asked.language)),
        held=held_paper(token, kind, shown.content, party),
    )


def visit_page(shown: Shown, **addresses: Any) -> str:
    """Return the phone page of what is shown, given where all that belongs to it lies."""
    chart = map_view(shown.chart())
    if not chart["map_html"]:
        addresses |= {"map_url": "", "picture_url": ""}
    return render_template(
        "participant/page.html",
        now_cards=now_cards(shown.timeline),
        version=shown.content.number,
        has_rain=shown.has_rain,
        early_script=Markup(inline_script(EARLY)),  # noqa: S704 - a file of ours
        first_script=Markup(inline_script(FIRST)),  # noqa: S704 - a file of ours
        zone=shown.content.network.timezone,
        **addresses,
        **shown.view(),
        **chart,
    )


def map_module(shown: Shown) -> str:
    """Return the script that draws the map of what is shown; one that draws nothing where there is none."""
    script = map_view(shown.chart())["map_script"]
    kit = module_url("visit-map")
    return f'import * as visitMapKit from "{kit}";\n{script}\n' if script else "export {};\n"


def _map(token: str, kind: str) -> BaseResponse:
    """The script of a page's map, which Folium renders: a file of its own, beside the page."""
    behind = Behind.link_of(token, kind)
    return kept_map(behind, behind.asked()).response("text/javascript")


def kept_map(behind: Behind, asked: Asked) -> Still:
    """Return the module that draws a map; one that draws nothing where there is none."""

    def made() -> str:
        return map_module(Shown.asked(release_of(behind.token, behind.kind)))

    return behind.rendered("map", asked, made)


def map_address(behind: Behind, asked: Asked) -> str:
    """Return where that module is; with the release, so that it fits the page that asks for it."""
    return behind.address("/map.js", asked, of=str(behind.link.release))


def _picture(token: str, kind: str) -> BaseResponse:
    """The map as a picture, for browsers without scripts: the first sheet of the paper's."""
    behind = Behind.link_of(token, kind)

    def made() -> str:
        chart = Shown.asked(release_of(token, kind)).chart()
        return sheets_of(chart)[0].svg if chart else abort(404)

    return behind.rendered("picture", behind.asked(), made).response("image/svg+xml")
