"""The day drawn to scale and its sentence: where things stand on the axis, worked out by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from planner.outputs.glance.axis import MARGIN, WIDE
from tests.kit.web.desk import Desk, add, open_desk

if TYPE_CHECKING:
    from flask import Flask

BAR = re.compile(r'<rect class="strip__bar" rx="2" x="([\d.]+)" y="\d+" width="([\d.]+)"')
CLASH = re.compile(
    r'<a class="strip__clash strip__clash--(\w+)" href="([^"]*)" data-show="([^"]*)" aria-label="([^"]*)">'
    r'<rect class="strip__ground" x="([\d.]+)" y="\d+" width="([\d.]+)"'
)
START: dict[str, Any] = {"date": "2026-12-07", "start_site": "dworzec-biblioteka"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    made = open_desk(app, "ola")
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


def sentence(page: str) -> str:
    found = re.search(r'<p id="sum">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]*>", "", found[1]).replace("\u00a0", " ").split()).replace(" ,", ",")


def test_a_break_from_nine_is_as_wide_as_its_share_of_the_three_hours_drawn(desk: Desk) -> None:
    desk.change("add_place", kind="break")
    desk.change("dwell", stop="b1", dwell_min="45")
    ((x, wide),) = BAR.findall(desk.page())
    assert float(x) == MARGIN
    assert float(wide) == pytest.approx((WIDE - 2 * MARGIN) * 45 / 180, abs=0.1)


def test_what_begins_at_ten_stands_at_a_third(desk: Desk) -> None:
    desk.change("add_place", kind="break")
    desk.change("row", stop="b1", dwell_min="30", fixed="10:00")
    page = desk.page()
    ((x, _),) = BAR.findall(page)
    assert float(x) == pytest.approx(MARGIN + (WIDE - 2 * MARGIN) / 3, abs=0.1)
    wait = re.search(r'<rect class="strip__wait" x="([\d.]+)" y="\d+" width="([\d.]+)"', page)
    assert wait is not None
    assert float(wait[1]) + float(wait[2]) == pytest.approx(float(x), abs=0.1)
    assert page.count("strip__pin") == 1


@pytest.mark.dear
def test_the_sentence_says_when_it_ends_and_what_that_leaves(desk: Desk) -> None:
    desk.change("add_place", kind="break")
    desk.change("dwell", stop="b1", dwell_min="45")
    page = desk.page()
    assert sentence(page) == "Ends 09:45. Nothing to mend, 1 to confirm."
    assert 'data-show="part=settings">1 to confirm<' in page  # no host is to be asked: whom to call
    page = desk.edit("day", **START, start_time="09:00", end_by="latest", end_time="10:03").text
    assert sentence(page) == "Ends 09:45, 18 min before the limit. Nothing to mend, 1 to confirm."
    page = desk.edit("day", **START, start_time="09:00", end_by="latest", end_time="09:30").text
    assert sentence(page) == "Ends 09:45, 15 min after the limit. 1 to mend, 1 to confirm."
    assert "strip__limit--late" in page
    assert 'data-show="part=end">1 to mend' in page


def test_what_is_to_mend_and_to_confirm_leads_there(desk: Desk) -> None:
    add(desk, "park-miejski", "muzeum")
    desk.change("row", stop="s2", dwell_min="35", fixed="9:01")
    page = desk.page()
    assert re.search(r'href="[^"]*\?stop=s2" data-show="stop=s2">1 to mend<', page)
    assert f'<a href="/visits/{desk.visit_id}/hosts">2 to confirm<' in page  # whom to call, and the museum
    assert 'class="strip__stay strip__stay--fail"' in page


def clashes(page: str) -> list[tuple[str, str, int, int, str]]:
    """What is drawn as not working: kind, what it selects, from and to in minutes after nine, words."""
    minute = (WIDE - 2 * MARGIN) / 180
    return [
        (
            kind,
            shown,
            round((float(x) - MARGIN) / minute),
            round((float(x) + float(wide) - MARGIN) / minute),
            said.replace("\u00a0", " "),
        )
        for kind, _, shown, said, x, wide in CLASH.findall(page)
    ]


def test_an_agreed_time_while_the_stay_before_lasts_is_drawn_from_then_to_its_start(desk: Desk) -> None:
    desk.change("add_place", kind="break", name="Kawa")
    desk.change("dwell", stop="b1", dwell_min="45")
    desk.change("add_place", kind="break", name="Rozmowa")
    desk.change("row", stop="b2", dwell_min="30", fixed="09:30")
    page = desk.page()
    said = "Rozmowa: 15 min late: the agreed time is 09:30. Kawa lasts until 09:45."
    assert clashes(page) == [("overlap", "stop=b2", 30, 45, said)]
    assert page.count("strip__pin--missed") == 1
    assert 'aria-label="2. Rozmowa, 09:45–10:15. 15\u00a0min late: the agreed time is 09:30."' in page
    assert ">! 2 Rozmowa</text>" in page  # not told by its colour alone
    assert ">1 Kawa</text>" in page


def test_what_lies_outside_its_window_and_after_the_days_end_is_drawn(desk: Desk) -> None:
    desk.change("add_place", kind="break", name="Kawa")
    desk.change("stop", stop="b1", dwell_min=60, window_from="08:00", window_to="09:40")
    desk.change("day", **START, start_time="09:00", end_by="latest", end_time="09:50")
    (shut, end) = clashes(desk.page())
    assert shut == ("shut", "stop=b1", 40, 60, "Kawa: 20 min late: the time window ends at 09:40.")
    assert (end[0], end[1], end[2], end[3]) == ("end", "part=end", 50, 60)
    assert end[4].startswith("End of the day: 10 min late")


def test_a_long_name_is_cut_to_the_room_of_its_stay(desk: Desk) -> None:
    """30 minutes of 180 are 204 wide: room for 22 letters of 8 after the number's 26."""
    desk.change("add_place", kind="break", name="Rozmowa z burmistrzem o rewitalizacji")
    desk.change("dwell", stop="b1", dwell_min="30")
    assert ">1 Rozmowa z burmistrzem…</text>" in desk.page()
    desk.change("dwell", stop="b1", dwell_min="10")
    assert ">1</text>" in desk.page()


def test_what_an_empty_day_lacks_leads_to_the_search(desk: Desk) -> None:
    assert ' href="#search" data-after="" data-after-name="">1 to mend<' in desk.page()


def test_names_that_mean_harm_are_only_text(desk: Desk) -> None:
    desk.change("add_place", kind="break", name='<b>"&')
    page = desk.page()
    assert "<b>" not in page
    assert "1. &lt;b&gt;&quot;&amp;, 09:00–" in page
