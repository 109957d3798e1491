"""Letters to the hosts of a visit, in their language: asked, told of other times, or called off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.domain.hosts.arrangement import Agreed, Arrangement
from planner.domain.hosts.keys import is_of_rain
from planner.domain.hosts.messages import message_of
from planner.domain.limits import LANGUAGES
from planner.domain.releases import sites_of_both
from planner.domain.text import in_language
from planner.outputs.sheets.build import SheetKind
from planner.outputs.sheets.items import SheetItem
from planner.outputs.sheets.parts.agreed import AgreedWriter
from planner.outputs.sheets.parts.letter import mail_address, plain_mail
from planner.services.hosts.arranging import stop_called
from planner.services.paper import choosing
from planner.web.frame.asked import host as reached_at
from planner.web.frame.context import services
from planner.web.paper.laid import laid_on
from planner.web.paper.making import Press
from planner.words.formats import short_day
from planner.words.translation import force_locale, gettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.web.visits.opened import OpenedVisit


@dataclass(frozen=True)
class Letter:
    """What a host is written: of what is arranged with them as it stood before, and what is planned now."""

    arrangement: Arrangement
    planned: Agreed
    email: str

    @property
    def language(self) -> str:
        """The language of the host."""
        return self.arrangement.details.language or LANGUAGES[0]


def letter_address(session: Session, opened: OpenedVisit, letter: Letter) -> str:
    """Return the address that opens the letter, with the host's sheet below where there is one."""
    code, context = letter.language, services()
    host, content = stop_called(opened.visit, letter.arrangement.key), opened.plan.both
    with force_locale(code):
        lead = _lead(letter)
        title = in_language(opened.visit.title, code)
        if host is None or content is None or host.place not in sites_of_both(content):
            return plain_mail(letter.email, title, (*lead, "", title, in_language(letter.planned.name, code)))
        secret = context.settings.secret_key
        printed = choosing.to_print(session, secret, opened.state.id, content, context.now())
        press = Press(printed, reached_at(), laid=laid_on(session, opened.state.id, opened.visit))
        sheet = press.sheet(SheetItem(SheetKind.HOST, host.day, "", code, host.place))
        return mail_address(sheet, letter.email, lead)


def _lead(letter: Letter) -> tuple[str, ...]:
    """What is said first; in the language in force.

    Who receives the group only when it rains is told so, and that there is no more to it until the day.
    """
    code, deadline = letter.language, letter.arrangement.details.deadline
    answer = (
        gettext("Please tell us by %(day)s whether this suits you.", day=short_day(deadline, code))
        if deadline
        else gettext("Please tell us whether this suits you.")
    )
    message = message_of(letter.arrangement, letter.planned)
    writer = AgreedWriter(services().desk_town.clock, code)
    if message is None:
        is_rain = is_of_rain(letter.arrangement.key)
        agreed = replace(writer, says_rain=False).agreed(letter.planned)
        if is_rain:
            return (
                gettext("If it rains, we would like to visit you: %(agreed)s.", agreed=agreed),
                gettext("If it does not rain, we do not come; the guide tells you on the day."),
                answer,
            )
        return gettext("We would like to visit you: %(agreed)s.", agreed=agreed), answer
    before = gettext("You know of: %(agreed)s.", agreed=writer.agreed(message.before))
    if not letter.planned.stays:
        return gettext("Our visit to you is called off."), before
    now = gettext("Now it is: %(agreed)s.", agreed=writer.agreed(letter.planned))
    return gettext("Our visit to you has changed."), before, now, answer
