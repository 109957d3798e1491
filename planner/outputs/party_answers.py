"""The API's answer for a delegation in parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.domain.clock import TownClock
    from planner.domain.releases import NetworkFacts, TimetableFacts
    from planner.outputs.answers import Answers
    from planner.services.parties import PartyPlan


def parties_answer(
    plan: PartyPlan,
    answers: Answers,
    clock: TownClock,
    facts: NetworkFacts,
    timetable: TimetableFacts | None = None,
) -> dict[str, Any]:
    """The answer of POST /parties; each itinerary has the shape of the answer of POST /plan.

    Remedies are not looked for: what cures one party may spoil another.
    """
    told = {"objective": plan.objective, "proved_optimal": plan.proved}
    return {
        "parties": [
            {
                "name": party.name,
                "itinerary": {
                    **answers.itinerary(party.itinerary, facts, timetable),
                    **told,
                    "remedies_complete": False,
                },
            }
            for party in plan.parties
        ],
        **told,
        "bound": clock.local(plan.bound).isoformat(),
        "finish": clock.local(max(party.itinerary.finish for party in plan.parties)).isoformat(),
    }
