"""What is kept of people, why and how long: for everybody to read, and said of what the program does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from planner.services.accounts.sessions import KEPT_S
from planner.services.accounts.users import DAY_S
from planner.services.paper.people import KEPT
from planner.services.trust.personal import DAY_LOG_KEPT, FEEDBACK_KEPT
from planner.web.frame.context import services
from planner.words.translation import gettext

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("kept", __name__)


@dataclass(frozen=True)
class Kept:
    """A kind of data in three lines."""

    what: str
    why: str
    how_long: str


@blueprint.get("/kept")
def show() -> ResponseReturnValue:
    """The kinds, one after the other."""
    return render_template("trust/kept.html", kinds=kinds())


def kinds() -> tuple[Kept, ...]:
    """Return the kinds of data in the reader's language, with the days that are in force."""
    return (*_of_visits(), *_of_office())


def _of_visits() -> tuple[Kept, ...]:
    return (
        Kept(
            gettext("Names of participants and school trip cards"),
            gettext("For the list that the organiser prints. They are on no page of a link."),
            gettext("Until %(days)s days after the visit.", days=KEPT.days),
        ),
        Kept(
            gettext("Contacts of hosts and drivers, and what is arranged with them"),
            gettext("So that guides reach them on the day."),
            gettext("Until %(days)s days after the visit.", days=KEPT.days),
        ),
        Kept(
            gettext("Counts of needs: wheelchairs, diets, languages, without names"),
            gettext("So that the way and the meals suit the group."),
            gettext("Until %(days)s days after the visit.", days=KEPT.days),
        ),
        Kept(
            gettext("Marks and words that participants give, without names"),
            gettext("So that the next visit is better."),
            gettext("Until %(days)s days after the visit.", days=FEEDBACK_KEPT.days),
        ),
        Kept(
            gettext("What guides say on the day: here, leaving, notes, head counts"),
            gettext("So that all see the same times, and usual stays are learned."),
            gettext("Until %(days)s days after that day.", days=DAY_LOG_KEPT.days),
        ),
        Kept(
            gettext("The plan of a visit with its versions, who is named in it as coordinator or guide"),
            gettext("It is what the service is for."),
            gettext("Until the visit is deleted."),
        ),
    )


def _of_office() -> tuple[Kept, ...]:
    return (
        Kept(
            gettext("Accounts: name, role, a hash of the password; browsers in which one was signed in"),
            gettext("To let in who works here, and nobody else."),
            gettext("Browsers for %(days)s days; the name stays with what was made.", days=KEPT_S // DAY_S),
        ),
        Kept(
            gettext("The log of who did what, with the address on the network"),
            gettext("To find out what happened when something went wrong."),
            gettext("For %(days)s days.", days=services().settings.audit_days),
        ),
        Kept(
            gettext("Backups"),
            gettext("So that nothing is lost with a disk."),
            gettext("As long as the office keeps them; what was due is deleted when one is restored."),
        ),
    )
