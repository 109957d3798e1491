"""One browser without a screen: requests one after the other, with the cookies it was given."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.record import forms, tree
from tests.record.forms import Fields
from tests.record.service import NAMED, PATIENCE_S

if TYPE_CHECKING:
    from tests.record.forms import Typed
    from tests.record.tree import Node

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "a-recording-s-boundary"
REDIRECTS = range(301, 309)
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class Answer:
    """What came back, and what was asked."""

    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent: Fields = field(default_factory=list)

    def header(self, name: str) -> str:
        """The value of a header, '' without it."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @cached_property
    def page(self) -> Node:
        """The body as a page."""
        return tree.read(self.text)


@dataclass
class Client:
    """A browser of a service by its port."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    language: str = "pl"

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Ask, and keep the cookies that come back; redirects are told, not followed."""
        own = {"Host": NAMED, "Accept-Language": self.language, "User-Agent": AGENT}
        if self.cookies:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, {**own, **(headers or {})})
            response = connection.getresponse()
            answer = Answer(method, path, response.status, tuple(response.getheaders()), response.read())
        finally:
            connection.close()
        self._keep(answer)
        return answer

    def _keep(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                for key, one in SimpleCookie(value).items():
                    self.cookies[key] = one.value

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self.send("GET", path)

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to, or itself."""
        while answer.status in REDIRECTS:
            answer = self.get(answer.header("location").removeprefix(f"http://{NAMED}"))
        return answer

    def submit(
        self, here: Answer, form: Node, button: str = "", typed: dict[str, Typed] | None = None
    ) -> Answer:
        """Send a form of a page; the answer with the fields that were sent."""
        out = forms.sent(form, here.path, button, typed)
        if out.method == "GET":
            return self.get(f"{out.path}?{urlencode(out.fields)}")
        answer = self.post(out.path, out.fields)
        return Answer("POST", answer.path, answer.status, answer.headers, answer.body, out.fields)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send fields."""
        return self.send("POST", path, urlencode(fields).encode(), {"Content-Type": FORM})

    def upload(self, here: Answer, form: Node, name: str, file: tuple[str, bytes]) -> Answer:
        """Send a form with a file."""
        out = forms.sent(form, here.path)
        parts = [_part(f'name="{key}"', value.encode()) for key, value in out.fields]
        parts.append(_part(f'name="{name}"; filename="{file[0]}"', file[1]))
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self.send("POST", out.path, body, kind)


def _part(about: str, value: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n\r\n"
    return head.encode() + value + b"\r\n"
