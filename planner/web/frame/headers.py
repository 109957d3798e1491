"""Headers, by hand: a nonce for our scripts and nothing from anywhere else; what only a link opens."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import secrets
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from flask import g, make_response, request

from planner.links import SECRET_PREFIXES
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.wrappers import Response as BaseResponse

R = TypeVar("R", bound="BaseResponse")

NOT_MODIFIED = 304
HSTS = "max-age=31536000"
"""Who came by https comes so for a year. Of names below this one nothing is said: they may be others'."""
_SECRET_PATH = re.compile(rf"({'|'.join(map(re.escape, SECRET_PREFIXES))})[A-Za-z0-9_-]{{8,}}")


def nonce() -> str:
    """The nonce of this response, made at first use."""
    if not hasattr(g, "csp_nonce"):
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def still_policy(*inline: str, asks: str = "'self'") -> str:
    """The policy of a page that is the same for everybody: our own files, and these scripts in the page.

    `asks` is what its scripts and forms may ask: with 'none' it can only be read.
    """
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline)
    scripts = " ".join(("'self'", *(f"'sha256-{one}'" for one in hashes)))
    return f"{content_security_policy(forms=asks, scripts=scripts, asks=asks)}; worker-src {asks}"


def content_security_policy(forms: str = "'self'", scripts: str = "", asks: str = "'self'") -> str:
    """Everything forbidden but our own files, scripts by nonce; tiles only where they are set.

    `forms` says where forms may lead, `scripts` which scripts may run where none has a nonce, `asks` what
    scripts may ask.
    """
    images = "'self' data:"
    tiles = services().settings.tile_url
    if tiles:
        parts = urlsplit(tiles)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}" if scripts else f"script-src 'nonce-{nonce()}'",
            "style-src 'self'",
            f"img-src {images}",
            "font-src 'self'",
            f"connect-src {asks}",
            "manifest-src 'self'",
            f"form-action {forms}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def install(app: Flask) -> None:
    """Put the headers on every response."""

    @app.context_processor
    def _nonce() -> dict[str, object]:
        return {"nonce": nonce()}

    @app.after_request
    def _headers(response: Response) -> Response:
        if response.status_code != NOT_MODIFIED:
            response.headers.setdefault("Content-Security-Policy", content_security_policy())
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), payment=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = HSTS
        return response


def unlisted(response: R) -> R:
    """What only a link opens, or no longer opens, is for no search engine."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def private(html: str) -> BaseResponse:
    """A page that only its link opens: no shared cache; unchanged, it is not sent again.

    The nonce is new each time and no part of what the page says. An answer
    304 leaves the browser its stored page with its stored policy.
    """
    response = make_response(html)
    response.headers["Cache-Control"] = "private, no-cache"
    said = html.replace(nonce(), "")
    response.set_etag(hashlib.sha256(said.encode()).hexdigest()[:32], weak=True)
    return response.make_conditional(request)


class MaskTokens(logging.Filter):
    """Keep secret links out of the logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the token in the record's text; nothing is dropped."""
        record.msg = mask(record.getMessage())
        record.args = ()
        return True


def mask(text: str) -> str:
    """The text with the tokens of secret links replaced."""
    return _SECRET_PATH.sub(r"\1***", text)
