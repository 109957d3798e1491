"""Several entries at once: what is ticked in the list is confirmed, themed, put away or brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request, url_for

from planner.outputs.catalogue.words import site_name, theme_key
from planner.services.catalogue import editing
from planner.services.catalogue.care.bulk import Asked, Deed, do_to_several
from planner.services.catalogue.entries import sites_by_id
from planner.web.catalogue.base import blueprint
from planner.web.frame.context import rule_context, services
from planner.web.frame.i18n import language
from planner.words.translation import gettext, ngettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from planner.services.catalogue.care.bulk import Outcome

MOST_NAMED = 5
"""So many names of what could not be done are told."""

LISTED = frozenset({"q", "theme", "state", "show", "step_free", "confirmed", "on", "at", "near", "minutes"})
"""What of the list's address comes back after a deed."""


@blueprint.post("/several")
def several() -> ResponseReturnValue:
    """Do one thing to all that is ticked, and to nothing else."""
    ticked, deed = _ticked(), request.form.get("deed", "")
    theme = theme_key(request.form.get("theme", "")[:80])
    if not ticked:
        flash(gettext("Tick the sites first."), "warn")
    elif deed not in set(Deed) or (deed in {Deed.ADD_THEME, Deed.DROP_THEME} and not theme):
        flash(gettext("Choose what to do with them."), "warn")
    else:
        asked = Asked(Deed(deed), theme, request.form.get("how", ""))
        with services().database.writing() as session:
            outcome = do_to_several(session, ticked, asked, rule_context(), services().now())
        _tell(asked.deed, outcome)
    return _back()


@blueprint.post("/<site_id>/confirm")
def confirm_one(site_id: str) -> ResponseReturnValue:
    """Confirm one entry as of today, as it was seen."""
    version = request.form.get("version", "")
    ticked = {site_id: int(version) if version.isdecimal() else 0}
    asked = Asked(Deed.CONFIRM, how=request.form.get("how", ""))
    with services().database.writing() as session:
        editing.read_site(session, site_id)
        outcome = do_to_several(session, ticked, asked, rule_context(), services().now())
    _tell(Deed.CONFIRM, outcome)
    return redirect(url_for("catalogue.edit", site_id=site_id))


def _ticked() -> dict[str, int]:
    """The ids and the versions that were seen, each as "id version"."""
    ticked = {}
    for value in request.form.getlist("tick"):
        site_id, _, version = value.rpartition(" ")
        if site_id and version.isdecimal():
            ticked[site_id] = int(version)
    return ticked


def _tell(deed: Deed, outcome: Outcome) -> None:
    if outcome.done:
        flash(_done(deed, len(outcome.done)), "done")
    if outcome.same:
        flash(
            ngettext("%(num)s site was so already.", "%(num)s sites were so already.", len(outcome.same)),
            "done",
        )
    if outcome.refused:
        flash(_refused(outcome.refused), "warn")


def _done(deed: Deed, number: int) -> str:
    return {
        Deed.CONFIRM: lambda: ngettext(
            "%(num)s site is confirmed as of today.", "%(num)s sites are confirmed as of today.", number
        ),
        Deed.ADD_THEME: lambda: ngettext(
            "%(num)s site has the theme now.", "%(num)s sites have the theme now.", number
        ),
        Deed.DROP_THEME: lambda: ngettext(
            "%(num)s site has the theme no longer.", "%(num)s sites have the theme no longer.", number
        ),
        Deed.ARCHIVE: lambda: ngettext(
            "%(num)s site is put away. Visits that have it keep it.",
            "%(num)s sites are put away. Visits that have them keep them.",
            number,
        ),
        Deed.RESTORE: lambda: ngettext(
            "%(num)s site is back in the catalogue.", "%(num)s sites are back in the catalogue.", number
        ),
    }[deed]()


def _refused(ids: tuple[str, ...]) -> str:
    with services().database.session() as session:
        sites = sites_by_id(session, ids[:MOST_NAMED])
    names = [site_name(sites[one], language()) if one in sites else one for one in ids[:MOST_NAMED]]
    told = ", ".join(names) + (" …" if len(ids) > MOST_NAMED else "")
    return gettext(
        "Not done, look at it one by one: %(names)s. It was changed in the meantime, or something in it is "
        "wrong.",
        names=told,
    )


def _back() -> ResponseReturnValue:
    """The list as it was narrowed."""
    asked = [pair for pair in parse_qsl(request.form.get("back", "")[:2000]) if pair[0] in LISTED]
    address = url_for("catalogue.index")
    return redirect(f"{address}?{urlencode(asked)}" if asked else address)
