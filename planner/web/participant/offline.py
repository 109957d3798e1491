"""What a phone needs to keep a link's pages: the worker, the list of what to keep, the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, make_response, render_template, request, url_for

from planner.domain.limits import LANGUAGES
from planner.domain.text import in_language
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.look import LOOK
from planner.paths import ROOT
from planner.web.frame.i18n import language
from planner.web.frame.scripts import WORKER, joined_file
from planner.web.links.still import Asked, Behind, asked_as
from planner.web.participant import files, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("offline", __name__)

FILES = ("ics", "gpx")
"""The files that are kept: small, and read by other programs of the phone."""

ICONS = (("icons/visit-192.png", "192x192", "any"), ("icons/visit-512.png", "512x512", "any maskable"))
_LINKED = re.compile(r'(?:(?:href|src|data-library)=|from )"(/static/[^"?]+)"')


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/worker.js", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/worker.js", defaults={"kind": GUIDE})
def worker(token: str, kind: str) -> BaseResponse:
    """The worker, allowed for the link's own path."""
    behind = Behind.link_of(token, kind)
    file = joined_file(WORKER) or abort(404)
    response = make_response(file.read_bytes())
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = behind.path
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(file.stem)
    return response.make_conditional(request)


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/copy.json", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/copy.json", defaults={"kind": GUIDE})
def copy(token: str, kind: str) -> BaseResponse:
    """The list of what a phone keeps, each with the hash of its bytes."""
    behind = Behind.link_of(token, kind)
    asked = Asked(0, behind.asked().party, language())
    made = behind.rendered("copy", asked, lambda: json.dumps(_listed(behind, asked), ensure_ascii=False))
    return made.response("application/json")


@blueprint.get(f"{visit_path(PARTICIPANT, '<token>')}/app.webmanifest", defaults={"kind": PARTICIPANT})
@blueprint.get(f"{visit_path(GUIDE, '<token>')}/app.webmanifest", defaults={"kind": GUIDE})
def manifest(token: str, kind: str) -> BaseResponse:
    """What makes the page one that is put on the home screen."""
    behind = Behind.link_of(token, kind)
    title = in_language(behind.facts.title, language())
    ground = LOOK["colours"]["paper"]["light"]
    response = jsonify(
        id=behind.path,
        name=title,
        short_name=title.partition(":")[0][:24],
        lang=language(),
        start_url=behind.path,
        scope=behind.path,
        display="standalone",
        background_color=ground,
        theme_color=ground,
        icons=[
            {"src": url_for("static", filename=file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _listed(behind: Behind, asked: Asked) -> dict[str, object]:
    """Return the list: all days in all languages, of all parties together and the one asked for."""
    entries = {entry["url"]: entry for entry in _entries(behind, asked)}
    content = json.dumps([(url, entry["hash"]) for url, entry in entries.items()])
    return {
        "version": hashlib.sha256(content.encode()).hexdigest()[:16],
        "release": behind.link.release,
        "zone": behind.facts.timezone,
        "dates": behind.facts.dates,
        "lang": asked.language,
        "absent": render_template("participant/absent.html", language=asked.language, home=behind.path),
        "entries": list(entries.values()),
    }


def _entries(behind: Behind, asked: Asked) -> Iterator[dict[str, object]]:
    """Yield each entry: its address, the hash of its bytes, and what a page is of."""
    text = ""
    for party in dict.fromkeys(("", asked.party)):
        for code in LANGUAGES:
            for day in range(1, len(behind.facts.dates) + 1):
                shown = Asked(day, party, code)
                view = page.kept_page(behind, shown)
                chart = page.kept_map(behind, shown)
                yield _entry("page", behind.address("", shown), view.tag, shown)
                yield _entry("map", page.map_address(behind, shown), chart.tag, shown)
                text += (view.plain + chart.plain).decode()
    for form in FILES:
        where = Asked(0, asked.party, asked.language)
        with asked_as(behind, where):
            data = files.plain_file(behind.token, behind.kind, form)
        yield _entry("file", behind.address(f"/plan.{form}", where), _hash(data), where)
    for found in sorted(set(_LINKED.findall(text))):
        yield {"url": found, "hash": _hash((ROOT / found.removeprefix("/")).read_bytes())}


def _entry(what: str, url: str, tag: str, asked: Asked) -> dict[str, object]:
    return {
        "url": url,
        "hash": tag,
        "what": what,
        "day": asked.day,
        "party": asked.party,
        "lang": asked.language,
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
