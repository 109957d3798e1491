from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.edits import stops as edits
from planner.domain.parties.routes import even_sizes, keep_together, rename_parties, routes_fit, without_stop
from planner.domain.visits import Party, PartyCall, PartyRoute, Stop
from tests.kit.party_samples import PARTIES, party_day, party_routes, party_visit


def orders(routes: tuple[PartyRoute, ...]) -> dict[str, list[str]]:
    return {route.party: [call.stop for call in route.calls] for route in routes}


def test_accepted_routes_fit_their_day() -> None:
    assert routes_fit(party_day(), PARTIES)
    assert routes_fit(party_day(), PARTIES[::-1])


def test_a_day_without_routes_has_none_that_fit() -> None:
    assert not routes_fit(party_day(is_accepted=False), PARTIES)
    assert not routes_fit(replace(party_day(is_accepted=False), stops=()), ())


@pytest.mark.parametrize(
    "parties", [(), PARTIES[:2], (*PARTIES, Party("D", 1)), (*PARTIES[:2], Party("D", 20))]
)
def test_routes_of_other_parties_do_not_fit(parties: tuple[Party, ...]) -> None:
    assert not routes_fit(party_day(), parties)


def test_a_new_stop_makes_the_routes_stale() -> None:
    assert not routes_fit(edits.add_stop(party_day(), Stop("s9")), PARTIES)


def test_a_route_that_takes_a_stop_twice_does_not_fit() -> None:
    first, *others = party_routes()
    twice = replace(first, calls=(*first.calls[:-1], first.calls[0]))
    assert not routes_fit(replace(party_day(), party_routes=(twice, *others)), PARTIES)


def test_a_removed_stop_leaves_the_routes_and_what_is_left_still_fits() -> None:
    day = edits.remove_stop(party_day(), "museum")
    assert orders(day.party_routes) == {
        "A": ["talk", "synagogue", "tower", "lunch"],
        "B": ["talk", "synagogue", "tower", "lunch"],
        "C": ["talk", "tower", "synagogue", "lunch"],
    }
    assert routes_fit(day, PARTIES)


def test_times_of_the_other_calls_stay() -> None:
    calls = (PartyCall("a", "10:00"), PartyCall("b"), PartyCall("c", "11:30"))
    assert without_stop((PartyRoute("A", calls),), "b") == (PartyRoute("A", (calls[0], calls[2])),)


def test_moving_or_changing_a_stop_leaves_the_routes_alone() -> None:
    day = party_day()
    assert edits.move_stop(day, "tower", 0).party_routes == day.party_routes
    assert edits.change_stop(day, "tower", {"dwell_min": 50}).party_routes == day.party_routes


def test_routes_follow_a_party_to_its_new_name_also_when_two_change_places() -> None:
    renamed = rename_parties(party_visit(), {"A": "B", "B": "A", "C": "Wolontariusze"})
    assert orders(renamed.days[0].party_routes) == {
        "B": orders(party_routes())["A"],
        "A": orders(party_routes())["B"],
        "Wolontariusze": orders(party_routes())["C"],
    }


def test_who_stays_together_has_no_parties_and_no_routes() -> None:
    visit = keep_together(party_visit())
    assert (visit.parties, visit.days[0].party_routes) == ((), ())
    assert visit.days[0].stops == party_day().stops


@given(st.integers(1, 500), st.integers(1, 6))
def test_even_sizes_add_up_and_differ_by_one_at_most(people: int, count: int) -> None:
    sizes = even_sizes(people, count)
    assert (sum(sizes), len(sizes)) == (people, count)
    assert max(sizes) - min(sizes) <= 1
    assert list(sizes) == sorted(sizes, reverse=True)
