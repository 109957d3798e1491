"""A service behind a gate: what stands between a phone and the service may cut answers, or give its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PORTAL = b"<!doctype html><title>Hotel</title><h1>Welcome to the hotel: please sign in</h1>"


class Mode(StrEnum):
    """What the gate does."""

    OPEN = "open"
    PORTAL = "portal"
    MOVED = "moved"
    BROKEN = "broken"
    CUT = "cut"


@dataclass
class Gate:
    """The gate, as an application around the service's; `cuts` are the addresses that are cut short."""

    app: Flask
    mode: Mode = Mode.OPEN
    cuts: str = ""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer as the mode says."""
        if self.mode is Mode.PORTAL:
            start("200 OK", [("Content-Type", "text/html")])
            return [PORTAL]
        if self.mode is Mode.MOVED:
            start("302 Found", [("Location", "/static/icons/favicon.svg")])
            return [b""]
        if self.mode is Mode.BROKEN:
            start("502 Bad Gateway", [("Content-Type", "text/html")])
            return [b"<h1>Bad gateway</h1>"]
        if self.mode is Mode.CUT and re.search(self.cuts, environ["PATH_INFO"] + environ["QUERY_STRING"]):
            return _half(self.app(environ, start))
        return self.app(environ, start)


def _half(body: Iterable[bytes]) -> Iterable[bytes]:
    whole = b"".join(body)
    return [whole[: len(whole) // 2]]
