"""Proposals made by hand from the sample day, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.edits import stops as edits
from planner.domain.edits.remedies import applied
from planner.domain.edits.remedy_keys import remedy_of
from planner.domain.itinerary import Call, Itinerary
from planner.domain.order.proposals import Conflict, Cut, Demand, DemandKind, Objective, Proposal, StopMove
from planner.domain.warnings.codes import WarningCode
from planner.outputs.compare.proposal import ProposalView, objective_name, proposal_view
from planner.words.plans import Reading
from tests.kit.samples import CLOCK, at, sample_itinerary, sample_sites, sample_visit
from tests.kit.translated_app import plain, translated_app
from tests.kit.warned import warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.visits import Day

READING = Reading(sample_sites(), CLOCK, "en")
SAMPLE = sample_visit().days[0]
BEFORE = edits.change_stop(SAMPLE, "s2", {"min_dwell_min": 40})
PLAN = sample_itinerary()


@pytest.fixture(autouse=True)
def _app_context() -> Iterator[None]:
    with translated_app().app_context():
        yield


def reordered() -> Day:
    """The museum comes before the synagogue; five minutes less at the Town Hall."""
    s1, s2, s3, s4, s5 = BEFORE.stops
    return replace(BEFORE, stops=(s1, replace(s2, dwell_min=45), s4, s3, s5))


def replanned() -> Itinerary:
    """Worked out by hand: 12 min earlier, 500 m less, 4 min more waiting, the day's end kept."""
    calls = (
        Call(0, "s1", at("09:07:12"), at("09:08:00"), at("09:23:00"), 48, None),
        Call(1, "s2", at("09:28:00"), at("09:45:00"), at("10:30:00"), 1020, None),
        Call(2, "s4", at("10:56:00"), at("11:00:00"), at("11:35:00"), 240, 600),
        Call(3, "s3", at("11:40:00"), at("11:40:00"), at("11:50:00"), 0, None),
        Call(4, "s5", at("11:52:00"), at("11:52:00"), at("12:02:00"), 0, None),
    )
    totals = replace(PLAN.totals, walk_m=1740)
    warnings = (
        warned(WarningCode.HOURS_UNKNOWN, stop=4),
        warned(WarningCode.OVER_CAPACITY, stop=2, params={"capacity": 20, "group": 25}),
        warned(WarningCode.LONG_WALK, leg=3, params={"metres": 2640}),
    )
    return replace(PLAN, finish=at("11:57:30"), calls=calls, totals=totals, warnings=warnings)


def better(**fields: object) -> Proposal:
    made = Proposal(
        Objective.FINISH,
        reordered(),
        replanned(),
        PLAN,
        proved=True,
        cuts=(Cut("s2", 5),),
        moves=(StopMove("s3", 2, 3), StopMove("s4", 3, 2)),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def view(proposal: Proposal) -> ProposalView:
    return proposal_view(BEFORE, proposal, READING)


def test_what_is_gained_is_said_with_its_numbers() -> None:
    found = view(better())
    assert plain(found.headline) == (
        "Everything asked for can be kept · stays 5 min shorter · 2 things still to decide"
    )
    assert [(plain(one.text), str(one.verdict)) for one in found.gains] == [
        ("Finish 11:58 instead of 12:10: 12 min earlier", "better"),
        ("On foot: 500 m less", "better"),
        ("Waiting: 4 min more", "worse"),
    ]


def test_who_moves_where_and_what_is_cut() -> None:
    found = view(better())
    assert found.moves == ("Former synagogue (exterior): from 3 to 4", "Regional Museum: from 4 to 3")
    assert [plain(line) for line in found.cuts] == ["Town Hall: 45 min instead of 50 min"]


def test_both_timetables_are_there_with_what_has_moved() -> None:
    found = view(better())
    assert (found.now.start, found.now.finish, found.proposed.finish) == ("09:00", "12:10", "11:58")
    assert [(row.number, row.name, row.times, plain(row.about)) for row in found.proposed.rows] == [
        (1, "Market Square", "09:08–09:23", ""),
        (2, "Town Hall", "09:45–10:30", "5 min shorter"),
        (3, "Regional Museum", "11:00–11:35", "was 4"),
        (4, "Former synagogue (exterior)", "11:40–11:50", "was 3"),
        (5, "Brine graduation tower", "11:52–12:02", ""),
    ]
    assert [row.is_moved for row in found.proposed.rows] == [False, False, True, True, False]
    assert [(row.number, row.name, row.about) for row in found.now.rows][2:4] == [
        (3, "Former synagogue (exterior)", ""),
        (4, "Regional Museum", ""),
    ]


def test_warnings_go_come_and_stay_by_what_they_are_about_not_by_their_position() -> None:
    found = view(better())
    assert [plain(one.line) for one in found.gone] == [
        "Regional Museum: Only 3 min to spare.",
        "on the way to Brine graduation tower: There are steps, and no way round them.",
        "10 min late: the day should end by 12:00.",
    ]
    assert [plain(one.line) for one in found.new] == [
        "on the way to Former synagogue (exterior): A long walk: 2.6 km."
    ]
    assert [plain(one.line) for one in found.staying] == ["Regional Museum: Room for 20, the group has 25."]


def test_what_the_form_sends_makes_exactly_the_day_that_is_shown() -> None:
    proposal = better()
    found = view(proposal)
    assert applied(BEFORE, remedy_of(found.key)) == proposal.day
    assert plain(found.words) == "another order, finish 11:58"


@pytest.mark.parametrize(
    ("objective", "name", "proof"),
    [
        (Objective.FINISH, "the earliest finish", "Proved: no order that keeps everything finishes earlier."),
        (
            Objective.FINISH_WALKING,
            "the earliest finish, then the least walking",
            "Proved: no order that keeps everything finishes earlier, and of those none walks less.",
        ),
        (Objective.WALKING, "the least walking", "Proved: no order that keeps everything walks less."),
        (Objective.WAITING, "the least waiting", "Proved: no order that keeps everything waits less."),
        (Objective.LATEST_START, "the latest start", "Proved: no order that keeps everything starts later."),
    ],
)
def test_the_objective_is_named_and_the_proof_is_for_it(objective: Objective, name: str, proof: str) -> None:
    found = view(better(objective=objective, cuts=(), day=replace(reordered(), stops=BEFORE.stops)))
    assert (found.objective, found.proof) == (name, proof)
    assert objective_name(objective) == name


def test_cuts_are_proved_to_be_the_fewest_and_what_is_not_proved_is_not_called_so() -> None:
    assert view(better()).proof == "Proved: no order fits with fewer minutes cut."
    assert view(better(proved=False)).proof == "Good, not proved: there may be a better one."


def test_nothing_to_gain_is_said_and_nothing_can_be_accepted() -> None:
    same = Proposal(Objective.FINISH, BEFORE, PLAN, PLAN, proved=True)
    found = view(same)
    assert (found.headline, found.is_change) == ("Your order is already the best", False)
    assert (found.gains, found.gone, found.new) == ((), (), ())
    assert view(replace(same, proved=False)).headline == "No better order was found"


def test_the_headline_is_the_gain_that_matters_most() -> None:
    late = warned(WarningCode.LATE, by_s=300, params={"limit": "12:00", "kind": "finish"})
    steps = warned(WarningCode.NOT_STEP_FREE, leg=4)
    worse = replace(replanned(), warnings=(late,))
    headline = plain(view(better(itinerary=worse)).headline)
    assert headline == "1 problem is left · stays 5 min shorter"
    same = replace(replanned(), warnings=(late, steps))
    assert plain(view(better(itinerary=same)).headline) == "12 min earlier · stays 5 min shorter"
    headline = plain(view(better(itinerary=replace(same, finish=PLAN.finish))).headline)
    assert headline == "Another order is better · stays 5 min shorter"


def test_an_order_that_only_cures_warnings_may_end_later() -> None:
    later = replace(replanned(), finish=at("12:20:00"))
    found = view(better(itinerary=later))
    assert plain(found.gains[0].text) == "Finish 12:20 instead of 12:10: 10 min later"
    assert found.gains[0].verdict == "worse"


def test_a_day_planned_backward_starts_later() -> None:
    calls = replanned()
    later = replace(calls, start=PLAN.start + 1200, finish=PLAN.finish, warnings=PLAN.warnings)
    found = view(better(objective=Objective.LATEST_START, itinerary=later))
    assert plain(found.headline).startswith("Starts 20 min later · stays 5 min shorter")
    assert plain(found.gains[0].text) == "Start 09:20 instead of 09:00: 20 min later"
    assert found.gains[0].verdict == "better"


def test_a_conflict_names_what_excludes_each_other_and_where_help_is() -> None:
    conflict = (
        Demand(DemandKind.FIXED, "s2"),
        Demand(DemandKind.HOURS, "s4", {"from": "09:00", "to": "16:00"}),
    )
    found = view(Proposal(Objective.FINISH, BEFORE, PLAN, PLAN, conflicts=(Conflict(conflict, 840),)))
    assert found.headline == "No order keeps everything that is asked for"
    (reason,) = found.conflicts
    assert plain(reason) == (
        "Town Hall, fixed at 09:45, and Regional Museum, open 09:00–16:00, exclude each other. "
        "About 14 min too much."
    )
    assert found.helped == (("s2", "Town Hall"), ("s4", "Regional Museum"))
    assert (found.is_change, found.proof) == (False, "")


def test_where_nothing_was_found_in_time_no_order_is_called_good() -> None:
    found = view(Proposal(Objective.FINISH, BEFORE, PLAN, PLAN))
    assert found.headline == "No better order was found"
    assert found.proof == "In the time there was, none was found that keeps everything that is asked for."
    quiet = replace(PLAN, warnings=())
    found = view(Proposal(Objective.FINISH, BEFORE, quiet, quiet))
    assert found.proof == "Good, not proved: there may be a better one."
