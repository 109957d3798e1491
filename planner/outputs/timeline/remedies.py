"""Remedies by the rows of the editor's timeline: under which warnings which buttons stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.domain.edits.remedy_keys import key_of
from planner.domain.warnings.severity import Tone, is_curable, tone_of_warning
from planner.outputs.timeline.told import is_about_the_end
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.warnings.codes import Warning
    from planner.outputs.timeline.rows import EndRow, LegRow, StopRow
    from planner.services.remedies.offers import Offers
    from planner.words.fits.asked_again import AskedAgainWriter
    from planner.words.remedies import RemedyWriter


@dataclass(frozen=True)
class Button:
    """What one click does: the remedy's key, what it says, and what is left to solve after it, or ''.

    `again` are the hosts who have confirmed and would have to be asked again.
    """

    key: str
    text: str
    rest: str = ""
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cures:
    """What cures one warning of a row, and why no other date does, or ''. No buttons: nothing was found.

    `about` is the warning's sentence.
    """

    about: str
    buttons: tuple[Button, ...]
    reason: str = ""


@dataclass(frozen=True)
class RemedyRows:
    """The remedies of a day by row: "stop-2", "leg-3", "end", "day".

    `awaited` are rows that still have to be looked at; `is_complete` and `has_all_pairs` are False where
    time ran out.
    """

    cures: Mapping[str, tuple[Cures, ...]] = field(default_factory=dict)
    awaited: tuple[str, ...] = ()
    is_complete: bool = True
    has_all_pairs: bool = True

    @staticmethod
    def place(row: LegRow | StopRow | EndRow | None) -> str:
        """Return how a row of the timeline is called here; None is what concerns the whole day."""
        if row is None:
            return "day"
        return row.kind if row.kind == "end" else f"{row.kind}-{row.index}"


def awaited_rows(warnings: Iterable[Warning]) -> RemedyRows:
    """Return the rows where there is something to look for."""
    places = dict.fromkeys(_place(warning) for warning in warnings if is_curable(warning))
    return RemedyRows(awaited=tuple(places))


def remedy_rows(
    warnings: Iterable[Warning], offers: Offers, writer: RemedyWriter, hosts: AskedAgainWriter
) -> RemedyRows:
    """Return the buttons of every row; what does not work is told also where nothing was found for it."""
    of_place: dict[str, list[Cures]] = defaultdict(list)
    for warning in warnings:
        if not is_curable(warning):
            continue
        buttons = tuple(
            Button(
                key_of(remedy),
                writer.sentence(remedy, warning),
                writer.rest(offers.left[remedy]),
                tuple(hosts.lines(offers.asks[remedy])),
            )
            for remedy in offers.of(warning)
        )
        reason = writer.reason(offers.reason(warning))
        cures = Cures(sentence(warning, writer.language), buttons, reason)
        if (buttons or tone_of_warning(warning) is Tone.FAIL) and cures not in of_place[_place(warning)]:
            of_place[_place(warning)].append(cures)
    cures_of = {place: tuple(cures) for place, cures in of_place.items()}
    return RemedyRows(cures_of, (), offers.is_complete, offers.has_all_pairs)


def _place(warning: Warning) -> str:
    """The row that a warning is read at."""
    if warning.leg is not None:
        return f"leg-{warning.leg}"
    if warning.stop is not None:
        return f"stop-{warning.stop}"
    return "end" if is_about_the_end(warning) else "day"
