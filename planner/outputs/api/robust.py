"""What an answer says about how sure a day is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words.fits.robust import assumptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.outputs.api.chance_models import OrderChanceAnswer, RobustnessAnswer, StopChanceAnswer
    from planner.services.order.find import Order
    from planner.services.order.sturdy import Sturdy, Sureness

PLACES = 3
"""Chances are told so precisely; that of a thousand days is sure to about three hundredths."""


def robustness_data(sturdy: Sturdy, order: Order, ids: Sequence[str | None]) -> RobustnessAnswer:
    """Return how sure a day is; stops have the numbers of the request, where their `ids` are."""
    place = {number: at for at, number in enumerate(sturdy.best.order)}

    def asked(number: int) -> int:
        return order.numbers[place[number]]

    def told(sure: Sureness) -> OrderChanceAnswer:
        numbers = [asked(number) for number in sure.order]
        chances = zip([*numbers, None], sure.on_time, sure.late_s, strict=True)
        stops: list[StopChanceAnswer] = [
            {
                "stop": number,
                "id": None if number is None else ids[number],
                "on_time": round(chance, PLACES),
                "late_s": late_s,
            }
            for number, chance, late_s in chances
        ]
        return {"order": numbers, "on_time": round(sure.whole, PLACES), "stops": stops}

    return {
        "now": told(sturdy.best),
        "before": told(sturdy.now),
        "later_s": sturdy.later_s,
        "complete": sturdy.complete,
        "days": sturdy.question.days,
        "seed": sturdy.question.seed,
        "assumptions": [
            {"name": one.name, "value": one.value, "message": one.message, "source": one.source}
            for one in assumptions(sturdy.question.delays)
        ],
    }
