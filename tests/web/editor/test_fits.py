"""Where a stop would fit, how sure a day is and stops shared among days, as pages without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Page, PageClient

STOPS = ("teznia", "dworzec-biblioteka", "park-miejski")


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app)
    add(made, *STOPS)
    return made


def sent(page: Page, action: str) -> dict[str, Any]:
    """What the first form of an action sends, its token left out."""
    form = next(one for one in page.all("form") if one.attributes.get("action", "").endswith(f"/{action}"))
    inputs = [node.attributes for node in form.walk() if node.tag == "input"]
    values: dict[str, Any] = {one["name"]: one.get("value", "") for one in inputs}
    values.pop("csrf_token")
    return values


def names(desk: Desk, day: int = 0) -> list[str]:
    return [stop.place.site or "" for stop in desk.draft().days[day].stops if stop.place]


def test_a_site_is_put_where_it_costs_least(reader: PageClient, desk: Desk) -> None:
    """The page offers every place in words; the form puts the site there, at the time that was offered."""
    path = f"/visits/{desk.visit_id}/fits?day=1&site=muzeum&times=14:00"
    page = reader.get(path, "en")
    assert "14:00–" in page.text
    assert "a second time" not in page.text
    fields = sent(page, "add_site")
    assert (fields["site"], fields["fixed"]) == ("muzeum", "14:00")
    assert desk.edit("add_site", column=False, **{**fields, "base": desk.base()}).status_code == 303
    at = int(fields["position"])
    assert names(desk)[at] == "muzeum"
    assert desk.draft().days[0].stops[at].fixed == "14:00"
    again = reader.get(path, "pl").text
    assert "Gdzie by się zmieściło?" in again
    assert "byłby tu drugi raz" in again


def test_why_a_stop_is_not_first_is_told(reader: PageClient, desk: Desk) -> None:
    stop = desk.draft().days[0].stops[-1]
    page = reader.get(f"/visits/{desk.visit_id}/fits?day=1&stop={stop.id}&position=1", "en")
    why = next(node.text for node in page.all("p") if node.attributes.get("id") == "why-not")
    assert " stop 1" in why
    fields = sent(page, "move")
    assert fields["stop"] == stop.id
    assert desk.edit("move", column=False, **{**fields, "base": desk.base()}).status_code == 303
    assert names(desk)[int(fields["position"])] == "park-miejski"


def test_of_the_times_a_host_offers_one_is_taken_for_a_stop_of_the_day(
    reader: PageClient, desk: Desk
) -> None:
    stop = desk.draft().days[0].stops[1]
    page = reader.get(f"/visits/{desk.visit_id}/fits?day=1&stop={stop.id}&times=11:30,+14:00", "en")
    fields = sent(page, "move")
    assert fields["fixed"] == "11:30"  # all else is over by then: the day ends with it
    assert desk.edit("move", column=False, **{**fields, "base": desk.base()}).status_code == 303
    moved = desk.draft().days[0].stops[int(fields["position"])]
    assert (moved.id, moved.fixed) == (stop.id, "11:30")


def test_what_cannot_be_read_is_told(reader: PageClient, desk: Desk) -> None:
    page = reader.get(f"/visits/{desk.visit_id}/fits?day=1&site=muzeum&times=soon", "en")
    assert any(node.attributes.get("role") == "alert" for node in page.nodes)


def test_the_day_says_how_sure_it_is(reader: PageClient, desk: Desk) -> None:
    stop = desk.draft().days[0].stops[1]
    desk.change("stop", stop=stop.id, dwell_min=20, fixed="10:10")
    path = f"/visits/{desk.visit_id}/sure?day=1"
    assert "of 100 days" not in reader.get(path, "en").text
    page = reader.get(f"{path}&later=10", "en")
    assert "All on time" in page.text
    assert "Bohannon" in page.text
    assert len([row for row in page.all("table")[0].walk() if row.tag == "tr"]) == 1 + len(STOPS) + 1


def test_a_few_words_say_how_sure_the_day_is(reader: PageClient, desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/sure/now?day=1"
    assert ">on time nearly always</a>" in reader.client.get(f"{path}&lang=en").text
    stop = desk.draft().days[0].stops[2]
    desk.change("stop", stop=stop.id, dwell_min=20, fixed="10:02")
    told = re.search(r">on time on (\d) of 10 such days</a>", reader.client.get(f"{path}&lang=en").text)
    assert told is not None
    whole = re.search(
        r"All on time in (\d+) of 100 days", reader.get(path.replace("/now", "") + "&later=0", "en").text
    )
    assert whole is not None
    assert abs(int(told[1]) * 10 - int(whole[1])) <= 5  # rounded to tens


@pytest.mark.dear
def test_stops_are_shared_among_days_and_accepted(reader: PageClient, desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/days?day=1"
    assert "This visit has one day." in reader.get(path, "en").text
    desk.change("add_day")
    alone = reader.get(path, "en").text
    assert "Accept these days" not in alone
    assert "This visit has one day." not in alone
    page = reader.get(f"{path}&search=1", "en")
    fields = sent(page, "share")
    assert desk.edit("share", column=False, **{**fields, "base": desk.base()}).status_code == 303
    shared = names(desk, 0), names(desk, 1)
    assert sorted([*shared[0], *shared[1]]) == sorted(STOPS)
    assert shared[1]
    stale = desk.edit("share", **{**fields, "base": desk.base()})
    assert stale.status_code == 422


@pytest.mark.dear
def test_a_stop_may_be_left_out_by_its_weight(reader: PageClient, desk: Desk) -> None:
    stop = desk.draft().days[0].stops[0]
    desk.change("stop", stop=stop.id, dwell_min=20, optional="1")
    desk.change("stop", stop=stop.id, dwell_min=20, weight=7)
    kept = desk.draft().days[0].stops[0]
    assert (kept.optional, kept.weight) == (True, 7)
    assert "may be left out, weight 7" in reader.get(f"/visits/{desk.visit_id}?stop={stop.id}", "en").text
    desk.change("stop", stop=stop.id, dwell_min=20, essential="1")
    kept = desk.draft().days[0].stops[0]
    assert (kept.essential, kept.optional) == (True, False)


@pytest.mark.dear
def test_an_order_without_what_does_not_fit_is_proposed_and_accepted(reader: PageClient, desk: Desk) -> None:
    stop = desk.draft().days[0].stops[0]
    desk.change("stop", stop=stop.id, dwell_min=700, optional="1")
    day = desk.draft().days[0]
    start = day.start.place.site or ""
    desk.change("day", date=day.date, start_time="09:00", start_site=start, end_time="13:00")
    page = reader.get(f"/visits/{desk.visit_id}/proposal?day=1&objective=finish", "en")
    assert "Left out, since it does not fit" in page.text
    fields = sent(page, "order")
    assert desk.edit("order", column=False, **{**fields, "base": desk.base()}).status_code == 303
    assert "teznia" not in names(desk)
    assert len(names(desk)) == 2
