"""An application for words, and the streets for maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.translated_app import translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.services.travel.town import Town


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    """Words in both languages."""
    made = translated_app()
    with made.app_context():
        yield made


@pytest.fixture
def map_of_town(skawina: Town) -> dict[str, Any]:
    """What a sheet needs to have a map."""
    return {"layers": skawina.network.layers}
