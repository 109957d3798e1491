"""Maps of random visits in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.maps.served import map_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.services.travel.town import Town
    from tests.kit.maps.served import MapPages


@pytest.fixture(scope="session")
def maps() -> Iterator[MapPages]:
    """A server of maps."""
    with map_pages() as pages:
        yield pages


@pytest.fixture(scope="session")
def towns(request: pytest.FixtureRequest) -> dict[str, Town]:
    """Three towns: dense and steep, sparse, and a sketch."""
    return {name: request.getfixturevalue(name) for name in ("monaco", "krems", "skawina")}
