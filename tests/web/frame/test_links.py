"""Secret links: every address that has a token is known to be secret, and none is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner import links
from planner.web.frame.headers import mask

if TYPE_CHECKING:
    from flask import Flask

TOKEN = "abcDEF_-0123456789"  # noqa: S105 - it opens nothing


def test_every_address_with_a_token_begins_as_a_secret_one_does(app: Flask) -> None:
    secret = [rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert len(secret) >= len(links.SECRET_PREFIXES)
    assert all(rule.startswith(links.SECRET_PREFIXES) for rule in secret)
    assert all(any(rule.startswith(prefix) for rule in secret) for prefix in links.SECRET_PREFIXES)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (links.visit_path(links.PARTICIPANT, TOKEN), "/v/***"),
        (links.visit_path(links.GUIDE, TOKEN) + "/print?day=2", "/g/***/print?day=2"),
        (links.sign_in_path(TOKEN), "/sign-in/link/***"),
        ("/visits/12/share", "/visits/12/share"),
    ],
)
def test_a_token_is_masked_and_nothing_else(path: str, shown: str) -> None:
    assert mask(f"GET {path} HTTP/1.1") == f"GET {shown} HTTP/1.1"
