"""Where a change comes from, as far as the browser says."""

from __future__ import annotations

from enum import Enum
from urllib.parse import urlsplit

from flask import request

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
    return Origin.OWN if urlsplit(origin).netloc == request.host else Origin.OTHER
