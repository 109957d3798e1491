"""Another order of a day as an organiser finds and accepts it, without a script, over the real search."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.edits.day_mark import seen_mark
from planner.domain.robust.chance import planned_starts, play
from planner.domain.robust.delays import Delays, draw
from planner.services.order.sturdy import day_of_chance
from planner.services.planning.case import Case, group_of
from planner.services.planning.plan import plan_day
from planner.store.catalogue import all_sites
from planner.web.frame import costly as guard
from tests.kit.web.desk import Desk, add, finish, open_desk
from tests.kit.web.signing_in import csrf_of, opens_for_its_owner_alone, services_of, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from planner.domain.itinerary import Itinerary
    from tests.kit.web.pages import Page, PageClient

ZIGZAG = ("teznia", "dworzec-biblioteka", "park-miejski", "muzeum", "sokol")


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A visit whose stops are in a poor order."""
    made = open_desk(app)
    add(made, *ZIGZAG)
    return made


def proposal(reader: PageClient, desk: Desk, query: str = "&objective=finish", language: str = "en") -> Page:
    return reader.get(f"/visits/{desk.visit_id}/proposal?day=1{query}", language)


def fields(page: Page) -> dict[str, Any]:
    """What the accepting form sends, its token left out."""
    sent = {node.attributes["name"]: node.attributes.get("value", "") for node in page.all("input")}
    return {name: sent[name] for name in ("base", "day", "key", "seen", "words")}


def planned(desk: Desk, order: tuple[str, ...] | None = None) -> Itinerary:
    """The draft's day, planned in an order of its stops."""
    visit = desk.draft()
    day = visit.days[0]
    if order is not None:
        day = replace(day, stops=tuple(next(s for s in day.stops if s.id == one) for one in order))
    context = services_of(desk.app)
    with context.database.session() as session:
        return plan_day(Case(context.town, day, group_of(visit), all_sites(session)))


def test_the_earliest_finish_of_all_orders_is_proposed_and_called_proved(
    reader: PageClient, desk: Desk
) -> None:
    ids = [stop.id for stop in desk.draft().days[0].stops]
    best = min(planned(desk, order).finish for order in permutations(ids))
    clock = services_of(desk.app).town.clock
    page = proposal(reader, desk)
    assert (
        f"Finish {clock.local(best):%H:%M} instead of {clock.local(planned(desk).finish):%H:%M}" in page.text
    )
    assert (
        "Searched for: the earliest finish. Proved: no order that keeps everything finishes earlier."
        in page.text
    )
    polish = proposal(reader, desk, language="pl").text
    assert "Dowiedzione: żadna kolejność spełniająca wszystkie życzenia nie kończy się wcześniej." in polish


def surest_of_all(desk: Desk) -> tuple[float, int]:
    """The share of days on time of the surest order that ends soon enough, and when the first one ends."""
    visit = desk.draft()
    context = services_of(desk.app)
    with context.database.session() as session:
        day = day_of_chance(Case(context.town, visit.days[0], group_of(visit), all_sites(session)))
    finish = {one: planned_starts(day.problem, one)[1] for one in permutations(range(len(ZIGZAG)))}
    first = min(finish.values())
    in_time = [one for one, ends in finish.items() if ends <= first + 600]
    assert len(in_time) < len(finish)
    return float(play(day, in_time, draw(Delays(), len(ZIGZAG), 1000, 7)).whole.max()), first


@pytest.mark.dear
def test_the_surest_order_is_proposed_with_its_chance_before_and_after(
    reader: PageClient, desk: Desk
) -> None:
    """Of all orders that end soon enough none is noticeably surer; it is told and drawn as the others are."""
    loose, first = surest_of_all(desk)
    end = services_of(desk.app).town.clock.local(first + 6 * 60)
    desk.change("day", date="2026-12-07", start_site="dworzec-biblioteka", start_time="09:00",
                end_by="latest", end_time=f"{end:%H:%M}")  # fmt: skip
    tight, _ = surest_of_all(desk)
    assert tight < loose  # else nothing would have to be chosen
    page = proposal(reader, desk, "&objective=surest")
    told = re.search(r"On time in (\d+) of 100 days instead of in 0 of 100 days", page.text)
    assert told is not None
    assert int(told[1]) == pytest.approx(100 * tight, abs=4)  # two draws of a thousand days
    assert "at most 10 min after the earliest finish. All orders were tried." in page.text.replace(
        "\u00a0", " "
    )
    assert "Bohannon" in page.text
    assert len(page.all("svg")) == 2
    assert [one for one in page.all("script") if one.attributes.get("id") == "proposal-state"]
    assert fields(page)["key"] == fields(proposal(reader, desk, "&objective=surest"))["key"]
    assert desk.edit("order", **fields(page)).status_code == 200
    again = proposal(reader, desk, "&objective=surest")
    assert f"Your order is already the surest: on time in {told[1]} of 100 days" in again.text


def test_a_day_planned_from_its_end_is_offered_no_surest_order(reader: PageClient, desk: Desk) -> None:
    assert "the best chance to be on time" in proposal(reader, desk, "").text
    desk.change("day", date="2026-12-07", start_site="dworzec-biblioteka", start_time="09:00",
                end_by="arrive", end_time="14:00", end_site="ratusz")  # fmt: skip
    page = proposal(reader, desk, "&objective=surest")
    assert "the best chance to be on time" not in page.text
    assert "Searched for: the latest start." in page.text


@pytest.mark.dear
def test_what_is_accepted_is_what_was_shown_in_one_revision_and_one_undo(
    reader: PageClient, desk: Desk
) -> None:
    before, base = desk.draft(), desk.base()
    page = proposal(reader, desk)
    shown = re.search(r"Finish (\d\d:\d\d) instead of (\d\d:\d\d)", page.text)
    assert shown is not None
    assert finish(desk.page()) == shown[2]
    answer = desk.edit("order", column=False, **fields(page))
    assert answer.status_code == 303
    assert finish(desk.page()) == shown[1]
    order = {stop.id: stop for stop in before.days[0].stops}
    assert {stop.id: stop for stop in desk.draft().days[0].stops} == order
    assert "Your order is already the best" in proposal(reader, desk).text
    desk.post("undo")
    assert (desk.draft(), desk.base()) == (before, base)


def test_both_timetables_stand_beside_each_other(reader: PageClient, desk: Desk) -> None:
    page = proposal(reader, desk)
    rows = [node for node in page.nodes if "side__row" in node.attributes.get("class", "").split()]
    assert len(rows) == 2 * len(ZIGZAG)
    moved = [row for row in rows if "side__row--moved" in row.attributes["class"]]
    assert moved
    assert all("was" in row.text for row in moved)


@pytest.mark.dear
def test_every_objective_can_be_asked_for_and_is_named(reader: PageClient, desk: Desk) -> None:
    page = proposal(reader, desk, "")
    offered = {node.attributes["value"]: node.text for node in page.all("option")}
    assert list(offered) == ["finish", "finish_walking", "walking", "waiting", "surest"]
    for code, words in offered.items():
        told = proposal(reader, desk, f"&objective={code}").text
        assert f"Searched for: {words}{',' if code == 'surest' else '.'}" in told


def test_nothing_is_searched_before_it_is_asked_for(reader: PageClient, desk: Desk) -> None:
    page = proposal(reader, desk, "")
    assert "Searched for" not in page.text
    assert "Nothing changes until you accept an order." in page.text


def test_beside_the_timetable_the_answer_is_a_part_of_a_page(desk: Desk) -> None:
    def part(query: str) -> str:
        path = f"/visits/{desk.visit_id}/proposal?day=1&lang=en{query}"
        answer = desk.client.get(path, headers={"X-Editor": "beside"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.text

    first, waiting, found = part(""), part("&objective=finish&wait=1"), part("&objective=finish")
    assert "<html" not in first + waiting + found
    assert ["data-search-now" in text for text in (first, waiting, found)] == [True, False, False]
    assert ["accept-order" in text for text in (first, waiting, found)] == [False, False, True]
    assert re.search(r"<button[^>]*data-close>Dismiss</button>", found)


@pytest.mark.dear
def test_an_order_searched_for_another_day_is_not_taken(reader: PageClient, desk: Desk) -> None:
    old = fields(proposal(reader, desk))
    desk.change("stop", stop="s1", dwell_min=55)
    before = desk.draft()
    answer = desk.edit("order", **{**old, "base": desk.base()})
    assert answer.status_code == 422
    assert "poszukaj jeszcze raz" in html.unescape(answer.text)
    assert desk.draft() == before


@pytest.mark.dear
def test_who_accepts_on_an_old_page_is_told_and_may_still_accept_what_was_shown(
    app: Flask, reader: PageClient, desk: Desk
) -> None:
    sent = fields(proposal(reader, desk))
    other = Desk(app, app.test_client(), desk.visit_id, "")
    sign_in(app, other.client, "szef", "admin")
    other.token = csrf_of(other.client, f"/visits/{desk.visit_id}")
    other.change("visit", title_pl="Inny tytuł", group_size=20, pace_kmh=4)
    answer = desk.edit("order", column=False, **sent)
    assert answer.status_code == 409
    text = html.unescape(answer.text)
    assert "szef" in text
    assert "Inny tytuł" in text
    told = re.search(r"Twoja[^<]*<em>(.*?)</em>", text)
    assert told is not None
    assert "kolejność" in told[1] or "another order" in told[1]
    assert sent["key"] not in told[1]
    desk.change("order", **{**sent, "base": desk.base()})
    assert desk.draft().title == {"pl": "Inny tytuł"}


@pytest.mark.dear
@pytest.mark.parametrize("key", ["", "order:", "order:s1", "start:09:40", "order:s1,s1,s2", "<script>"])
def test_what_is_no_order_of_the_day_is_refused(desk: Desk, key: str) -> None:
    before = desk.draft()
    answer = desk.edit("order", key=key, seen=seen_mark(before, 0))
    assert answer.status_code == 422
    assert "to nie jest kolejność tego dnia" in html.unescape(answer.text)
    assert "<script>" not in answer.text
    assert desk.draft() == before


@pytest.mark.dear
def test_two_times_that_exclude_each_other_are_named_with_the_way_to_what_helps(
    reader: PageClient, desk: Desk
) -> None:
    desk.change("stop", stop="s1", dwell_min=60, min_dwell_min=60, fixed="10:00")
    desk.change("stop", stop="s4", dwell_min=60, min_dwell_min=60, fixed="10:30")
    page = proposal(reader, desk)
    assert "No order keeps everything that is asked for" in page.text
    assert (
        "Brine graduation tower, fixed at 10:00, and Regional Museum, fixed at 10:30, exclude each other."
        in page.text
    )
    links = [node.attributes["href"] for node in page.all("a") if "#stop-item-" in node.attributes["href"]]
    assert [link.rsplit("#", 1)[1] for link in links] == ["stop-item-s1", "stop-item-s4"]
    assert "Accept" not in page.text
    assert 'id="stop-item-s4"' in desk.page()


def test_stays_are_cut_only_as_far_as_needed_and_it_says_where(reader: PageClient, desk: Desk) -> None:
    for stop in ("s2", "s3", "s5"):
        desk.change("remove", stop=stop)
    desk.change("stop", stop="s1", dwell_min=40, min_dwell_min=20, window_from="09:00", window_to="10:00")
    desk.change("stop", stop="s4", dwell_min=30, min_dwell_min=30, fixed="09:45")
    page = proposal(reader, desk)
    cut = re.search(r"Brine graduation tower: (\d+) min instead of 40 min", page.text.replace("\xa0", " "))
    assert cut is not None
    assert "Proved: no order fits with fewer minutes cut." in page.text
    desk.change("order", **fields(page))
    dwells = {stop.id: stop.dwell_min for stop in desk.draft().days[0].stops}
    assert dwells == {"s1": int(cut[1]), "s4": 30}
    assert "late" not in {one.code for one in planned(desk).warnings}
    desk.change("stop", stop="s1", dwell_min=int(cut[1]) + 1, window_from="09:00", window_to="10:00")
    assert "late" in {one.code for one in planned(desk).warnings}


def test_a_day_that_must_be_at_its_end_by_a_time_is_asked_for_its_latest_start(
    reader: PageClient, desk: Desk
) -> None:
    desk.change("day", date="2026-12-07", start_time="07:00", start_site="dworzec-biblioteka",
              end_site="dworzec-biblioteka", end_by="arrive", end_time="14:32")  # fmt: skip
    page = proposal(reader, desk)
    assert [node.text for node in page.all("option")] == [
        "the latest start",
        "the least walking",
        "the least waiting",
    ]
    assert "Searched for: the latest start." in page.text


def test_days_with_nothing_to_order_are_already_the_best(reader: PageClient, app: Flask) -> None:
    empty = open_desk(app)
    assert "Your order is already the best" in proposal(reader, empty).text
    add(empty, "muzeum")
    assert "Your order is already the best" in proposal(reader, empty).text


def test_a_day_that_is_not_there_and_a_visit_of_somebody_else_are_not_found(app: Flask, desk: Desk) -> None:
    missing = ("?day=2", "?day=0", "?day=2&objective=finish")
    opens_for_its_owner_alone(app, desk.client, f"/visits/{desk.visit_id}/proposal", missing)


def test_an_objective_that_is_not_offered_is_the_first_one(reader: PageClient, desk: Desk) -> None:
    assert "Searched for: the earliest finish." in proposal(reader, desk, "&objective=glory").text


def test_who_comes_while_others_search_is_asked_to_come_again(desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/proposal?day=1&lang=en&objective=finish"
    with guard._IN_LINE, guard._IN_LINE:
        for headers in ({}, {"X-Editor": "beside"}):
            answer = desk.client.get(path, headers=headers)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "another search is under way" in answer.text
            assert "search-order" in answer.text
            assert "data-search-now" not in answer.text
    assert desk.client.get(path).status_code == 200
