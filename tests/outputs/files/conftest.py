"""An application in whose languages files are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.translated_app import translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    made = translated_app()
    with made.app_context():
        yield made
