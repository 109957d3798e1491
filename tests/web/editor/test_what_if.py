"""The page "What if" as an organiser uses it, without a script."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from planner.domain.visits import Mode
from planner.web.frame import costly as guard
from tests.kit.web.desk import Desk, add, finish, open_desk
from tests.kit.web.signing_in import csrf_of, opens_for_its_owner_alone, sign_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.kit.web.pages import Node, Page, PageClient


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app)
    add(made, "muzeum", "ratusz", "teznia")
    return made


def what_if(reader: PageClient, desk: Desk, query: str = "", language: str = "en") -> Page:
    return reader.get(f"/visits/{desk.visit_id}/what-if?day=1{query}", language)


def columns(page: Page) -> dict[str, dict[str, str]]:
    """What each column says, by its heading and the row's name."""
    found = {}
    for section in page.all("section"):
        if "variant" not in section.attributes.get("class", "").split():
            continue
        heading = next(node.text for node in section.walk() if node.tag == "h3")
        rows = [node for node in section.walk() if "fact" in node.attributes.get("class", "").split()]
        found[heading] = {said(row, "dt"): said(row, "dd") for row in rows}
    return found


def said(row: Node, tag: str) -> str:
    return " ".join(next(node for node in row.walk() if node.tag == tag).text.replace("\xa0", " ").split())


def take(desk: Desk, **fields: Any) -> str:
    """Take a variant as the form without a script does; the address it leads to."""
    answer = desk.edit("vary", column=False, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_without_variants_the_page_says_what_to_do(reader: PageClient, desk: Desk) -> None:
    for language, words in (("en", "Choose above what could be other"), ("pl", "Wybierz powyżej")):
        page = what_if(reader, desk, "", language)
        assert words in page.text
        assert len(columns(page)) == 1


def test_the_editor_leads_to_the_page(reader: PageClient, desk: Desk) -> None:
    links = re.findall(r'href="(/visits/\d+/what-if[^"]*)"', desk.page())
    assert links == [f"/visits/{desk.visit_id}/what-if?day=1"]
    assert reader.get(html.unescape(links[0]), "en").all("h1")[0].text == "What if"


def test_what_is_filled_in_stands_beside_and_what_stood_there_stays(reader: PageClient, desk: Desk) -> None:
    page = what_if(reader, desk, "&date=&start_time=08:30&pace_kmh=3,5&mode=")
    assert list(columns(page)) == ["As it is now", "start 08:30 · 3.5 km/h"]
    packed = next(node for node in page.all("input") if node.attributes["name"] == "v").attributes["value"]
    page = what_if(reader, desk, f"&v={quote(packed)}&date=2026-12-12&start_time=&pace_kmh=&mode=")
    assert list(columns(page)) == ["As it is now", "start 08:30 · 3.5 km/h", "Sat 12 Dec"]


def test_the_columns_say_the_difference_and_the_verdict_in_words(reader: PageClient, desk: Desk) -> None:
    found = columns(what_if(reader, desk, "&v=start_time 08:30;date 2026-12-12"))
    assert found["start 08:30"]["Start"] == "08:30 30 min earlier"
    saturday = found["Sat 12 Dec"]
    assert saturday["Warnings"].startswith("2 do not work")
    assert "worse new: Regional Museum: Closed all day." in saturday["Warnings"]
    assert saturday["1 Regional Museum"].endswith("does not work")


@pytest.mark.dear
def test_a_variant_and_the_editor_after_taking_it_say_the_same(reader: PageClient, desk: Desk) -> None:
    tried = columns(what_if(reader, desk, "&v=date 2026-12-08 start_time 10:15 pace_kmh 3 mode bus"))
    assert take(desk, date="2026-12-08", start_time="10:15", pace_kmh="3", mode="bus").endswith(
        f"/visits/{desk.visit_id}"
    )
    visit = desk.draft()
    day = visit.days[0]
    assert (day.date.isoformat(), day.start.time, visit.pace_kmh, day.mode) == (
        "2026-12-08", "10:15", 3.0, Mode.BUS)  # fmt: skip
    assert finish(desk.page("?lang=en")) == list(tried.values())[1]["Finish"].split()[0]


def test_taking_one_is_one_revision_and_one_undo(desk: Desk) -> None:
    before, base = desk.draft(), desk.base()
    take(desk, date="2026-12-14", start_time="08:30", pace_kmh="3.5", mode="coach")
    assert desk.draft() != before
    desk.post("undo")
    assert (desk.draft(), desk.base()) == (before, base)


def test_a_date_that_another_day_has_cannot_be_taken_and_the_page_says_so(
    reader: PageClient, desk: Desk
) -> None:
    desk.change("add_day")
    page = what_if(reader, desk, "&v=date 2026-12-08;date 2026-12-09")
    assert columns(page)["Tue 8 Dec"] == {}
    assert "Cannot be planned: !another day of this visit has this date already" in page.text
    assert len([node for node in page.all("button") if node.text == "Take this one"]) == 1
    assert desk.edit("vary", date="2026-12-08").status_code == 422


def test_the_second_day_is_tried_and_taken_by_itself(reader: PageClient, desk: Desk) -> None:
    desk.change("add_day")
    path = f"/visits/{desk.visit_id}/what-if?day=2&v=date 2026-12-01"
    assert "As it is now" in reader.get(path, "en").text
    answer = desk.edit("vary", column=False, day=1, date="2026-12-01")
    assert answer.status_code == 303
    assert [day.date.day for day in desk.draft().days] == [1, 7]
    assert [len(day.stops) for day in desk.draft().days] == [0, 3]


@pytest.mark.dear
def test_who_takes_one_on_an_old_page_is_told_what_has_changed(app: Flask, desk: Desk) -> None:
    other = Desk(app, app.test_client(), desk.visit_id, "")
    sign_in(app, other.client, "szef", "admin")
    other.token = csrf_of(other.client, f"/visits/{desk.visit_id}")
    base = desk.base()
    other.change("stop", stop="s1", dwell_min=50)
    answer = desk.edit("vary", base=base, column=False, start_time="08:30")
    assert answer.status_code == 409
    assert "35 → 50" in html.unescape(answer.text)
    assert desk.draft().days[0].start.time == "09:00"
    desk.change("vary", start_time="08:30")
    assert desk.draft().days[0].start.time == "08:30"


@pytest.mark.dear
def test_every_quick_choice_leads_to_what_it_says(reader: PageClient, desk: Desk) -> None:
    page = what_if(reader, desk)
    found = [node for node in page.all("a") if "&v=" in node.attributes["href"]]
    links = {node.text: node.attributes["href"] for node in found}
    assert {words: list(columns(reader.get(link, "en")))[1:] for words, link in links.items()} == {
        "The same weekday next week": ["Mon 14 Dec"],
        "Half an hour earlier": ["start 08:30"],
        "Half an hour later": ["start 09:30"],
        "Slower: 3.5 km/h": ["3.5 km/h"],
        "By bus": ["By bus"],
        "By coach": ["By coach"],
        "Quickest": ["Quickest"],
    }


def test_variants_are_taken_away_one_by_one(reader: PageClient, desk: Desk) -> None:
    page = what_if(reader, desk, "&v=start_time 08:30;pace_kmh 3")
    away = [node.attributes["href"] for node in page.all("a") if node.text == "Take away"]
    assert [list(columns(reader.get(link, "en")))[1:] for link in away] == [["3 km/h"], ["start 08:30"]]


def test_the_week_tells_on_which_dates_everything_is_open(reader: PageClient, desk: Desk) -> None:
    page = what_if(reader, desk, "&week=1")
    rows = [node for node in page.nodes if "week__doors" in node.attributes.get("class", "").split()]
    shut = ["Closed" in row.text for row in rows]
    assert shut == [False] * 5 + [True, True]
    beside = [node.attributes["href"] for node in page.all("a") if node.text == "Put it beside"]
    assert len(beside) == 6
    assert list(columns(reader.get(beside[-1], "en")))[1:] == ["Sun 13 Dec"]


def test_no_more_than_four_stand_beside_and_the_page_says_so(reader: PageClient, desk: Desk) -> None:
    four = ";".join(f"start_time 10:0{minute}" for minute in range(4))
    page = what_if(reader, desk, f"&v={four}")
    assert len(columns(page)) == 5
    assert "Four variants are shown" in page.text
    assert [node for node in page.all("input") if node.attributes.get("name") == "date"] == []
    assert "Four variants at most" in what_if(reader, desk, f"&v={four}&pace_kmh=3").text


@pytest.mark.dear
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("&start_time=25:00", "type a time like 09:30"),
        ("&date=2026-02-30", "Date: type a date"),
        ("&date=1999-12-31", "between 2000 and 2100"),
        ("&pace_kmh=99", "Pace: at most 10"),
        ("&pace_kmh=nan", "Pace"),
        ("&mode=rocket", "Way of moving"),
        ("&start_time=09:00", "is the day as it is"),
        ("&v=start_time 99:99", "type a time like 09:30"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_put_beside(
    reader: PageClient, desk: Desk, query: str, words: str
) -> None:
    page = what_if(reader, desk, query)
    assert words in page.text
    assert len(columns(page)) == 1


def test_what_was_typed_and_refused_is_still_there(reader: PageClient, desk: Desk) -> None:
    page = what_if(reader, desk, "&start_time=25:00&pace_kmh=3")
    values = {node.attributes.get("id"): node.attributes.get("value") for node in page.all("input")}
    assert (values["try-start"], values["try-pace"]) == ("25:00", "3")


def test_a_day_that_is_not_there_and_a_visit_of_somebody_else_are_not_found(app: Flask, desk: Desk) -> None:
    missing = ("?day=2", "?day=0", "?day=-1")
    opens_for_its_owner_alone(app, desk.client, f"/visits/{desk.visit_id}/what-if", missing)


def test_a_day_without_stops_can_be_tried_too(reader: PageClient, app: Flask) -> None:
    empty = open_desk(app)
    found = columns(what_if(reader, empty, "&week=1&v=start_time 08:30"))
    assert found["start 08:30"]["Warnings"] == found["As it is now"]["Warnings"]
    assert found["start 08:30"]["Finish"].split()[0] == "08:30"


def test_hostile_addresses_are_shown_as_text(reader: PageClient, desk: Desk) -> None:
    bad = quote('"><script>alert(1)</script>')
    page = what_if(reader, desk, f"&v=mode%20{bad}&start_time={bad}&date={bad}")
    assert "<script>alert" not in page.html


def test_while_others_search_the_day_as_it_is_can_still_be_read(reader: PageClient, desk: Desk) -> None:
    path = f"/visits/{desk.visit_id}/what-if?day=1&v=start_time 08:30"
    with guard._IN_LINE, guard._IN_LINE:
        page = reader.get(path, "en", status=503)
        assert int(page.response.headers["Retry-After"]) > 0
        assert "another search is under way" in page.text
        assert list(columns(page)) == ["As it is now"]
        assert list(columns(what_if(reader, desk))) == ["As it is now"]
    assert list(columns(reader.get(path, "en"))) == ["As it is now", "start 08:30"]
