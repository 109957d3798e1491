"""The API's answer for a delegation in parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.order.proposals import Objective, Outcome
from planner.outputs.api.answers import conflict_data
from planner.words.conflicts import ConflictWriter

if TYPE_CHECKING:
    from planner.domain.releases import NetworkFacts, TimetableFacts
    from planner.domain.visits import Day
    from planner.outputs.api.answer_models import CutAnswer, PartiesAnswer
    from planner.outputs.api.answers import Answers
    from planner.services.parties.plan import PartyPlan
    from planner.words.places import PlaceWords


def parties_answer(
    plan: PartyPlan,
    answers: Answers,
    facts: NetworkFacts,
    timetable: TimetableFacts | None,
    *,
    day: Day,
    words: PlaceWords,
) -> PartiesAnswer:
    """The answer of POST /parties; each itinerary has the shape of the answer of POST /plan.

    What is proved is proved of all parties together, not of each. Remedies are not looked for: what cures
    one party may spoil another. Stays that were cut are cut for all of them.
    """
    number_of = {stop.id: number for number, stop in enumerate(day.stops)}
    cuts: list[CutAnswer] = [{"stop": number_of[cut.stop], "minutes": cut.minutes} for cut in plan.cuts]
    return {
        "parties": [
            {
                "name": party.name,
                "itinerary": {
                    **answers.itinerary(party.itinerary, facts, timetable),
                    "objective": Objective.FINISH,
                    "proved_optimal": False,
                    "outcome": Outcome.FOUND,
                    "cuts": cuts,
                    "conflict": None,
                    "conflicts": [],
                    "remedies_complete": False,
                    "pairs_complete": False,
                },
            }
            for party in plan.parties
        ],
        "objective": plan.objective,
        "proved_optimal": plan.proved,
        "bound": answers.time(plan.bound),
        "conflict": conflict_data(plan.conflict, day, ConflictWriter(day, words).sentence(plan.conflict)),
        "cuts": cuts,
        "cuts_proved": plan.cuts_proved,
        "finish": answers.time(max(party.itinerary.finish for party in plan.parties)),
    }
