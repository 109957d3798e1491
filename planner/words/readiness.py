"""What is still open in a visit, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.sites import Site
from planner.domain.visits import Visit
from planner.domain.warnings.codes import WarningCode
from planner.domain.weather.rain import in_rain
from planner.services.visits.readiness.points import Need, OpenKind
from planner.words.around.booked import gap_text
from planner.words.around.comfort import ticket_terms
from planner.words.changes import FIELDS
from planner.words.formats import language_name, short_day
from planner.words.places import PlaceWords
from planner.words.refusals import fault_text
from planner.words.translation import _, force_locale, gettext, ngettext
from planner.words.warnings.tell import sentence

if TYPE_CHECKING:
    from planner.services.visits.readiness.points import OpenPoint, OpenPoints

_SENTENCES = {
    OpenKind.NO_STOPS: _("The day has no stops yet."),
    OpenKind.NO_MEAL_PLACE: _("The meal has no place yet."),
    OpenKind.NO_COORDINATOR: _("Nobody is named whom participants can call."),
    OpenKind.NO_MEETING_POINT: _("No meeting point is written: participants read where the day begins."),
    OpenKind.OLD_ROTATION: _(
        "The rotation of the parties no longer fits: published like this, all go together."
    ),
    OpenKind.HOST_DECLINED: _("The host has declined: put another stop in its place, or ask again."),
    OpenKind.HOLIDAY: _("It is a public holiday."),
    OpenKind.NO_RAIN_PLACE: _("Outdoors, and without another place for rain."),
}

_SENTENCES_IN_RAIN = {
    OpenKind.HOST_DECLINED: _("The host has declined: choose another place for rain, or ask again."),
}

NEEDS = {Need.MEND: _("To mend"), Need.CONFIRM: _("To confirm"), Need.KNOW: _("To know")}
"""The headings of the three kinds."""


def counts_text(points: OpenPoints) -> str:
    """Say how much is open: "1 to mend, 9 to confirm", or that nothing is."""
    mend, confirm = points.count(Need.MEND), points.count(Need.CONFIRM)
    told = (
        ngettext("%(num)s to mend", "%(num)s to mend", mend) if mend else "",
        ngettext("%(num)s to confirm", "%(num)s to confirm", confirm) if confirm else "",
    )
    return ", ".join(filter(None, told)) or gettext("Nothing is open")


@dataclass(frozen=True)
class OpenWords:
    """Writes what is open in a visit; needs an application context."""

    visit: Visit
    sites: Mapping[str, Site]
    language: str

    def sentence(self, point: OpenPoint) -> str:
        """Say what is open, and whether only when it rains."""
        with force_locale(self.language):
            text = self._sentence(point)
            return gettext("In the rain version: %(text)s", text=text) if point.is_rain else text

    def place(self, point: OpenPoint) -> str:
        """Say where it is: a stop, the way there, the end of the day; '' where it is of the whole day."""
        with force_locale(self.language):
            where = self._where(point)
            if not point.party:
                return where
            party = gettext("party %(party)s", party=point.party)
            return f"{where} ({party})" if where else party

    def day(self, point: OpenPoint) -> str:
        """Return the day, '' for the whole visit."""
        return "" if point.day is None else short_day(self.visit.days[point.day].date, self.language)

    def _sentence(self, point: OpenPoint) -> str:
        if point.fault is not None:
            return fault_text(point.fault)
        if point.gap is not None:
            return gap_text(point.gap)
        if point.kind is OpenKind.TICKETS:
            return self._tickets(point)
        if point.kind is OpenKind.NO_TEXT:
            words = {
                "field": FIELDS[point.field],
                "language": language_name(point.language, self.language),
            }
            return gettext("%(field)s: the text is missing in this language: %(language)s.", **words)
        if point.kind is OpenKind.HOST_TIME:
            agreed, now = point.times
            return gettext(
                "The host has confirmed %(agreed)s; the group begins at %(now)s.", agreed=agreed, now=now
            )
        sentences = _SENTENCES | (_SENTENCES_IN_RAIN if point.is_rain else {})
        own = (str(sentences[point.kind]),) if point.kind in sentences else ()
        warnings = point.warnings
        if point.kind is OpenKind.HOST_SILENT:
            own = (self._awaited(point),)
            warnings = tuple(one for one in warnings if one.code is not WarningCode.SITE_UNCONFIRMED)
        return " ".join((*own, *(sentence(warning, self.language) for warning in warnings)))

    def _awaited(self, point: OpenPoint) -> str:
        """Say that a host has not answered, and by when an answer was asked for."""
        if point.due is None:
            return gettext("The host was asked and has not answered yet.")
        day = short_day(point.due, self.language)
        return gettext("The host was asked to answer by %(day)s and has not answered yet.", day=day)

    def _tickets(self, point: OpenPoint) -> str:
        stop = self.visit.days[point.day or 0].stops[point.stop or 0]
        site = PlaceWords(self.sites, self.language).site(stop.place)
        terms = ticket_terms(site) if site else ""
        if not terms:
            return gettext("Tickets are to be bought.")
        return gettext("Tickets are to be bought: %(terms)s.", terms=terms)

    def _where(self, point: OpenPoint) -> str:
        if point.stop is None or point.day is None:
            return gettext("The way to the end of the day") if point.leg is not None else ""
        words = PlaceWords(self.sites, self.language)
        stop = self.visit.days[point.day].stops[point.stop]
        name = words.stop_name(in_rain(stop) if point.is_rain else stop)
        return name if point.leg is None else gettext("The way to: %(name)s", name=name)
