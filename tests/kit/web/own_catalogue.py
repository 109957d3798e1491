"""An application over a catalogue that a test may change, and the ways to change it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from werkzeug.test import stream_encode_multipart

from planner.services.catalogue.editing import read_site, save_site
from planner.store.catalogue import StoredSite, all_sites
from tests.kit.web.pages import Page, PageClient
from tests.kit.web.signing_in import services_of, sign_in
from tests.web.conftest import NOW, closed, skawina_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from planner.domain.sites import Site
    from planner.store.database import Database


@contextmanager
def own_catalogue(folder: Path) -> Iterator[Flask]:
    """Skawina in a folder of its own."""
    app = skawina_application(folder)
    yield app
    closed(app)


def signed(app: Flask, name: str) -> PageClient:
    pages = PageClient(app)
    sign_in(app, pages.client, name)
    return pages


def database(desk: PageClient) -> Database:
    return services_of(desk.app).database


def stored(desk: PageClient, site_id: str) -> StoredSite:
    with database(desk).session() as session:
        return read_site(session, site_id)


def put(desk: PageClient, site: Site) -> None:
    """Store a site over the one of its id, as another person's save would."""
    with database(desk).writing() as session:
        save_site(session, site, read_site(session, site.id).version, NOW)


def fields(page: Page) -> dict[str, Any]:
    """What the page's big form would send as it stands."""
    sent: dict[str, Any] = {}
    for node in page.all("input", "textarea", "select"):
        name, kind = node.attributes.get("name", ""), node.attributes.get("type", "text")
        if not name or (kind in ("checkbox", "radio") and "checked" not in node.attributes):
            continue
        if node.tag == "textarea":
            sent[name] = node.text.removeprefix("\r\n").removeprefix("\n")
        elif node.tag == "select":
            chosen = [one.attributes["value"] for one in node.walk() if "selected" in one.attributes]
            sent[name] = chosen[0] if chosen else ""
        elif kind == "checkbox" and name == "themes":
            sent.setdefault(name, []).append(node.attributes["value"])
        else:
            sent[name] = node.attributes.get("value", "")
    return sent


def post(desk: PageClient, path: str, data: dict[str, Any], *, status: int = 302) -> Page:
    """Send a form; the page that comes of it, checked."""
    stream, _length, boundary = stream_encode_multipart(data, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    response = desk.client.post(path, input_stream=stream, content_type=kind)
    assert response.status_code == status, response.text
    if status in (302, 303):
        return desk.get(response.location)
    page = Page(path, response)
    page.check("pl")
    return page


def changed(site: Site, **values: Any) -> Site:
    return replace(site, **values)


def all_of(desk: PageClient) -> dict[str, Site]:
    with database(desk).session() as session:
        return all_sites(session)


def names(page: Page) -> list[str]:
    """The names of the listed sites."""
    return [node.text for node in page.all("a") if node.attributes.get("class") == "site-row__name"]
