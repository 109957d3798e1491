"""The API's answer for a delegation in parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.words.conflicts import ConflictWriter

if TYPE_CHECKING:
    from planner.domain.clock import TownClock
    from planner.domain.releases import NetworkFacts, TimetableFacts
    from planner.domain.visits import Day
    from planner.outputs.api.answers import Answers
    from planner.services.parties.plan import PartyPlan
    from planner.words.places import PlaceWords


def parties_answer(
    plan: PartyPlan,
    answers: Answers,
    clock: TownClock,
    facts: NetworkFacts,
    timetable: TimetableFacts | None,
    *,
    day: Day,
    words: PlaceWords,
) -> dict[str, Any]:
    """The answer of POST /parties; each itinerary has the shape of the answer of POST /plan.

    What is proved is proved of all parties together, not of each. Remedies are not looked for: what cures
    one party may spoil another.
    """
    return {
        "parties": [
            {
                "name": party.name,
                "itinerary": {
                    **answers.itinerary(party.itinerary, facts, timetable),
                    "objective": "finish",
                    "proved_optimal": False,
                    "cuts": [],
                    "conflict": None,
                    "remedies_complete": False,
                },
            }
            for party in plan.parties
        ],
        "objective": plan.objective,
        "proved_optimal": plan.proved,
        "bound": clock.local(plan.bound).isoformat(),
        "conflict": _conflict(plan, day, words),
        "finish": clock.local(max(party.itinerary.finish for party in plan.parties)).isoformat(),
    }


def _conflict(plan: PartyPlan, day: Day, words: PlaceWords) -> dict[str, Any] | None:
    """The demands that exclude each other, in words and for programs; null where none were found."""
    if not plan.conflict:
        return None
    index_of = {stop.id: index for index, stop in enumerate(day.stops)}
    return {
        "message": ConflictWriter(day, words).sentence(plan.conflict),
        "demands": [{"kind": one.kind.value, "stop": index_of.get(one.stop or "")} for one in plan.conflict],
    }
