"""The board of three parties, worked out on paper in tests/kit/party_samples.py, and what is drawn of it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.itinerary import PartyItinerary
from planner.domain.visits import Party
from planner.outputs.board.build import build_board, most_at_once
from planner.outputs.board.frame import LANE, lane_on_paper
from planner.outputs.board.party_views import of_party, parties_of, with_ways
from planner.outputs.board.programme import common_timeline
from planner.outputs.board.svg import draw_board, draw_sites, shortened, wrapped
from planner.outputs.maps.parties import parties_map
from planner.outputs.timeline.build import build_timeline
from planner.outputs.timeline.rows import SplitRow, StopRow
from planner.streets.query.layers import Feature, LayerKind
from tests.kit.layers import layers_of
from tests.kit.party_samples import PARTIES, itinerary_of, party_content
from tests.kit.samples import SQUARE, STATION, at, sample_content
from tests.kit.translated_app import plain, translated_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.board.rows import PartyBoard

HOSTILE = '<script>alert(1)</script>"&{{ 7 * 7 }}'


@pytest.fixture(autouse=True)
def app() -> Iterator[None]:
    with translated_app().app_context():
        yield


def read(drawn: str) -> ET.Element:
    """A drawing as a tree; within a page an SVG needs no namespace."""
    return ET.fromstring(drawn)  # noqa: S314 - our own text


@pytest.fixture
def board() -> PartyBoard:
    made = build_board(party_content(), 0, "en")
    assert made is not None
    return made


def test_a_day_on_which_all_stay_together_has_no_board() -> None:
    assert build_board(sample_content(), 0, "en") is None


def test_each_lane_has_its_stays_in_its_own_order(board: PartyBoard) -> None:
    stays = {lane.name: [f"{stay.number} {stay.times}" for stay in lane.stays[1:-1]] for lane in board.lanes}
    assert stays == {
        "A": ["2 09:58–10:18", "3 10:31–10:51", "4 11:03–11:23"],
        "B": ["3 09:59–10:19", "4 10:31–10:51", "2 11:01–11:21"],
        "C": ["4 10:00–10:20", "2 10:30–10:50", "3 11:03–11:23"],
    }
    for lane in board.lanes:
        assert [lane.stays[0].times, lane.stays[-1].times] == ["09:10–09:50", "11:35–12:20"]


def test_lanes_say_who_goes_how_long_all_takes_and_how_long_they_wait(board: PartyBoard) -> None:
    said = [(lane.look, lane.people, lane.by, lane.finish.text, lane.wait_min) for lane in board.lanes]
    assert said == [
        ("a", "20 people", "Maria Lis, English", "12:20", 6),
        ("b", "20 people", "Jan Wilk, Ukrainian", "12:20", 9),
        ("c", "20 people", "", "12:20", 3),
    ]
    assert (board.finish.text, plain(board.waiting)) == ("12:20", "18 min")
    waits = [plain(stay.wait) for stay in board.lanes[1].stays]
    assert waits == ["waits 2 min", "", "", "", "waits 7 min"]


def test_what_all_do_at_the_same_time_is_common(board: PartyBoard) -> None:
    assert [(stay.number, stay.times) for stay in board.common] == [(1, "09:10–09:50"), (5, "11:35–12:20")]


def test_warnings_stand_with_their_party_and_their_stop(board: PartyBoard) -> None:
    notices = [[(one.where, plain(one.text)) for one in lane.notices] for lane in board.lanes]
    assert notices == [[], [("2. Regional Museum", "Only 4 min to spare.")], []]


def test_the_scale_goes_by_quarters_of_an_hour_of_the_towns_clock(board: PartyBoard) -> None:
    assert (board.start, board.end) == (at("09:00:00"), at("12:30:00"))
    assert [tick.text for tick in board.ticks][:6] == ["09:00", "15", "30", "45", "10:00", "15"]
    assert len(board.ticks) == 15


def test_stops_say_how_many_are_there_at_once_and_how_many_may_be(board: PartyBoard) -> None:
    found = [(site.number, site.most, site.capacity, site.is_over) for site in board.sites]
    assert found == [
        (1, 60, None, False),
        (2, 20, 25, False),
        (3, 20, None, False),
        (4, 20, None, False),
        (5, 60, None, False),
    ]
    assert [(one.name, one.times) for one in board.sites[1].presences] == [
        ("A", "09:58–10:18"),
        ("C", "10:30–10:50"),
        ("B", "11:01–11:21"),
    ]


def test_two_parties_in_a_museum_for_one_are_too_many() -> None:
    way = itinerary_of("A")
    both = with_ways(party_content(), 0, (PartyItinerary("A", way), PartyItinerary("B", way)))
    board = build_board(both, 0, "en")
    assert board is not None
    assert [(site.number, site.most) for site in board.over] == [(2, 40)]


def test_who_leaves_makes_room_for_who_comes() -> None:
    assert most_at_once([(0, 60, 20), (60, 120, 30)]) == 30
    assert most_at_once([(0, 61, 20), (60, 120, 30)]) == 50
    assert most_at_once([]) == 0


Stays = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 30), st.integers(1, 40)).map(
        lambda one: (one[0], one[0] + one[1], one[2])
    ),
    max_size=8,
)


@given(Stays)
def test_the_most_at_once_is_the_most_of_any_second(stays: list[tuple[int, int, int]]) -> None:
    counted = (sum(people for begin, end, people in stays if begin <= second < end) for second in range(81))
    assert most_at_once(stays) == max(counted)


@pytest.mark.parametrize("is_across", [True, False])
def test_the_drawing_is_sound_and_has_a_bar_for_each_stay(board: PartyBoard, is_across: bool) -> None:  # noqa: FBT001
    svg = read(draw_board(board, "Board", "table", is_across=is_across))
    bars = [node for node in svg.iter("rect") if node.get("class") == "board__bar"]
    waits = [node for node in svg.iter("rect") if node.get("class") == "board__wait"]
    assert (len(bars), len(waits)) == (2 + 3 * 3, 6)
    numbers = ["".join(node.itertext()) for node in svg.iter("text") if node.get("class") == "board__number"]
    assert numbers == ["1", "5", *"234", *"342", *"423"]
    assert not [node for node in svg.iter() if "style" in node.attrib]
    assert (svg.get("role"), svg.get("aria-label"), svg.get("aria-describedby")) == ("img", "Board", "table")


def test_bars_lie_where_their_times_are(board: PartyBoard) -> None:
    """978 units less a head of 116 are 3 h 30 min: the museum of A, from 09:58 for 20 min."""
    per_min = (978 - 116) / 210
    drawn = draw_board(board, "Board", "table")
    found = re.search(
        r'look--a"><rect class="board__bar" rx="3" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn
    )
    assert found is not None
    assert float(found[1]) == pytest.approx(116 + 58 * per_min, abs=0.06)
    assert float(found[2]) == pytest.approx(20 * per_min, abs=0.06)


def test_parties_that_are_together_stand_one_below_the_other_in_a_stops_lane(board: PartyBoard) -> None:
    drawn = draw_sites(board, "Stops", "table")
    rows = re.findall(r'look--(\w)"><rect class="board__bar" rx="3" x="[\d.]+" y="([\d.]+)"', drawn)
    talk, museum = rows[:3], rows[3:6]
    assert len({y for _, y in talk}) == 3
    assert ([look for look, _ in museum], len({y for _, y in museum})) == (["a", "c", "b"], 1)


def test_no_text_can_leave_its_place_in_a_drawing() -> None:
    content = party_content()
    parties = (Party(HOSTILE[:20], 20, HOSTILE), *PARTIES[1:])
    ways = (replace(content.parties[0][0], name=HOSTILE[:20]), *content.parties[0][1:])
    site = replace(content.sites["muzeum"], name={"en": HOSTILE})
    hostile = replace(
        content,
        visit=replace(content.visit, parties=parties),
        parties=(ways,),
        sites={**content.sites, "muzeum": site},
    )
    board = build_board(hostile, 0, "en")
    assert board is not None
    drawn = (
        draw_board(board, HOSTILE, "t")
        + draw_board(board, HOSTILE, "t", is_across=False)
        + draw_sites(board, HOSTILE, "t")
    )
    assert "<script" not in drawn
    for part in drawn.split("</svg>")[:-1]:
        read(part + "</svg>")


@given(st.text(max_size=60), st.integers(2, 20), st.integers(1, 4))
def test_wrapped_text_never_leaves_its_bar(text: str, letters: int, lines: int) -> None:
    found = wrapped(text, letters, lines)
    assert len(found) <= lines
    assert all(len(line) <= letters for line in found)
    if sum(map(len, text.split())) and len(" ".join(text.split())) <= letters:
        assert found == [" ".join(text.split())]


def test_what_is_cut_shows_that_it_is() -> None:
    assert shortened("Muzeum Regionalne", 8) == "Muzeum…"
    assert wrapped("Dawna synagoga Chewra Thilim", 9, 2) == ["Dawna", "synagoga…"]


def test_the_day_of_one_party_has_its_order_and_the_numbers_of_all() -> None:
    content = party_content()
    own = of_party(content, 0, parties_of(content, 0)[1])
    timeline = build_timeline(own, 0, "en")
    assert [(row.number, row.start.text) for row in timeline.stops] == [
        (1, "09:10"),
        (3, "09:59"),
        (4, "10:31"),
        (2, "11:01"),
        (5, "11:35"),
    ]
    assert timeline.summary.people == "20 people"


def test_the_common_programme_has_what_all_share_and_who_goes_where_in_between() -> None:
    timeline = common_timeline(party_content(), 0, "en")
    assert [row.kind for row in timeline.rows] == ["start", "leg", "stop", "split", "stop", "end"]
    assert [(row.number, row.times, row.wait_min) for row in timeline.stops] == [
        (1, "09:10–09:50", 2),
        (5, "11:35–12:20", 1),
    ]
    (split,) = (row for row in timeline.rows if isinstance(row, SplitRow))
    assert split.time.text == "09:50"
    assert {one.name: [(time, number) for time, number, _ in one.stops] for one in split.parties} == {
        "A": [("09:58", 2), ("10:31", 3), ("11:03", 4)],
        "B": [("09:59", 3), ("10:31", 4), ("11:01", 2)],
        "C": [("10:00", 4), ("10:30", 2), ("11:03", 3)],
    }
    assert (timeline.summary.finish, timeline.summary.stops) == ("12:20", "5 stops")
    assert timeline.summary.people == "60 people"


def test_a_day_without_parties_has_no_common_programme() -> None:
    with pytest.raises(ValueError, match="nobody splits"):
        common_timeline(sample_content(), 0, "en")


def test_two_common_stops_in_a_row_have_their_way_between_them() -> None:
    """With all three in A's order nobody splits."""
    ways = tuple(PartyItinerary(party.name, itinerary_of("A")) for party in PARTIES)
    timeline = common_timeline(with_ways(party_content(), 0, ways), 0, "en")
    assert [row.kind for row in timeline.rows] == ["start", *(["leg", "stop"] * 5), "end"]


def test_stops_of_the_common_programme_tell_only_what_all_share() -> None:
    """B's tight museum is B's own."""
    rows = [row for row in common_timeline(party_content(), 0, "en").rows if isinstance(row, StopRow)]
    assert [notice.text for row in rows for notice in row.notices] == []


def test_one_map_has_all_ways_each_in_its_look_and_every_stop_once() -> None:
    street = np.array([STATION, SQUARE])
    layers = layers_of([Feature(LayerKind.MINOR, "Mickiewicza", is_estimated=False, coords=street)])
    chart = parties_map(party_content(), 0, "en", layers)
    assert chart is not None
    assert [stop.number for stop in chart.stops] == [1, 2, 3, 4, 5]
    assert (chart.stops[0].times, chart.stops[1].times) == ("09:10–09:50", "")
    assert chart.stops[1].lines[:3] == ("A 09:58–10:18", "B 11:01–11:21", "C 10:30–10:50")
    assert [stop.tone for stop in chart.stops] == ["ok", "warn", "ok", "ok", "ok"]
    assert [leg.party for leg in chart.legs] == [*"aaaaa", *"bbbbb", *"ccccc"]
    assert plain(chart.legs[5].label) == "B: On foot, 8 min, 480 m"
    assert [chart.labels[f"party_{look}"] for look in "abc"] == ["A", "B", "C"]
    assert [feature.name for feature in chart.ground.features] == ["Mickiewicza"]


def test_on_paper_rows_are_lower_where_there_is_more_below_them(board: PartyBoard) -> None:
    """Three rows may be as high as they are; six, two of whose stops take two lines of the table, may not."""
    assert lane_on_paper(board) == LANE
    six = replace(board, lanes=board.lanes * 2)
    assert lane_on_paper(six) == pytest.approx(((186 - 22 - 14 - 6.8 * (7 + 3)) / 0.267 - 34) / 6)
    many = replace(six, sites=board.sites * 4)
    assert lane_on_paper(many) == 44
