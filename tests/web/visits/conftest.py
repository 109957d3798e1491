"""A clock that can be put on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.web.signing_in import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture
def later(app: Flask) -> Iterator[list[int]]:
    """How much later it is, to be set."""
    context, moved = services_of(app), [0]
    now = context.now
    object.__setattr__(context, "now", lambda: now() + moved[0])
    yield moved
    object.__setattr__(context, "now", now)
