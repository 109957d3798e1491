"""Where a change comes from, as far as the browser says."""

from __future__ import annotations

from enum import Enum
from urllib.parse import urlsplit

from flask import request

from planner.web.frame.context import services

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Origin(Enum):
    """Our own page; another one; no browser that says so; a browser that hides it."""

    OWN = "own"
    OTHER = "other"
    UNSAID = "unsaid"
    HIDDEN = "hidden"


def request_origin() -> Origin:
    """Who sent this request, by Sec-Fetch-Site, else by Origin.

    Browsers that know neither header for a form sent across sites are older
    than SameSite cookies; a request without both comes from a program.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return {"same-origin": Origin.OWN, "none": Origin.HIDDEN}.get(site, Origin.OTHER)
    origin = request.headers.get("Origin")
    if origin is None:
        return Origin.UNSAID
    if origin == "null":
        return Origin.HIDDEN
    public = services().settings.public_url
    own = {request.host, urlsplit(public).netloc if public else request.host}
    return Origin.OWN if urlsplit(origin).netloc in own else Origin.OTHER
