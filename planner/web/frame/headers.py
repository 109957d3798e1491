"""Security headers, by hand: a nonce for our scripts, and nothing from anywhere else."""

from __future__ import annotations

import logging
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import g

from planner.links import SECRET_PREFIXES
from planner.web.frame.context import services

if TYPE_CHECKING:
    from flask import Flask, Response

NOT_MODIFIED = 304
_SECRET_PATH = re.compile(rf"({'|'.join(map(re.escape, SECRET_PREFIXES))})[A-Za-z0-9_-]{{8,}}")


def nonce() -> str:
    """The nonce of this response, made at first use."""
    if not hasattr(g, "csp_nonce"):
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy() -> str:
    """Everything forbidden but our own files, scripts by nonce; tiles only where they are set."""
    images = "'self' data:"
    tiles = services().settings.tile_url
    if tiles:
        parts = urlsplit(tiles)
        images += f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce()}'",
            "style-src 'self'",
            f"img-src {images}",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
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
        return response


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
