"""A proposal in words: what another order gains, what moves, what is cut, and whether that is proved.

Needs an application context, with the reader's language in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.clock import MINUTE_S
from planner.domain.edits.remedies import Remedy, RemedyCode
from planner.domain.edits.remedy_keys import key_of
from planner.domain.order.proposals import Objective, Outcome
from planner.domain.warnings.severity import Tone
from planner.words.conflicts import ConflictWriter
from planner.words.plans import PlanWords, Reading, Said, Verdict, less_is_better
from planner.words.translation import _, gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.order.proposals import Cut, Proposal
    from planner.domain.visits import Day


_NAMES = {
    Objective.FINISH: _("the earliest finish"),
    Objective.FINISH_WALKING: _("the earliest finish, then the least walking"),
    Objective.WALKING: _("the least walking"),
    Objective.WAITING: _("the least waiting"),
    Objective.LATEST_START: _("the latest start"),
}
_PROOFS = {
    Objective.FINISH: _("Proved: no order that keeps everything finishes earlier."),
    Objective.FINISH_WALKING: _(
        "Proved: no order that keeps everything finishes earlier, and of those none walks less."
    ),
    Objective.WALKING: _("Proved: no order that keeps everything walks less."),
    Objective.WAITING: _("Proved: no order that keeps everything waits less."),
    Objective.LATEST_START: _("Proved: no order that keeps everything starts later."),
}


@dataclass(frozen=True)
class StayRow:
    """A stop of a timetable: its number, its times, and in words which number it had."""

    number: int
    name: str
    times: str
    about: str = ""
    tone: Tone | None = None
    is_moved: bool = False


@dataclass(frozen=True)
class Side:
    """One of the two timetables: when the day begins and ends, and its stops."""

    title: str
    start: str
    finish: str
    rows: tuple[StayRow, ...]


@dataclass(frozen=True)
class Gain:
    """What differs in sum, and whether that is good."""

    text: str
    verdict: Verdict


@dataclass(frozen=True)
class ProposalView:
    """A proposal as it is read; `key` is what the accepting form sends, `words` says the same.

    `assumed` names what nobody knows and the times rest on, '' where there is nothing.
    """

    headline: str
    objective: str
    proof: str
    is_change: bool
    now: Side
    proposed: Side
    gains: tuple[Gain, ...] = ()
    moves: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    assumed: str = ""
    gone: tuple[Said, ...] = ()
    new: tuple[Said, ...] = ()
    staying: tuple[Said, ...] = ()
    conflicts: tuple[str, ...] = ()
    helped: tuple[tuple[str, str], ...] = ()
    key: str = ""
    words: str = ""


def proposal_view(before: Day, proposal: Proposal, reading: Reading, gained: str = "") -> ProposalView:
    """Write a proposal for a day; what is `gained` stands in its headline where no time is meant to be."""
    now = PlanWords(before, proposal.before, reading)
    then = PlanWords(proposal.day, proposal.itinerary, reading)
    said = tuple(alert for alert in then.said(now) if alert.notice.tone != Tone.NOTE)
    names = {stop.id: reading.places.stop_name(stop) for stop in before.stops}
    demands = [demand for conflict in proposal.conflicts for demand in conflict.demands]
    stops = dict.fromkeys(demand.stop for demand in demands if demand.stop in names)
    writer = ConflictWriter(before, reading.places)
    return ProposalView(
        headline=_headline(proposal, now, then, gained),
        objective=objective_name(proposal.objective),
        proof=_proof(proposal, now),
        is_change=proposal.is_change,
        now=_side(gettext("Now"), now, before),
        proposed=_side(gettext("Proposed"), then, before),
        gains=tuple(gains(now, then)),
        moves=tuple(_move(names[move.stop], move.before + 1, move.after + 1) for move in proposal.moves),
        cuts=tuple(_cut(cut, before, names[cut.stop], reading) for cut in proposal.cuts),
        left_out=tuple(f"{names[left.stop]}: {writer.left_out(left)}" for left in proposal.left_out),
        assumed=_assumed(then),
        gone=then.gone(now),
        new=tuple(alert for alert in said if alert.is_new),
        staying=tuple(alert for alert in said if not alert.is_new),
        conflicts=tuple(writer.reason(conflict) for conflict in proposal.conflicts),
        helped=tuple((stop, names[stop]) for stop in stops if stop),
        key=_key(proposal),
        words=gettext("another order, finish %(time)s", time=then.finish_text),
    )


def objective_name(objective: Objective) -> str:
    """What an order is to be best for."""
    return str(_NAMES[objective])


def _headline(proposal: Proposal, now: PlanWords, then: PlanWords, gained: str) -> str:
    """What is gained, in the fewest words: that it works at all comes before the minutes."""
    if proposal.outcome is Outcome.NOT_FOUND:
        return gettext("No order was found in the time given")
    if proposal.conflicts or proposal.outcome is Outcome.IMPOSSIBLE:
        return gettext("No order keeps everything that is asked for")
    if not proposal.is_change:
        is_best = gettext("Your order is already the best")
        return is_best if proposal.proved else gettext("No better order was found")
    return " · ".join([gained or _gain(now, then), *_price(proposal, then)])


def _gain(now: PlanWords, then: PlanWords) -> str:
    if then.tones[Tone.FAIL] < now.tones[Tone.FAIL]:
        left = then.tones[Tone.FAIL]
        if left:
            return ngettext("%(num)d problem is left", "%(num)d problems are left", left)
        return gettext("Everything asked for can be kept")
    saved = now.finish_min - then.finish_min
    started = then.start_min - now.start_min
    if saved > 0:
        return now.reading.moved(-saved)
    if started > 0 and saved == 0:
        return gettext("Starts %(minutes)s later", minutes=now.reading.minutes(started))
    return gettext("Another order is better")


def _price(proposal: Proposal, then: PlanWords) -> Iterator[str]:
    """What is given up for it, and what the organiser has still to decide."""
    if proposal.cuts:
        minutes = then.reading.minutes(sum(cut.minutes for cut in proposal.cuts))
        yield gettext("stays %(minutes)s shorter", minutes=minutes)
    if to_decide := then.tones[Tone.WARN]:
        yield ngettext("%(num)d thing still to decide", "%(num)d things still to decide", to_decide)


def _proof(proposal: Proposal, now: PlanWords) -> str:
    if proposal.outcome is Outcome.NOT_FOUND:
        return gettext("That does not mean that there is none: search again, or ask for less.")
    if proposal.conflicts:
        return ""
    if not (proposal.proved or proposal.is_change) and now.tones[Tone.FAIL]:
        return gettext("In the time there was, none was found that keeps everything that is asked for.")
    if not proposal.proved:
        return gettext("Good, not proved: there may be a better one.")
    if proposal.cuts:
        return gettext("Proved: no order fits with fewer minutes cut.")
    return str(_PROOFS[proposal.objective])


def _side(title: str, plan: PlanWords, before: Day) -> Side:
    kept = {stop.id for stop in plan.day.stops}
    left = (stop.id for stop in before.stops if stop.id in kept)
    position = {stop: number for number, stop in enumerate(left, start=1)}
    dwell = {stop.id: stop.dwell_min for stop in before.stops}
    rows = []
    for number, call in enumerate(plan.plan.calls, start=1):
        stop = plan.day.stops[call.stop]
        about = []
        if position[stop.id] != number:
            about.append(gettext("was %(number)s", number=position[stop.id]))
        if cut := dwell[stop.id] - stop.dwell_min:
            about.append(gettext("%(minutes)s shorter", minutes=plan.reading.minutes(cut)))
        rows.append(
            StayRow(
                number=number,
                name=plan.stop_name(call.stop),
                times=f"{plan.clock.departure(call.start).text}–{plan.clock.departure(call.leave).text}",
                about=", ".join(about),
                tone=plan.stop_tone(call.stop),
                is_moved=position[stop.id] != number,
            )
        )
    return Side(title, plan.start_text, plan.finish_text, tuple(rows))


def gains(now: PlanWords, then: PlanWords) -> Iterator[Gain]:
    """What differs in sum: start, finish, walking, waiting; what does not differ is left out."""
    started = then.start_min - now.start_min
    if started:
        words = {"time": then.start_text, "before": now.start_text}
        text = gettext("Start %(time)s instead of %(before)s", **words)
        yield Gain(_with(text, then.reading.moved(started)), less_is_better(-started))
    finished = then.finish_min - now.finish_min
    if finished:
        words = {"time": then.finish_text, "before": now.finish_text}
        text = gettext("Finish %(time)s instead of %(before)s", **words)
        yield Gain(_with(text, then.reading.moved(finished)), less_is_better(finished))
    walked = then.plan.totals.walk_m - now.plan.totals.walk_m
    if difference := then.reading.more_metres(walked):
        yield Gain(_with(gettext("On foot"), difference), less_is_better(walked))
    waited = then.waiting_min - now.waiting_min
    if difference := then.reading.more_minutes(waited):
        yield Gain(_with(gettext("Waiting"), difference), less_is_better(waited))


def _with(text: str, difference: str) -> str:
    return f"{text}: {difference}"


def _assumed(plan: PlanWords) -> str:
    """The places that are not on the map, and what a way to or from each is assumed to take."""
    minutes = {leg.duration_s // MINUTE_S for leg in plan.plan.legs if leg.assumed}
    if not minutes:
        return ""
    names = ", ".join(plan.unplaced)
    return gettext(
        "Assumed, not known: %(minutes)s for each way to and from %(names)s.",
        minutes=plan.reading.minutes(max(minutes)),
        names=names,
    )


def _move(name: str, before: int, after: int) -> str:
    return gettext("%(name)s: from %(before)s to %(after)s", name=name, before=before, after=after)


def _cut(cut: Cut, before: Day, name: str, reading: Reading) -> str:
    wished = next(stop.dwell_min for stop in before.stops if stop.id == cut.stop)
    words = {"minutes": reading.minutes(wished - cut.minutes), "before": reading.minutes(wished)}
    return gettext("%(name)s: %(minutes)s instead of %(before)s", name=name, **words)


def _key(proposal: Proposal) -> str:
    """The order with the stays that were cut, as one edit."""
    order = tuple(stop.id for stop in proposal.day.stops)
    return key_of(Remedy(RemedyCode.ORDER, order=order, cuts=proposal.cuts)) if order else ""
