"""What a phone needs to keep a link's pages: the worker, the list of what to keep, the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

from flask import Blueprint, abort, jsonify, make_response, render_template, request, url_for

from planner.domain.limits import LANGUAGES
from planner.domain.text import in_language
from planner.errors import PaperError
from planner.links import GUIDE, PARTICIPANT, visit_path
from planner.outputs.look import LOOK
from planner.paths import ROOT
from planner.services.catalogue.care.photos import PhotoFiles
from planner.web.frame.context import services
from planner.web.frame.i18n import language
from planner.web.frame.scripts import WORKER, joined_file
from planner.web.links.still import Asked, Behind, Still
from planner.web.paper import by_link
from planner.web.participant import files, page, rain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("offline", __name__)

ICONS = (("icons/visit-192.png", "192x192", "any"), ("icons/visit-512.png", "512x512", "any maskable"))
_PHOTOS = re.compile(r'src="/photos/([0-9a-f]{32}-\d+x\d+)\.jpg"')
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
    return kept_copy(behind, behind.asked().party, language()).response("application/json")


def kept_copy(behind: Behind, party: str, code: str) -> Still:
    """Return that list for a party ('' for all) and a language."""
    asked, mark = Asked(0, party, code), f"{by_link.paper_mark(behind)}.{files.files_mark(behind)}"
    return behind.rendered(
        f"copy.{mark}", asked, lambda: json.dumps(_listed(behind, asked), ensure_ascii=False)
    )


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
    """Yield each entry: its address, hash and size of its bytes, and what a page is of."""
    text = ""
    for what, url, still, shown in (*_phone_pages(behind, asked), *_pages(behind, asked)):
        yield _entry(what, url, still.plain, shown)
        text += still.plain.decode()
    for file in files.taken(behind, asked):
        yield _entry("file", behind.address(file.ending, file.asked), file.data, file.asked)
    with suppress(PaperError):  # the web page of the sheets is there
        for pdf in by_link.pdfs(behind, asked):
            shown = Asked(pdf.item.day + 1, pdf.item.party, pdf.item.language)
            yield _entry("file", pdf.address, pdf.data, shown)
    for found in sorted(set(_LINKED.findall(text))):
        yield _told(found, (ROOT / found.removeprefix("/")).read_bytes())
    photos = PhotoFiles(services().settings.data_dir, services().storage)
    for name in sorted(set(_PHOTOS.findall(text))):
        if (photo := photos.find(name)) is not None:
            yield _told(url_for("photos.show", name=name), photo)


def _phone_pages(behind: Behind, asked: Asked) -> Iterator[tuple[str, str, Still, Asked]]:
    """Yield the phone pages with their maps: all days in all languages, of all and of the party shown."""
    days = range(1, len(behind.facts.dates) + 1)
    for party, code, day in product(dict.fromkeys(("", asked.party)), LANGUAGES, days):
        shown = Asked(day, party, code)
        yield "page", behind.address("", shown), page.kept_page(behind, shown), shown
        yield "map", page.map_address(behind, shown), page.kept_map(behind, shown), shown
        if day in behind.facts.rainy:
            yield "page", behind.address("/rain", shown), rain.kept_page(behind, shown), shown
            yield "map", rain.map_address(behind, shown), rain.kept_map(behind, shown), shown


def _pages(behind: Behind, asked: Asked) -> Iterator[tuple[str, str, Still, Asked]]:
    """Yield the pages of sheets and files in the language shown."""
    yield "sheets", behind.address("/print", asked), by_link.kept_print(behind, asked), asked
    yield "files", behind.address("/files", asked), files.kept_files(behind, asked), asked
    words = Asked(0, "", asked.language)
    yield "paper", behind.address("/paper", words), by_link.kept_index(behind, words), words


def _entry(what: str, url: str, data: bytes, asked: Asked) -> dict[str, object]:
    of = {"what": what, "day": asked.day, "party": asked.party, "lang": asked.language}
    return {**_told(url, data), **of}


def _told(url: str, data: bytes) -> dict[str, object]:
    return {"url": url, "hash": hashlib.sha256(data).hexdigest()[:32], "size": len(data)}
