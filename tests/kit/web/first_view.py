"""What a phone asks for when it opens a visit for the first time, and what that weighs as it travels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.kit.web.pages import Page

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.kit.web.pages import PageClient

_KIT = re.compile(r'from "([^"]+)"')


def first_view(client: FlaskClient, path: str, language: str = "en") -> dict[str, int]:
    """Return the bytes of each answer, by its address, as a browser gets them that unpacks brotli."""
    page = client.get(f"{path}?lang={language}")
    told = Page(path, page)
    (section,) = [node for node in told.nodes if "data-map" in node.attributes]
    chart = section.attributes["data-map"]
    kit = _KIT.findall(client.get(chart).get_data(as_text=True))
    silent = [node for node in told.all("img") if any(one.tag == "noscript" for one in node.ancestors())]
    unasked = {node.attributes["src"].partition("?")[0] for node in silent}
    linked = [file for file in told.linked_files if file not in unasked]
    asked = [f"{path}?lang={language}", *linked, section.attributes["data-library"], chart, *kit]
    return {address: _weight(client, address) for address in dict.fromkeys(asked)}


def map_script(pages: PageClient, path: str, language: str = "en") -> str:
    """Return the module that draws the map of a page, which brings it when the page has come."""
    (section,) = [node for node in pages.get(path, language).nodes if "data-map" in node.attributes]
    return pages.client.get(section.attributes["data-map"]).get_data(as_text=True)


def _weight(client: FlaskClient, address: str) -> int:
    with client.get(address, headers={"Accept-Encoding": "br, gzip"}) as answer:
        return len(answer.data)
