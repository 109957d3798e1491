"""How long a server wishes to be left alone."""

from __future__ import annotations

import pytest

from planner.download.patience import wished_pause


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "30"}, 30),
        ({"Date": "Mon, 23 Nov 2026 10:00:00 GMT", "Retry-After": "Mon, 23 Nov 2026 10:01:30 GMT"}, 90),
        ({"Date": "Mon, 23 Nov 2026 10:00:00 GMT", "Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT"}, 0),
        ({"Retry-After": "Mon, 23 Nov 2026 10:01:30 GMT"}, 0),
        ({"Retry-After": "soon"}, 0),
        ({"Retry-After": "-5"}, 0),
        ({}, 0),
    ],
)
def test_retry_after_is_a_number_or_a_date_against_the_answers_own(
    headers: dict[str, str], pause: float
) -> None:
    assert wished_pause(headers) == pause
