"""Each request has a number, by which its lines in the log are found, and a line when it is answered.

No line has a token of a link, nor what stands behind the question mark. Whose phone opened a link's page is
nobody's business: such a line has no address.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import g, request

from planner.links import is_by_link
from planner.web.frame.context import services
from planner.web.frame.headers import mask

if TYPE_CHECKING:
    from flask import Flask, Response

LOG = logging.getLogger("planner.access")
HEADER = "Request-Id"
LONGEST_PATH = 300
FAILED, BROKEN = 400, 500
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,64}")
_SIGNS = "/:@!$&'()*+,;=~-._"


def install(app: Flask) -> None:
    """Number the requests, and write a line for each where such lines are wanted."""
    app.before_request(_begin)
    app.after_request(_written)


def request_id() -> str:
    """The number of this request."""
    if "request_id" not in g:
        _begin()
    return str(g.request_id)


def is_account(number: int) -> None:
    """Note which account asks: its number stands in the line."""
    g.request_account = number


def asked() -> str:
    """The method, the path without tokens, and the number of this request."""
    return f"{request.method} {_path()} [{request_id()}]"


def _begin() -> None:
    g.request_id, g.request_began = _number_of_proxy() or secrets.token_hex(6), time.perf_counter()


def _number_of_proxy() -> str:
    """The number that a proxy of ours has given the request, by which its log has it too; '' for none."""
    given = request.headers.get("X-Request-Id", "") if services().settings.trusted_proxies else ""
    return given if _NUMBER.fullmatch(given) else ""


def _path() -> str:
    """The path as it was asked for: on one line, whatever stood in it."""
    return mask(quote(request.path, safe=_SIGNS))[:LONGEST_PATH]


def _written(response: Response) -> Response:
    number = request_id()
    if response.status_code >= BROKEN:
        response.headers[HEADER] = number
    if LOG.isEnabledFor(logging.INFO):
        is_phone = is_by_link(request.path) and response.status_code < FAILED
        whence = "-" if is_phone else request.remote_addr or "-"
        took = (time.perf_counter() - g.request_began) * 1000
        told = {
            "address": whence,
            "method": request.method,
            "path": _path(),
            "status": response.status_code,
            "bytes": response.content_length or 0,
            "ms": round(took),
            "account": g.get("request_account", "-"),
        }
        LOG.info("%s %s %s %s %s B %s ms account %s [%s]", *told.values(), number, extra={"fields": told})
    return response
