"""The form of a site: new, changed, archived, and changed by two people at once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import flash, jsonify, redirect, render_template, request, url_for

from planner.domain.hours.spelling import as_plain
from planner.domain.limits import FIRST_YEAR, HOURS_LENGTH, LARGEST_NUMBER, LAST_YEAR, STOP_ID_LENGTH
from planner.domain.sites import Site
from planner.outputs.catalogue.hours import week_lines
from planner.outputs.catalogue.problems import problem_text
from planner.outputs.catalogue.rows import confirmed_text
from planner.outputs.catalogue.words import choices, column_name, site_name
from planner.outputs.maps.catalogue import place_map
from planner.outputs.timeline.learned import learned_offer
from planner.services.catalogue import editing
from planner.services.catalogue.care.doubts import missing_texts
from planner.services.catalogue.editing import Difference
from planner.services.catalogue.entries import stored_sites
from planner.services.catalogue.hours import week_of
from planner.services.catalogue.positions import parse_position, position_text
from planner.services.catalogue.record import read_record
from planner.services.catalogue.rules import hours_problems, with_rules
from planner.web.catalogue.base import blueprint, map_parts
from planner.web.catalogue.contacts import who_receives
from planner.web.catalogue.form import SiteForm, site_faults
from planner.web.frame.context import rule_context, services
from planner.web.frame.form_view import NO_FAULTS, Faults
from planner.web.frame.i18n import language
from planner.web.frame.learned import stays_learned
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.outputs.timeline.learned import LearnedOffer
    from planner.services.catalogue.entries import StoredSite

BLANK = Site("new", {})
"""What a new site starts from; its id is made when it is stored."""

PICK = "pick-"
NOT_TYPED = frozenset({"csrf_token", "version", "all"})
"""What the page of two versions sends itself, not what was typed."""


@dataclass(frozen=True)
class VersionChoice:
    """A thing in which two versions differ, for the page: whose changed it, and which is proposed."""

    difference: Difference
    by: str
    proposed: str


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A new site."""
    if request.method != "POST":
        return _form_page(SiteForm.of(None, BLANK), None)
    form = SiteForm.sent(request.form, None, BLANK)
    site = form.read(BLANK, rule_context())
    if isinstance(site, Faults):
        return _form_page(form, None, site)
    with services().database.writing() as session:
        site_id = editing.create_site(session, site, services().now())
    return _saved(site_id, site)


@blueprint.route("/<site_id>/edit", methods=["GET", "POST"])
def edit(site_id: str) -> ResponseReturnValue:
    """The form of a site."""
    with services().database.session() as session:
        stored = editing.read_site(session, site_id)
    if request.method != "POST":
        return _form_page(SiteForm.of(stored, BLANK), stored)
    if request.form.get("all") == "now":
        flash(gettext("Your changes were dropped; this is the site as it is now."), "done")
        return redirect(url_for("catalogue.edit", site_id=site_id))
    form = SiteForm.sent(request.form, stored, BLANK)
    site = form.read(stored.site, rule_context())
    if not isinstance(site, Faults) and request.form.get("all") != "yours":
        site = _picked(site, stored)
    if isinstance(site, Faults):
        return _form_page(form, stored, site)
    try:
        number = int(form.version) if form.version.isdecimal() else 0
        with services().database.writing() as session:
            editing.save_site(session, site, number, services().now())
    except editing.SiteChangedError as error:
        return _two_versions(site, error.stored)
    return _saved(site_id, site)


@blueprint.post("/<site_id>/archive")
def archive(site_id: str) -> ResponseReturnValue:
    """Take a site out of the catalogue."""
    with services().database.writing() as session:
        stored = editing.archive_site(session, site_id, services().now(), archived=True)
    name = site_name(stored.site, language())
    flash(gettext("Archived: %(name)s. Visits that have it keep it.", name=name), "done")
    return redirect(url_for("catalogue.edit", site_id=site_id))


@blueprint.post("/<site_id>/restore")
def restore(site_id: str) -> ResponseReturnValue:
    """Take an archived site back."""
    with services().database.writing() as session:
        stored = editing.archive_site(session, site_id, services().now(), archived=False)
    flash(gettext("Back in the catalogue: %(name)s", name=site_name(stored.site, language())), "done")
    return redirect(url_for("catalogue.edit", site_id=site_id))


@blueprint.get("/hours")
def hours() -> str:
    """Whether a rule can be read, and what it means for seven days, from today or from the day asked for."""
    first = _date(request.args.get("first", ""))
    week = _week(request.args.get("rule", ""), first)
    return render_template("catalogue/_hours_week.html", of_visit=first is not None, **week)


def _date(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


@blueprint.get("/position")
def position() -> ResponseReturnValue:
    """A typed position, read."""
    at, problems = parse_position(request.args.get("text", "")[:200], rule_context())
    words = " ".join(problem_text(problem) for problem in problems)
    return jsonify({"at": at, "text": position_text(at), "problem": words})


def _week(typed: str, first: dt.date | None = None) -> dict[str, Any]:
    """What the fragment of the hours shows; without a town only whether the rule can be read."""
    rule, context = typed[:HOURS_LENGTH].strip(), rule_context()
    problem = " ".join(problem_text(fault) for fault in hours_problems(rule, context))
    week = []
    if rule and not problem and context.town:
        week = week_lines(week_of(rule, first or context.today, context.town.clock, context.town.almanac))
    plain = as_plain(rule)
    return {"rule": rule, "week": week, "problem": problem, "plain": plain if plain != rule else ""}


def _used_themes() -> set[str]:
    with services().database.session() as session:
        return {theme for entry in stored_sites(session).values() for theme in entry.site.themes}


def _saved(site_id: str, site: Site) -> ResponseReturnValue:
    flash(gettext("Saved: %(name)s", name=site_name(site, language())), "done")
    kept = {name: request.args[name] for name in ("visit", "day", "stop") if name in request.args}
    address = url_for("catalogue.edit", site_id=site_id)
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@blueprint.post("/<site_id>/usual-stay")
def usual_stay(site_id: str) -> ResponseReturnValue:
    """Take what past visits took as the usual stay."""
    with services().database.writing() as session:
        stored = editing.read_site(session, site_id)
        stay = stays_learned(session).get(site_id)
        if stay is not None:
            least = stored.site.min_dwell_min
            least = None if least is None else min(least, stay.minutes)
            site = replace(stored.site, dwell_min=stay.minutes, min_dwell_min=least)
            editing.save_site(session, site, stored.version, services().now())
    return _saved(site_id, stored.site)


def _learned(stored: StoredSite | None) -> LearnedOffer | None:
    if stored is None:
        return None
    with services().database.session() as session:
        stay = stays_learned(session).get(stored.site.id)
    return learned_offer(stored.site.dwell_min, stay, language())


def _form_page(form: SiteForm, stored: StoredSite | None, faults: Faults = NO_FAULTS) -> ResponseReturnValue:
    at, _problems = parse_position(form.position, rule_context())
    page = render_template(
        "catalogue/form.html",
        form=form.view(_used_themes(), faults),
        stored=stored,
        learned=_learned(stored),
        today=rule_context().today.isoformat(),
        place_at=at,
        missing=[column_name(f"{name}_{code}") for name, code in missing_texts(stored.site)]
        if stored
        else [],
        confirmed=confirmed_text(stored.site, language()) if stored else "",
        how_choices=choices("confirmed_how"),
        back_to=_visit_address(),
        receives=who_receives(stored.site.id) if stored else None,
        **_week(form.opening_hours),
        **map_parts(lambda town: place_map(town, at, language())),
    )
    return page, 422 if faults else 200


def _visit_address() -> str:
    """Where the visit is from which the site was opened, '' where it was opened from the list."""
    visit_id, stop = request.args.get("visit", type=int), request.args.get("stop", "")[:STOP_ID_LENGTH]
    if visit_id is None or not 0 < visit_id <= LARGEST_NUMBER:
        return ""
    day = request.args.get("day", type=int)
    return url_for("editor.show", visit_id=visit_id, day=day, stop=stop or None)


def _picked(yours: Site, stored: StoredSite) -> Site | Faults:
    """The site with what was chosen to stay as it is now, or what is wrong with that."""
    names = [
        key.removeprefix(PICK)
        for key, value in request.form.items()
        if key.startswith(PICK) and value == "now"
    ]
    if not names:
        return yours
    site, problems = read_record(editing.take_now(yours, stored.site, names), stored.site)
    problems = with_rules(problems, site, rule_context())
    return site_faults(problems) if problems else site


def _two_versions(yours: Site, stored: StoredSite) -> ResponseReturnValue:
    """Show what differs; all that was typed goes along."""
    differences = editing.differences(stored.site, yours)
    typed = [
        (k, v) for k, v in request.form.items(multi=True) if k not in NOT_TYPED and not k.startswith(PICK)
    ]
    choices = _choices(differences, yours, stored.site)
    page = render_template(
        "catalogue/two_versions.html", stored=stored, yours=yours, choices=choices, typed=typed
    )
    return page, editing.SiteChangedError.status


def _choices(differences: list[Difference], yours: Site, now: Site) -> list[VersionChoice]:
    """Who changed what, by the marks that the form was opened with."""
    try:
        opened = json.loads(request.form.get("marks", ""))
    except ValueError:
        opened = None
    before = opened if isinstance(opened, dict) else {}
    mine, theirs = editing.marks_of(yours), editing.marks_of(now)
    choices = []
    for difference in differences:
        mark = before.get(difference.name)
        by = "both"
        if mark is not None and mark == mine.get(difference.name):
            by = "other"
        elif mark is not None and mark == theirs.get(difference.name):
            by = "you"
        choices.append(VersionChoice(difference, by, "now" if by == "other" else "yours"))
    return choices
