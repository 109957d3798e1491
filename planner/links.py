"""The addresses of secret links: whoever has one is let in, so nothing of them may be logged."""

from __future__ import annotations

PARTICIPANT, GUIDE = "participant", "guide"
KINDS = (PARTICIPANT, GUIDE)
"""The links that lead to a visit."""

PREFIXES = {PARTICIPANT: "/v/", GUIDE: "/g/"}
HOST, COLLEAGUE = "host", "colleague"
PREVIEW_PREFIXES = {HOST: "/h/", COLLEAGUE: "/p/"}
"""The links that show somebody the draft, or a host their own sheet; phones keep nothing of them."""

SIGN_IN = "/sign-in/link/"
SECRET_PREFIXES = (*PREFIXES.values(), *PREVIEW_PREFIXES.values(), SIGN_IN)
"""What follows one of these in an address is a token."""


def visit_path(kind: str, token: str) -> str:
    """The path at which a link of a kind shows its visit."""
    return f"{PREFIXES[kind]}{token}"


def preview_path(kind: str, token: str) -> str:
    """The path at which a preview of a kind is shown."""
    return f"{PREVIEW_PREFIXES[kind]}{token}"


def is_by_link(path: str) -> bool:
    """Whether a path is one of those that links to visits open."""
    return path.startswith((*PREFIXES.values(), *PREVIEW_PREFIXES.values()))


def link_in(path: str) -> tuple[str, str]:
    """The kind and the token of the link in a path; two empty texts where there is none."""
    for kind, prefix in PREFIXES.items():
        if path.startswith(prefix):
            return kind, path.removeprefix(prefix).partition("/")[0]
    return "", ""


def sign_in_path(token: str) -> str:
    """The path at which a one-time link lets somebody in."""
    return f"{SIGN_IN}{token}"


def site_path(site: str) -> str:
    """The path of the public page of a site, for the poster at its door."""
    return f"/s/{site}"
