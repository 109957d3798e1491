"""What is another at every run is made the same before anything is compared."""

from __future__ import annotations

import json
import re
from typing import Any

RULES = [
    (re.compile(r"nonce-[\w-]+"), "nonce-*"),
    (re.compile(r'nonce="[\w-]+"'), 'nonce="*"'),
    (re.compile(r'(name="csrf_token"[^>]*value=")[^"]*'), r"\1*"),
    (re.compile(r"(/sign-in/link/)[\w-]{20,}"), r"\1*"),
    (re.compile(r"([?&]file=)[\w%-]{20,}"), r"\1*"),
    (re.compile(r'(name="file" value=")[\w-]{20,}'), r"\1*"),
    (re.compile(r"\d\d\.\d\d\.\d{4},? \d\d:\d\d"), "*a moment*"),
    (re.compile(r"((?:published|opublikowana) )\d+ \w+ \d{4} (?:at|o) \d\d:\d\d"), r"\1*a moment*"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "*an id*"),
]
DROPPED = {"date", "server", "connection", "content-length", "transfer-encoding"}
SECRET_FIELDS = {"csrf_token", "file", "resume"}


LISTED = {"allow", "vary", "cache-control"}
"""Headers whose value is a list in any order."""


def text(said: str) -> str:
    """A text without what changes by itself."""
    for pattern, instead in RULES:
        said = pattern.sub(instead, said)
    return said


def header(name: str, value: str) -> str:
    """A header's value without what changes by itself: of an ETag its kind, of a cookie all but its value."""
    if name == "etag":
        return "weak" if value.startswith("W/") else "strong"
    if name == "set-cookie":
        own, *rest = (re.sub(r"(?i)(expires=).*", r"\1*", one).strip() for one in value.split(";"))
        return "; ".join([own.partition("=")[0], *sorted(rest)])
    if name in LISTED:
        return ", ".join(sorted(part.strip() for part in value.split(",")))
    return text(value)


def headers(document: dict[str, Any]) -> list[str]:
    """The headers of a recorded answer that are compared."""
    kept = ((name, value) for name, value in document["headers"] if name not in DROPPED)
    return sorted(f"{name}: {header(name, value)}" for name, value in kept)


def asked(document: dict[str, Any]) -> list[str]:
    """What was asked: method, path and fields."""
    said = document["asked"]
    fields = [f"{n}={'*' if n in SECRET_FIELDS else v}" for n, v in said] if isinstance(said, list) else []
    return [f"{document['method']} {text(document['path'])}", *map(text, fields)]


def body(document: dict[str, Any]) -> Any:
    """A JSON body without what changes by itself."""
    return json.loads(text(json.dumps(document["body"])))
