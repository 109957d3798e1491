"""The page "What if": a day beside its variants, before one of them is taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request, url_for

from planner.domain.edits.variations import Variation, earlier_or_later, only_other
from planner.domain.visits import Mode, Visit
from planner.errors import EditRefusedError
from planner.outputs.compare import what_if as what_if_text
from planner.services.hosts.arranging import arrangements
from planner.services.hosts.keeping import confirmed_times
from planner.services.planning.what_if import MOST_VARIANTS, DayVariant, WhatIf
from planner.services.travel.by_mode import PLANNED_MODES
from planner.services.visits.drafts import sites_of_both
from planner.web.account.auth import needed_user, organiser_required
from planner.web.editor.forms.read import read_form
from planner.web.editor.forms.variation import VariationForm, form_fields
from planner.web.frame.asked import needed_day, own_state
from planner.web.frame.context import services
from planner.web.frame.costly import BUSY, costly, refusal
from planner.web.frame.i18n import language
from planner.words.formats import long_date, number_text
from planner.words.modes import mode_name
from planner.words.plans import Reading
from planner.words.refusals import refusal_text
from planner.words.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask.typing import ResponseReturnValue

    from planner.services.visits.editing import State

blueprint = Blueprint("what_if", __name__, url_prefix="/visits/<int:visit_id>/what-if")

ACTION = "vary"
HALF_AN_HOUR = 30
SLOW_KMH = 3.5
ONE_WEEK = dt.timedelta(days=7)
BETWEEN = ";"
NEW_FIELDS = ("date", "start_time", "end_arrive", "pace_kmh", "mode")


@blueprint.before_request
@organiser_required
def _signed_in() -> None:
    """Only for organisers."""


@dataclass
class _Asked:
    """What the address asks for: a day (from 0), variations, whether the week; and what could not be read."""

    index: int
    variations: list[Variation] = field(default_factory=list)
    is_week: bool = False
    problems: list[str] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)


@blueprint.get("")
def show(visit_id: int) -> ResponseReturnValue:
    """The day as it is beside what is asked for."""
    with services().database.session() as session:
        state = own_state(session, needed_user(), visit_id)
        sites = sites_of_both(session, state.visit)
        arranged = arrangements(session, visit_id)
    asked = _asked(state.visit)
    clock = services().town.clock
    kept = (
        *confirmed_times(state.visit, asked.index, arranged, clock),
        *confirmed_times(state.visit, asked.index, arranged, clock, is_rain=True),
    )
    trial = WhatIf(services().town, sites, state.visit, asked.index, kept)
    reading = Reading(sites, clock, language())
    status, headers = 200, {}
    try:
        variants, dates = _planned(trial, asked)
    except BUSY as busy:
        told, status, seconds = refusal(busy)
        headers = {"Retry-After": str(seconds)}
        asked.problems += told
        variants, dates = (), ()
    view = _view(state, asked, trial, (variants, dates), reading)
    return render_template("editor/what_if.html", **view), status, headers


def _planned(trial: WhatIf, asked: _Asked) -> tuple[tuple[DayVariant, ...], tuple[DayVariant, ...]]:
    """The variants and the dates that are asked for."""
    if not asked.variations and not asked.is_week:
        return (), ()
    with costly():
        return trial.variants(asked.variations), trial.week() if asked.is_week else ()


def _asked(visit: Visit) -> _Asked:
    """Read the address: `v` has the variants, and the form's fields are one more."""
    asked = _Asked(needed_day(visit), is_week=bool(request.args.get("week")))
    for text in request.args.get("v", "").split(BETWEEN)[: 2 * MOST_VARIANTS]:
        if text.strip():
            _read(asked, _unpacked(text))
    typed = {name: value for name in NEW_FIELDS if (value := request.args.get(name, "").strip())}
    if typed and not _read(asked, typed):
        asked.typed = typed
    others = dict.fromkeys(only_other(visit, asked.index, variation) for variation in asked.variations)
    if len(asked.variations) and Variation() in others:
        asked.problems.append(gettext("One variant is the day as it is: change something in it."))
    asked.variations = [variation for variation in others if not variation.is_nothing]
    if len(asked.variations) > MOST_VARIANTS:
        asked.problems.append(gettext("Four variants at most: take one away first."))
    asked.variations = asked.variations[:MOST_VARIANTS]
    return asked


def _read(asked: _Asked, fields: dict[str, str]) -> bool:
    try:
        form = read_form(ACTION, fields)
    except EditRefusedError as error:
        asked.problems.append(refusal_text(error))
        return False
    if isinstance(form, VariationForm):
        asked.variations.append(form.variation)
    return True


def _packed(variations: Iterable[Variation]) -> str:
    """Variations as the address has them: "date 2026-12-14 start_time 08:30;pace_kmh 3.5"."""
    fields = (form_fields(variation) for variation in variations)
    return BETWEEN.join(" ".join(f"{name} {value}" for name, value in values.items()) for values in fields)


def _unpacked(text: str) -> dict[str, str]:
    words = text[:200].split()
    return dict(zip(words[::2], words[1::2], strict=False))


def _view(
    state: State,
    asked: _Asked,
    trial: WhatIf,
    planned: tuple[tuple[DayVariant, ...], tuple[DayVariant, ...]],
    reading: Reading,
) -> dict[str, Any]:
    variants, dates = planned
    visit, today = state.visit, services().town.clock.local(services().now()).date()
    sheet = what_if_text.sheet(trial.now, variants, reading)
    others = [_Other(variant, form_fields(variant.variation)) for variant in variants]
    links = _Links(state.id, asked)
    days = what_if_text.week(dates, trial.now, today, reading)
    return {
        "state": state,
        "visit": visit,
        "day": visit.days[asked.index],
        "day_number": asked.index + 1,
        "date_text": long_date(visit.days[asked.index].date, language()),
        "sheet": sheet,
        "others": [(other, links.without(other.variant.variation)) for other in others],
        "packed": _packed(asked.variations),
        "quick": list(_quick(visit, asked, links)),
        "week": [(date, links.plus(Variation(date=date.date))) for date in days],
        "week_link": links.to(asked.variations, is_week=not asked.is_week),
        "is_full": len(variants) >= MOST_VARIANTS,
        "problems": asked.problems,
        "typed": asked.typed,
        "has_own_modes": any(stop.mode_to for stop in visit.days[asked.index].stops),
        "mode_choices": [(mode.value, mode_name(mode)) for mode in PLANNED_MODES],
        "keep": links.kept,
        "section": "visits",
    }


@dataclass(frozen=True)
class _Other:
    """A variant and the fields of the form that takes it."""

    variant: DayVariant
    fields: dict[str, str]


@dataclass(frozen=True)
class _Links:
    """Addresses of this page with a variant more or less."""

    visit_id: int
    asked: _Asked

    def to(self, variations: Iterable[Variation], *, is_week: bool | None = None) -> str:
        shows_week = self.asked.is_week if is_week is None else is_week
        return url_for(
            "what_if.show",
            visit_id=self.visit_id,
            day=self.asked.index + 1,
            week=1 if shows_week else None,
            v=_packed(variations) or None,
        )

    def plus(self, variation: Variation) -> str:
        """The address with one more variant, '' where it is there already or there is no room."""
        have = self.asked.variations
        return "" if variation in have or len(have) >= MOST_VARIANTS else self.to([*have, variation])

    def without(self, variation: Variation) -> str:
        return self.to([variant for variant in self.asked.variations if variant != variation])

    @property
    def kept(self) -> dict[str, Any]:
        """What a switch of the language keeps."""
        query = {"week": int(self.asked.is_week), "v": _packed(self.asked.variations)}
        return {"day": self.asked.index + 1, **{name: value for name, value in query.items() if value}}


def _quick(visit: Visit, asked: _Asked, links: _Links) -> Iterator[tuple[str, str]]:
    """The variants that are asked for most, as (words, address); no address for those shown already."""
    for words, variation in _choices(visit, asked.index):
        if variation is not None and not only_other(visit, asked.index, variation).is_nothing:
            yield words, links.plus(variation)


def _choices(visit: Visit, index: int) -> Iterator[tuple[str, Variation | None]]:
    day = visit.days[index]
    yield gettext("The same weekday next week"), Variation(date=day.date + ONE_WEEK)
    yield gettext("Half an hour earlier"), earlier_or_later(visit, index, -HALF_AN_HOUR)
    yield gettext("Half an hour later"), earlier_or_later(visit, index, HALF_AN_HOUR)
    if visit.pace_kmh > SLOW_KMH:
        pace = number_text(SLOW_KMH, language())
        yield gettext("Slower: %(pace)s km/h", pace=pace), Variation(pace_kmh=SLOW_KMH)
    for mode in (Mode.WALK, Mode.BUS, Mode.COACH, Mode.BEST):
        yield mode_name(mode), Variation(mode=mode)
