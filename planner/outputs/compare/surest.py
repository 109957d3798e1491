"""The surest order of a day in words: told as every proposal, with how often it is on time.

Needs an application context, with the reader's language in force.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.order.proposals import Outcome
from planner.outputs.compare.fits import chance_text
from planner.outputs.compare.proposal import Gain, ProposalView, proposal_view
from planner.words.fits.robust import Assumption, assumptions
from planner.words.plans import Verdict
from planner.words.translation import gettext

if TYPE_CHECKING:
    from planner.domain.visits import Day
    from planner.services.order.sturdy import SurestProposal
    from planner.words.plans import Reading

SUREST = "surest"
"""The objective's name in addresses; the searches for orders alone have none like it."""


@dataclass(frozen=True)
class Grounds:
    """What a chance rests on: what is assumed, each with its source, and how many days were played."""

    assumptions: tuple[Assumption, ...]
    played: int


def surest_name() -> str:
    """What the surest order is best for, as the form offers it."""
    return gettext("the best chance to be on time")


def grounds(found: SurestProposal) -> Grounds:
    """Return what the chances of a proposal rest on."""
    return Grounds(assumptions(found.question.delays), found.question.days)


def surest_view(before: Day, found: SurestProposal, reading: Reading) -> ProposalView:
    """Write the surest order for a day."""
    words = {"chance": chance_text(found.after), "before": chance_text(found.before)}
    gain = gettext("On time %(chance)s instead of %(before)s", **words)
    view = replace(proposal_view(before, found.proposal, reading, gain), objective=surest_name())
    if found.proposal.outcome is not Outcome.FOUND:
        return view
    named = replace(view, objective=_objective(found, reading), proof=_proof(found))
    if not found.proposal.is_change:
        return replace(named, headline=_unchanged(found))
    return replace(named, gains=(Gain(gain, Verdict.BETTER), *view.gains))


def _objective(found: SurestProposal, reading: Reading) -> str:
    minutes = reading.minutes(found.question.later_min)
    return gettext(
        "%(objective)s, at most %(minutes)s after the earliest finish",
        objective=surest_name(),
        minutes=minutes,
    )


def _proof(found: SurestProposal) -> str:
    """How it was looked for: chances are played, not proved."""
    is_good = gettext("Good, not proved: there may be a better one.")
    tried = gettext("All orders were tried.") if found.complete else is_good
    return f"{tried} {gettext('Chances are estimated, not measured.')}"


def _unchanged(found: SurestProposal) -> str:
    chance = chance_text(found.after)
    if found.complete:
        return gettext("Your order is already the surest: on time %(chance)s", chance=chance)
    return gettext("No surer order was found: on time %(chance)s", chance=chance)
