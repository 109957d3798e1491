"""A client that holds every page it fetches against what every page must be.

Status, title, language, one h1, no skipped level of headings, a name for every
control, the response's nonce on every script, nothing inline, nothing from
another host, every linked file there, and the security headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

CREDIT_URL = "https://www.openstreetmap.org/copyright"
OWN_CALENDAR = "webcal://localhost/"
"""How a page says that a calendar of its own host may be followed."""

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
FETCHING = {
    "src", "srcset", "poster", "data", "background", "formaction", "action", "ping", "xlink:href", "manifest",
}  # fmt: skip
NAMELESS_INPUTS = {"hidden", "submit", "reset"}
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+(?!url\())['"]?([^'")\s]+)""")


@dataclass(eq=False)
class Node:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, without that of scripts, styles and noscript."""
        parts = (
            child if isinstance(child, str) else child.text
            for child in self.children
            if isinstance(child, str) or child.tag not in {"script", "style", "noscript"}
        )
        return "".join(parts)

    def walk(self) -> Iterator[Node]:
        """This element and all below, in the page's order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """The elements around this one, innermost first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent


class _Tree(HTMLParser):
    """Reads strictly: an end tag that closes nothing open is a fault."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root", {}, None)
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.here.tag in {"p", "li", "dt", "dd", "option", "td", "th", "tr"} and self.here.tag != tag:
            raise AssertionError(f"<{self.here.tag}> is not closed before </{tag}>")
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


class Page:
    """One fetched page."""

    def __init__(self, path: str, response: TestResponse) -> None:
        self.path = path
        self.response = response
        self.html = response.get_data(as_text=True)
        tree = _Tree()
        tree.feed(self.html)
        tree.close()
        assert tree.here is tree.root, f"<{tree.here.tag}> is never closed"
        self.nodes = list(tree.root.walk())

    def all(self, *tags: str) -> list[Node]:
        """The elements of some tags."""
        return [node for node in self.nodes if node.tag in tags]

    def one(self, tag: str) -> Node:
        """The only element of a tag."""
        (found,) = self.all(tag)
        return found

    @property
    def text(self) -> str:
        """What is read on the page, spaces made even."""
        return " ".join(self.one("body").text.split())

    @property
    def inline_scripts(self) -> list[str]:
        """The texts of the scripts that stand in the page."""
        scripts = (node for node in self.all("script") if "src" not in node.attributes)
        return ["".join(child for child in node.children if isinstance(child, str)) for node in scripts]

    @property
    def linked_files(self) -> list[str]:
        """The paths of the files that the page brings with it."""
        tags = {"link": "href", "script": "src", "img": "src", "source": "src"}
        found = (node.attributes.get(tags[node.tag]) for node in self.all(*tags))
        return [urlsplit(urljoin(self.path, address)).path for address in found if address]

    def check(self, language: str) -> None:
        """Hold the page against everything a page must be."""
        assert self.response.mimetype == "text/html"
        assert self.html.lower().startswith("<!doctype html>")
        assert self.one("title").text.strip()
        assert self.one("html").attributes["lang"] == language
        assert "None" not in self.text.split()
        self._check_viewport()
        self._check_languages()
        self._check_headings()
        self._check_controls()
        self._check_names()
        self._check_nothing_inline()
        self._check_addresses()
        check_headers(self.response)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the page's elements."""
        return [node.attributes["id"] for node in self.nodes if "id" in node.attributes]

    def _check_viewport(self) -> None:
        (viewport,) = [one for one in self.all("meta") if one.attributes.get("name") == "viewport"]
        content = viewport.attributes["content"]
        assert "user-scalable" not in content
        assert "maximum-scale" not in content

    def _check_languages(self) -> None:
        other = [node.attributes["hreflang"] for node in self.all("a") if "hreflang" in node.attributes]
        assert all(re.fullmatch("[a-z]{2}", code) for code in other), f"no languages: {other}"

    def _check_headings(self) -> None:
        levels = [int(node.tag[1]) for node in self.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, f"headings: {levels}"
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), f"headings: {levels}"
        assert all(node.text.strip() for node in self.all("h1", "h2", "h3", "h4"))
        assert len(self.all("main")) == 1

    def _check_controls(self) -> None:
        labelled = {node.attributes["for"] for node in self.all("label") if node.attributes.get("for")}
        assert labelled <= set(self.ids), f"labels for nothing: {labelled - set(self.ids)}"
        for control in self.all("input", "select", "textarea"):
            kind = control.attributes.get("type", "text")
            if control.tag == "input" and kind in NAMELESS_INPUTS:
                continue
            is_inside = any(around.tag == "label" and around.text.strip() for around in control.ancestors())
            is_named = control.attributes.get("id") in labelled or self._is_named(control)
            assert is_inside or is_named, f"no label: {control.tag} {control.attributes}"
        for button in self.all("button"):
            assert button.text.strip() or self._is_named(button), f"no name: {button.attributes}"

    def _is_named(self, node: Node) -> bool:
        by = node.attributes.get("aria-labelledby", "").split()
        assert set(by) <= set(self.ids), f"named by nothing: {by}"
        return bool(by) or bool(node.attributes.get("aria-label", "").strip())

    def _check_names(self) -> None:
        for link in self.all("a"):
            assert link.text.strip() or self._is_named(link), f"a link without a name: {link.attributes}"
        for image in self.all("img"):
            assert "alt" in image.attributes
        known = set(self.ids)
        for node in self.nodes:
            for reference in ("aria-labelledby", "aria-describedby", "aria-controls"):
                assert known.issuperset(node.attributes.get(reference, "").split())

    def _check_nothing_inline(self) -> None:
        policy = self.response.headers["Content-Security-Policy"]
        for node in self.nodes:
            handlers = [name for name in node.attributes if name.startswith("on")]
            assert not handlers, f"{node.tag}: {handlers}"
            assert "style" not in node.attributes, f"{node.tag}: {node.attributes}"
            assert not any(
                value.strip().lower().startswith(("javascript:", "vbscript:"))
                for value in node.attributes.values()
            )
        assert not self.all("style", "base", "iframe", "object", "embed")
        for script in self.all("script"):
            assert self._may_run(script, policy), f"a script that may not run: {script.attributes}"

    @staticmethod
    def _may_run(script: Node, policy: str) -> bool:
        """Whether a script has the response's nonce, is a file of ours, or is known by its hash."""
        if "nonce" in script.attributes:
            return f"'nonce-{script.attributes['nonce']}'" in policy
        if "src" in script.attributes:
            return "script-src 'self'" in policy
        text = "".join(child for child in script.children if isinstance(child, str))
        known = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        return f"'sha256-{known}'" in policy

    def _check_addresses(self) -> None:
        for node in self.nodes:
            for name, value in node.attributes.items():
                is_fetched = name in FETCHING or (name == "href" and node.tag != "a")
                assert not (is_fetched and is_outside(value)), f"from elsewhere: {node.tag} {name}={value}"
                if name == "href" and value.startswith(OWN_CALENDAR):
                    continue
                if name == "href" and node.tag == "a" and is_outside(value):
                    assert value == CREDIT_URL, f"a link to elsewhere: {value}"
                    assert "noopener" in node.attributes.get("rel", "")
                if name == "href" and value.startswith("#") and len(value) > 1:
                    assert value[1:] in self.ids, f"leads nowhere on the page: {value}"


def is_outside(address: str) -> bool:
    """Whether an address belongs to another host; `tel:` and `mailto:` are none of a host."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme in {"http", "https", "ftp", "ws", "wss"}


def check_headers(response: TestResponse) -> None:
    """Hold a response against the headers that every response has."""
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    policy = [rule.split() for rule in response.headers["Content-Security-Policy"].split(";")]
    rules = {name: sources for name, *sources in policy}
    assert rules["default-src"] == ["'none'"]
    assert rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    allowed = {source for sources in rules.values() for source in sources}
    assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}
    assert not [source for source in allowed if "//" in source], "another host is allowed"
    scripts = [source for source in rules["script-src"] if not source.startswith(("'nonce-", "'sha256-"))]
    assert scripts in ([], ["'self'"])


_STILL: dict[str, TestResponse] = {}
"""What was fetched of the files that are the same in every application."""


@dataclass
class PageClient:
    """Fetches pages as one browser would, and checks each."""

    app: Flask
    client: FlaskClient = field(init=False)
    files: dict[str, TestResponse] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open a browser with a cookie jar of its own."""
        self.client = self.app.test_client()

    def get(self, path: str, language: str = "pl", *, status: int = 200) -> Page:
        """Fetch a page in a language, redirects followed."""
        separator = "&" if "?" in path else "?"
        asked = f"{path}{separator}lang={language}"
        response = self.client.get(asked, follow_redirects=True)
        assert response.status_code == status, f"{path}: {response.status_code}"
        page = Page(response.request.path, response)
        page.check(language)
        for file in page.linked_files:
            self.fetch(file)
        return page

    def fetch(self, path: str) -> TestResponse:
        """Fetch a linked file and what a style sheet links, each once; what is still, once for all."""
        files = _STILL if path.startswith("/static/") else self.files
        if path not in files:
            response, head = self.client.get(path), self.client.head(path)
            assert response.status_code == head.status_code == 200, f"{path}: {response.status_code}"
            assert response.data, f"{path} is empty"
            check_headers(response)
            response.close()
            head.close()
            files[path] = response
            if response.mimetype == "text/css":
                for address in CSS_ADDRESS.findall(response.get_data(as_text=True)):
                    if not address.startswith(("data:", "#")):
                        assert not is_outside(address), f"{path} links {address}"
                        self.fetch(urljoin(path, address))
        return files[path]
