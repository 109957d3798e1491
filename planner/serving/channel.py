"""A connection with deadlines, which lets the application say why a request is refused."""

from __future__ import annotations

import io
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error

HEAD_S = 15.0
BODY_S = 20.0
LEAST_BYTES_S = 2_000
"""How long a request may take to come: so long, and for a body longer by what it brings at that speed."""

TIMEOUT = 408
REFUSED = "planner.refused"
"""Where a request's environment says with which status it is refused."""


class TooSlow(Error):  # type: ignore[misc]  # noqa: N818 - waitress's word for what it answers
    """A request did not come in time."""

    code = TIMEOUT
    reason = "Request Timeout"


class LastTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """Answers; in a worker that ends, as the last of its connection, and says so."""

    def build_response_header(self) -> bytes:
        """Return the answer's head."""
        if getattr(self.channel.server, "is_ending", False):
            self.request.headers["CONNECTION"] = "close"
        header: bytes = super().build_response_header()
        return header


class RefusedTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """Asks the application for the page of a refusal; without an address to ask by, says it in a line."""

    def execute(self) -> None:
        """Answer, and close the connection."""
        if hasattr(self.request, "path"):
            self.set_close_on_finish()
            super().execute()
        else:
            self.complete = True
            ErrorTask.execute(self)

    def get_environment(self) -> dict[str, Any]:
        """Return what the application is told: all but the body."""
        environ: dict[str, Any] = super().get_environment()
        environ.update({REFUSED: self.request.error.code, "wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0"})
        return environ


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Reads a request's head."""

    chunked: bool
    headers: dict[str, str]

    def parse_header(self, header_plus: bytes) -> None:
        """Refuse besides what two servers could take for bodies of two lengths (RFC 9112, 6.1)."""
        super().parse_header(header_plus)
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("the length of the body is told in two ways, or in none")


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection."""

    task_class = LastTask
    error_task_class = RefusedTask
    parser_class = Parser
    request: Any
    _begun: float | None = None

    def received(self, data: bytes) -> bool:
        """Take what has come, and note when a request began."""
        taken: bool = super().received(data)
        if self.request is None:
            self._begun = None
        elif self._begun is None:
            self._begun = time.monotonic()
        return taken

    def readable(self) -> bool:
        """Whether more may come; asked at every turn of the loop, so that deadlines are looked at here."""
        if self._is_late():
            self._refuse_late()
        return bool(super().readable())

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self.requests and not self.total_outbufs_len

    def _is_late(self) -> bool:
        if self._begun is None or self.request is None or self.requests:
            return False
        took = time.monotonic() - self._begun
        if not self.request.headers_finished:
            return took > HEAD_S
        return took > HEAD_S + BODY_S + int(self.request.body_bytes_received) / LEAST_BYTES_S

    def _refuse_late(self) -> None:
        with self.requests_lock:
            late, self.request, self._begun = self.request, None, None
            late.error = TooSlow("the request did not come in time")
            late.completed = True
            self.requests.append(late)
            self.server.add_task(self)
