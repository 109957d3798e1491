"""The rows in which a day's variants are compared: how a cell of each is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.domain.warnings.severity import Tone
from planner.words.formats import waited_minutes
from planner.words.plans import PlanWords, Said, Verdict, alert_counts, less_is_better
from planner.words.translation import Later, _, gettext

Writer = Callable[[PlanWords, PlanWords | None], "Cell"]


@dataclass(frozen=True)
class Cell:
    """One value of a column: the value, how it differs from now, and whether that is good.

    `tone` is how loud the loudest warning is at a stop. `said` and `gone` are for the row of warnings.
    """

    text: str
    difference: str = ""
    verdict: Verdict = Verdict.OTHER
    tone: Tone | None = None
    said: tuple[Said, ...] = ()
    gone: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of facts: how it is called, how a cell is written, and for which plans it is needed at all."""

    label: Later
    cell: Writer
    needs: Callable[[PlanWords], bool] = lambda _plan: True

    def is_needed(self, plans: Sequence[PlanWords]) -> bool:
        """Whether some column has something to say in this row."""
        return any(self.needs(plan) for plan in plans)


def stop_cell(shown: PlanWords, before: PlanWords | None, index: int) -> Cell:
    """When the group comes to a stop, and begins there where it has to wait."""
    call = shown.plan.calls[index]
    text = shown.clock.arrival(call.arrive).text
    if waited_minutes(call.arrive, call.start):
        begins = shown.clock.departure(call.start).text
        text = gettext("%(arrive)s, begins %(start)s", arrive=text, start=begins)
    moved = 0
    if before is not None:
        moved = shown.clock_min(call.arrive) - before.clock_min(before.plan.calls[index].arrive)
    return Cell(text, shown.reading.moved(moved), tone=shown.stop_tone(index))


def _start(shown: PlanWords, before: PlanWords | None) -> Cell:
    moved = shown.clock_min(shown.plan.start) - before.clock_min(before.plan.start) if before else 0
    return Cell(shown.start_text, shown.reading.moved(moved))


def _finish(shown: PlanWords, before: PlanWords | None) -> Cell:
    """An earlier finish is better only after the same start: else the length of the day tells."""
    text = shown.finish_text
    if before is None:
        return Cell(text)
    moved = shown.clock_min(shown.plan.finish) - before.clock_min(before.plan.finish)
    is_same_start = shown.clock_min(shown.plan.start) == before.clock_min(before.plan.start)
    return Cell(text, shown.reading.moved(moved), less_is_better(moved) if is_same_start else Verdict.OTHER)


def _in_minutes(measure: Callable[[PlanWords], int]) -> Writer:
    def cell(shown: PlanWords, before: PlanWords | None) -> Cell:
        text = shown.reading.minutes(measure(shown))
        more = measure(shown) - measure(before) if before else 0
        return Cell(text, shown.reading.more_minutes(more), less_is_better(more))

    return cell


def _in_metres(measure: Callable[[PlanWords], float], *, is_judged: bool = False) -> Writer:
    def cell(shown: PlanWords, before: PlanWords | None) -> Cell:
        text = shown.reading.distance(measure(shown))
        difference = shown.reading.more_metres(measure(shown) - measure(before)) if before else ""
        if not (before and difference and is_judged):
            return Cell(text, difference)
        return Cell(text, difference, less_is_better(measure(shown) - measure(before)))

    return cell


def _free(shown: PlanWords, before: PlanWords | None) -> Cell:
    """The least slack of the day: more is better, and a day in which nothing can break is best."""
    least = shown.least_slack_min
    text = gettext("no limit") if least is None else shown.reading.minutes(least)
    known = before.least_slack_min if before else None
    if before is None or known == least:
        return Cell(text)
    if least is None or known is None:
        return Cell(text, verdict=Verdict.BETTER if least is None else Verdict.WORSE)
    return Cell(text, shown.reading.more_minutes(least - known), less_is_better(known - least))


def _alerts(shown: PlanWords, before: PlanWords | None) -> Cell:
    """The warnings counted by tone, mere facts not; better is fewer that do not work, then fewer to watch."""
    text = alert_counts(shown.tones)
    if before is None:
        return Cell(text, said=shown.said())
    here, there = ((words.tones[Tone.FAIL], words.tones[Tone.WARN]) for words in (shown, before))
    verdict = less_is_better((here > there) - (here < there))
    return Cell(text, verdict=verdict, said=shown.said(before), gone=shown.gone(before))


FACTS = (
    Row(_("Start"), _start),
    Row(_("Finish"), _finish),
    Row(_("The day lasts"), _in_minutes(lambda words: words.length_min)),
    Row(_("On foot"), _in_metres(lambda words: words.plan.totals.walk_m, is_judged=True)),
    Row(
        _("By public transport"),
        _in_metres(lambda words: words.plan.totals.ride_m),
        lambda words: words.plan.totals.ride_m > 0,
    ),
    Row(
        _("By coach"),
        _in_metres(lambda words: words.plan.totals.drive_m),
        lambda words: words.plan.totals.drive_m > 0,
    ),
    Row(_("Waiting"), _in_minutes(lambda words: words.waiting_min)),
    Row(_("Free minutes"), _free),
    Row(_("Warnings"), _alerts),
)
