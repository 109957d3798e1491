"""The pages of a visit's hosts, as an organiser opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit.web.pages import PageClient

if TYPE_CHECKING:
    from tests.kit.web.desk import Desk
    from tests.kit.web.pages import Page


def page_of(desk: Desk, path: str = "/hosts", language: str = "en") -> Page:
    """A page of the desk's visit."""
    pages = PageClient(desk.app)
    pages.client = desk.client
    return pages.get(f"/visits/{desk.visit_id}{path}", language)
