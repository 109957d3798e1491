"""The pages and files of a visit, made when it is published: whoever asks for one later finds it there.

Publishing does not wait for them. The worker that published makes them beside its requests, one by one and
leaving half of the time to pages; what is not there when somebody asks, also because the worker was stopped
or the program is of another version, is made then.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.domain.limits import LANGUAGES
from planner.domain.warnings.audience import Audience
from planner.errors import PaperError
from planner.links import KINDS, PARTICIPANT
from planner.outputs.board.party_views import parties_of
from planner.outputs.files.content.build import Wanted
from planner.outputs.sheets.build import RULES
from planner.outputs.sheets.items import items_of, kinds_read_by
from planner.outputs.sheets.pdf import can_make_pdf
from planner.services.paper import choosing
from planner.services.visits import publish
from planner.web.frame.beside.later import do_later
from planner.web.frame.context import services
from planner.web.links.still import Behind
from planner.web.paper.making import Press
from planner.web.participant import offline, page
from planner.web.participant.making import VisitFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.outputs.sheets.items import SheetItem
    from planner.services.paper.choosing import Printed


def make_ahead(visit_id: int, host: str) -> bool:
    """Begin to make the files of what is published; whether this process does so."""
    return do_later(f"files of visit {visit_id}", partial(made_ahead, visit_id, host))


def made_ahead(visit_id: int, host: str) -> Iterator[None]:
    """Make the files of what is published, and stop after each; needs an application context."""
    context = services()
    with context.database.session() as session:
        printed = choosing.printed(session, context.settings.secret_key, visit_id, context.now())
    if printed is not None:
        yield from _pages(printed, host)
        if can_make_pdf():
            yield from _papers(printed, host)
        yield from _files(printed)
        yield from _copies(printed, host)


def _open(printed: Printed, host: str) -> Iterator[tuple[Behind, str]]:
    """Yield each link that works with its party: the participants' first."""
    context = services()
    with context.database.session() as session:
        links = publish.links(session, context.settings.secret_key, printed.visit_id)
    for link in sorted(links, key=lambda one: (one.kind != PARTICIPANT, one.party)):
        behind = Behind.found(link.token, link.kind, host)
        if behind is not None:
            yield behind, link.party


def _pages(printed: Printed, host: str) -> Iterator[None]:
    """What phones open."""
    for behind, party in _open(printed, host):
        yield from page.made_ahead(behind, party)


def _copies(printed: Printed, host: str) -> Iterator[None]:
    """What phones keep: when all of it has been made, the lists cost little."""
    for behind, party in _open(printed, host):
        for language in LANGUAGES:
            offline.kept_copy(behind, party, language)
            yield


def _papers(printed: Printed, host: str) -> Iterator[None]:
    """What is asked for first goes first: all sheets of each reader, then one by one."""
    press = Press(printed, host)
    readers = [tuple(_read_by(printed, reader)) for reader in Audience]
    alone = [(item,) for item in readers[-1]]
    for items in dict.fromkeys((*readers, *alone)):
        if items and not any(RULES[item.kind].of_people for item in items):
            try:
                press.pdf(items)
            except PaperError:  # too long a book; whoever asks for it is told so
                continue
            yield


def _read_by(printed: Printed, reader: Audience) -> Iterator[SheetItem]:
    kinds = kinds_read_by(reader, printed.choice.kinds)
    return items_of(printed.content, kinds, printed.choice.languages)


def _files(printed: Printed) -> Iterator[None]:
    """The files of both links, of all and of each party, in the languages of the visit."""
    context, content = services(), printed.content
    parties = dict.fromkeys(
        way.name for day in range(len(content.visit.days)) for way in parties_of(content, day)
    )
    for kind in KINDS:
        with context.database.session() as session:
            found = publish.shown(session, context.settings.secret_key, printed.visit_id, kind)
        if found is None:
            return
        for language in content.visit.languages:
            for party in ("", *parties):
                VisitFiles(found, Wanted(language, kind, party=party)).all()
                yield
