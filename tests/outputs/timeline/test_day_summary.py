"""The summary of a day alone is that of its whole timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.warnings.codes import WarningCode
from planner.outputs.timeline.build import build_summary, build_timeline
from tests.kit.ride_samples import ride_content
from tests.kit.samples import sample_content
from tests.kit.translated_app import translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent


def late_and_crowded() -> ReleaseContent:
    """The sample with a late end, and with what is said of a leg both by the day and by the leg itself."""
    content = sample_content()
    day = content.itineraries[0]
    late = warned(WarningCode.LATE, by_s=300, params={"limit": "12:00", "kind": "finish"})
    twice = warned(WarningCode.OFF_MAIN_NETWORK)
    legs = (replace(day.legs[0], warnings=(twice, twice)), *day.legs[1:])
    warnings = (*day.warnings, late, replace(twice, leg=0))
    return replace(content, itineraries=(replace(day, legs=legs, warnings=warnings),))


@pytest.mark.parametrize("content", [sample_content(), ride_content(), late_and_crowded()])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_rows_need_not_be_written_for_it(content: ReleaseContent, language: str) -> None:
    with translated_app().app_context():
        for day in range(len(content.visit.days)):
            assert build_summary(content, day, language) == build_timeline(content, day, language).summary
