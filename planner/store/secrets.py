"""Secret links: tokens that can be shown again without being stored."""

from __future__ import annotations

import base64
import hashlib
import hmac

TOKEN_BYTES = 18
"""144 bits, 24 characters in a link: more than the 128 that nobody guesses."""


def link_token(secret_key: str, link_id: int, rotation: int) -> str:
    """Derive a link's token, safe in a URL, from the service's key."""
    return _derived(secret_key, f"link:{link_id}:{rotation}")


def preview_token(secret_key: str, link_id: int, rotation: int) -> str:
    """Derive the token of a preview for a host or a colleague."""
    return _derived(secret_key, f"preview:{link_id}:{rotation}")


def sign_in_token(secret_key: str, link_id: int, created: int) -> str:
    """Derive the token of a one-time sign-in link; ids of removed links come again, instants do not."""
    return _derived(secret_key, f"sign-in:{link_id}:{created}")


def second_factor_key(secret_key: str, user_id: int, salt: str) -> str:
    """Derive the key that an account's authenticator app holds, in base 32: 160 bits, as RFC 4226 wants."""
    mark = f"second factor:{user_id}:{salt}"
    return base64.b32encode(
        hmac.new(secret_key.encode(), mark.encode(), hashlib.sha256).digest()[:20]
    ).decode()


def recovery_hash(secret_key: str, user_id: int, code: str) -> str:
    """What is stored of a recovery code: without the service's key nobody can try codes against it."""
    mark = f"recovery:{user_id}:{code}"
    return hmac.new(secret_key.encode(), mark.encode(), hashlib.sha256).hexdigest()


def calendar_mark(secret_key: str, visit_id: int, kind: str) -> str:
    """Derive what tells the calendar of a visit's link from all others; it outlives the link's token."""
    return _derived(secret_key, f"calendar:{visit_id}:{kind}")


def token_hash(token: str) -> str:
    """What is stored and looked up in place of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _derived(secret_key: str, mark: str) -> str:
    digest = hmac.new(secret_key.encode(), mark.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()
