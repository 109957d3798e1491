"""What is told of a stop's toilet, water, seats and tickets, and to whom; what is unknown is not told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.domain.booked.tickets import without_tickets
from planner.domain.sites import Known, Location, Ticket
from planner.domain.warnings.audience import Audience, release_for
from planner.outputs.files.content.history import history_of
from planner.outputs.timeline.build import build_timeline
from tests.kit.comfortable import comfortable_content
from tests.kit.samples import sample_content
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from planner.domain.releases import ReleaseContent


def museum_with(*, tickets_got: bool = False, **fields: Any) -> ReleaseContent:
    """The sample with more known of the museum, its fourth stop."""
    content = sample_content()
    [day] = content.visit.days
    stops = (*day.stops[:3], replace(day.stops[3], tickets_got=tickets_got), *day.stops[4:])
    visit = replace(content.visit, days=(replace(day, stops=stops),))
    muzeum = replace(content.sites["muzeum"], **fields)
    return replace(content, visit=visit, sites={**content.sites, "muzeum": muzeum})


def facts(content: ReleaseContent, audience: Audience = Audience.GUIDE) -> set[str]:
    """The facts of the museum that are not told of it as the sample has it."""
    with translated_app().test_request_context():
        before, now = (
            build_timeline(release_for(one, audience), 0, "en").stops[3].practical
            for one in (sample_content(), content)
        )
    return set(now) - set(before)


def test_what_is_known_is_told_and_nothing_else() -> None:
    assert facts(museum_with()) == set()
    assert facts(museum_with(toilets=Known.YES, water=Known.NO)) == {"toilet here", "no drinking water"}
    assert facts(museum_with(seats=Known.YES, ticket=Ticket.FREE)) == {"seats here", "free entry"}


def test_a_ticket_is_told_with_its_price_and_to_the_guide_where_it_is_bought() -> None:
    needed: dict[str, Any] = {"ticket": Ticket.NEEDED, "ticket_price": "12 PLN", "ticket_where": "desk"}
    assert facts(museum_with(**needed)) == {"ticket needed: 12 PLN, desk"}
    assert facts(museum_with(**needed), Audience.PARTICIPANT) == {"ticket needed: 12 PLN"}
    assert facts(museum_with(ticket=Ticket.NEEDED)) == {"ticket needed"}
    bought = museum_with(**needed, tickets_got=True)
    assert facts(bought, Audience.PARTICIPANT) == {"tickets are bought"}


def test_what_is_to_be_bought_is_what_a_site_needs_and_nobody_has() -> None:
    content = museum_with(ticket=Ticket.NEEDED)
    assert list(without_tickets(content.visit.days[0], content.sites)) == [3]
    content = museum_with(ticket=Ticket.NEEDED, tickets_got=True)
    assert list(without_tickets(content.visit.days[0], content.sites)) == []
    assert list(without_tickets(sample_content().visit.days[0], content.sites)) == [3]
    assert list(without_tickets(sample_content().visit.days[0], sample_content().sites)) == []


def test_a_calendar_changes_with_them() -> None:
    first, now = sample_content(), museum_with(toilets=Known.YES)
    second = replace(now, number=first.number + 1)
    history = history_of((first, second))
    changed = {key.stop for key, at in history.changes.items() if at.release == second.number}
    assert changed == {first.visit.days[0].stops[3].id}


def near(content: ReleaseContent, site: str | None = None, **fields: Any) -> list[str]:
    """What is told of toilets at each stop, with more known of one of the sites."""
    if site:
        content = replace(content, sites={**content.sites, site: replace(content.sites[site], **fields)})
    with translated_app().test_request_context():
        stops = build_timeline(content, 0, "en").stops
    return [plain(" ".join(text for text in stop.practical if "toilet" in text)) for stop in stops]


def test_the_nearest_on_the_map_is_told_where_the_site_has_none() -> None:
    content, none = comfortable_content(), "no toilet within 500 m"
    assert near(content) == ["toilet here", "toilet 120 m", none, "toilet 260 m", none]
    assert near(content, "muzeum", toilets=Known.YES)[3] == "toilet here"
    assert near(content, "muzeum", toilets=Known.NO)[3] == "no toilet toilet 260 m"


def test_that_none_is_near_is_told_where_the_map_has_any_and_the_stop_is_on_it() -> None:
    content = comfortable_content()
    with translated_app().test_request_context():
        known, silent = (
            " ".join(text for stop in build_timeline(one, 0, "en").stops for text in stop.practical)
            for one in (content, replace(content, network=replace(content.network, comforts=())))
        )
    assert plain(known).count("no toilet within 500 m") == 2
    assert "water" not in known
    assert "no toilet" not in silent
    site = content.sites["teznia"]
    off_map = replace(content, sites={**content.sites, "teznia": replace(site, location=Location(None))})
    assert near(off_map)[4] == ""


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    content = museum_with(seats=Known.YES)
    with translated_app().test_request_context():
        stop = build_timeline(content, 0, "en").stops[3]
        known = build_timeline(comfortable_content(), 0, "en").stops[3]
    assert stop.not_known == "not known: toilets, drinking water"
    assert known.not_known == "not known: drinking water"


def test_the_longest_way_of_the_day_is_between_two_stops() -> None:
    with translated_app().test_request_context():
        timeline = build_timeline(comfortable_content(), 0, "en")
    said = "longest way without a seat: 640 m, Former synagogue (exterior) → Regional Museum"
    assert plain(timeline.summary.unseated) == said
    told = [plain(row.unseated) for row in timeline.rows if row.kind == "leg"]
    assert told[0] == "no seat for 310 m"
    assert "no seat for 640 m" in told
