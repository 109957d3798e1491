"""The photo of a site: taken in, taken away, and given out from an address of our own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, request, url_for

from planner.domain.limits import PHOTO_BYTES
from planner.services.catalogue import editing
from planner.services.catalogue.care.photos import PhotoError, PhotoFiles, cleaned, size_of
from planner.services.catalogue.entries import all_sites
from planner.web.catalogue.base import blueprint
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pictures = Blueprint("photos", __name__, url_prefix="/photos")


@pictures.get("/<name>.jpg")
def show(name: str) -> Response:
    """A photo, under a name that nobody guesses and that never means another one."""
    return _given(_files().find(name))


@pictures.get("/small/<name>.jpg")
def small(name: str) -> Response:
    """The same photo as it stands in the list."""
    return _given(_files().find_small(name))


def _given(found: bytes | None) -> Response:
    if found is None:
        abort(404)
    response = Response(found, content_type="image/jpeg")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/<site_id>/photo")
def photo(site_id: str) -> ResponseReturnValue:
    """Give a site a photo in place of the one it has."""
    sent = request.files.get("photo")
    data = sent.read(PHOTO_BYTES + 1) if sent else b""
    if not data:
        flash(gettext("Choose a photo first."), "warn")
        return _back(site_id)
    try:
        name = _files().keep(cleaned(data))
    except PhotoError as error:
        flash(_refusal(error.code), "warn")
        return _back(site_id)
    _store(site_id, name)
    flash(gettext("The photo is kept small, without its place and the camera's other data."), "done")
    return _back(site_id)


@blueprint.post("/<site_id>/photo/remove")
def remove_photo(site_id: str) -> ResponseReturnValue:
    """Take a photo away for good, also from pages that were published with it."""
    before = _store(site_id, "")
    with services().database.session() as session:
        is_used = any(site.photo == before for site in all_sites(session).values())
    if not is_used:
        _files().remove(before)
    flash(gettext("The photo is removed."), "done")
    return _back(site_id)


def _store(site_id: str, name: str) -> str:
    """Write a photo's name into the entry, and return the one that it had."""
    with services().database.writing() as session:
        stored = editing.read_site(session, site_id)
        editing.save_site(session, replace(stored.site, photo=name), stored.version, services().now())
    return stored.site.photo


@blueprint.app_template_global("photo_url")
def photo_url(name: str) -> str:
    """Return where a photo is."""
    return url_for("photos.show", name=name)


@blueprint.app_template_global("small_photo_url")
def small_photo_url(name: str) -> str:
    """Return where a photo is as it stands in the list."""
    return url_for("photos.small", name=name)


blueprint.app_template_global("photo_size")(size_of)


def _refusal(code: str) -> str:
    return {
        "too_large": gettext("This file is larger than 10 MB: take a smaller one."),
        "kind": gettext("This is no photo that can be read: take JPEG, PNG or WebP."),
        "pixels": gettext("This picture is too large or too small: 64 pixels at least, 60 million at most."),
        "broken": gettext("This file is damaged: its picture cannot be read."),
    }[code]


def _files() -> PhotoFiles:
    return PhotoFiles(services().settings.data_dir, services().storage)


def _back(site_id: str) -> ResponseReturnValue:
    return redirect(url_for("catalogue.edit", site_id=site_id, _anchor="photo"), code=303)
