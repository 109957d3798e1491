"""A release whose town is not in force any more: the data directory has the streets of another one now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.live.events import EventKind, LiveEvent
from planner.services.live.opened import live_link, release_shown
from planner.services.live.state import LiveState
from tests.kit.web.signing_in import services_of
from tests.web.live.conftest import at

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent
    from tests.kit.web.calls import Api
    from tests.web.live.conftest import LiveDay


def released(live: LiveDay) -> ReleaseContent:
    """What the visit's links show."""
    context = services_of(live.app)
    with context.database.session() as session:
        link = live_link(session, live.links.participant, "participant", at("09:00"))
        assert link
        content = release_shown(session, link.visit_id, link.release)
    assert content
    return content


@pytest.mark.dear
def test_the_times_go_on_by_the_ways_of_the_release(live: LiveDay, small: Api) -> None:
    content = released(live)
    elsewhere = replace(content.network, timezone="Europe/Helsinki")
    events = [
        LiveEvent("left-late", EventKind.LEFT, at("09:50"), at("09:50"), "1:", stop="*start"),
        LiveEvent("skipped", EventKind.SKIP, at("09:51"), at("09:51"), "1:", stop="hall"),
    ]
    home, away = services_of(live.app).town, services_of(small.app).town
    here, there = (LiveState.of(town, content, 0, events[:1]) for town in (home, away))
    assert there.parties[0].live.itinerary == here.parties[0].live.itinerary
    guessed = LiveState.of(away, content, 0, events).parties[0].live.itinerary.legs[1]
    assert guessed.distance_m is None  # nobody knows the way from the museum to the park there
    assert guessed.duration_s > 0
    helsinki = LiveState.of(away, replace(content, network=elsewhere), 0, [])
    assert helsinki.asked[""].clock.face(at("09:00")) == "10:00"
