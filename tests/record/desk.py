"""An organiser at work without a screen: the editor's own forms filled in and sent, every answer kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.kit.web.desk import WHERE
from tests.record.client import Answer, Client
from tests.record.forms import form_of
from tests.record.keeper import Keeper

if TYPE_CHECKING:
    from tests.record.forms import Typed

STATION = "dworzec-biblioteka"


@dataclass
class Desk:
    """A signed-in browser, and where its answers are kept."""

    client: Client
    posts: Keeper

    def send(self, name: str, page: str, action: str, button: str = "", /, **typed: Typed) -> Answer:
        """Open a page, send one of its forms, keep what comes back; the page that follows."""
        here = self.client.get(page)
        answer = self.client.submit(here, form_of(here.page, action), button, typed)
        self.posts.keep(name, answer)
        return self.client.follow(answer)

    def visit(self, name: str, /, **typed: Typed) -> Editor:
        """Make a visit by the form of a new one."""
        fields: dict[str, Typed] = {"start_site": STATION, "start_time": "09:00", **typed}
        page = self.send(f"{name}-00-new", "/visits/new", "/visits/new", **fields)
        return Editor(self, name, page)


@dataclass
class Editor:
    """The editor of one visit, with the page that is open."""

    desk: Desk
    name: str
    page: Answer
    day: int = 1
    count: int = field(default=0)

    @property
    def path(self) -> str:
        """The address of the visit."""
        return self.page.path.split("?")[0].split("/edit/")[0]

    def open(self, day: int) -> Editor:
        """Turn to a day, from 1."""
        self.day = day
        self.page = self.desk.client.get(f"{self.path}?day={day}")
        return self

    def edit(self, action: str, button: str = "", /, **typed: Typed) -> Answer:
        """Send one of the editor's forms; where it names a stop, that of the stop."""
        stop = typed.get("stop")
        having = {"stop": stop} if isinstance(stop, str) else {}
        here = self.page
        if action in WHERE:
            kind, one = WHERE[action]
            here = self.desk.client.get(f"{self.path}?day={self.day}&{kind}={one or stop}")
        form = form_of(here.page, f"/edit/{action}", **having)
        answer = self.desk.client.submit(here, form, button, typed)
        return self._kept(action, answer)

    def add(self, *sites: str) -> None:
        """Add sites as a click on the map does: by the fields that every form of the editor has."""
        for site in sites:
            self.raw("add_site", site=site)

    def raw(self, action: str, /, **typed: str) -> Answer:
        """Send fields for which the page need not have a form."""
        form = form_of(self.page.page, "/edit/add_place")
        common = [(node.get("name"), node.get("value")) for node in form.all("input")[:3]]
        fields = [pair for pair in common if pair[0] not in typed]
        answer = self.desk.client.post(f"{self.path}/edit/{action}", [*fields, *typed.items()])
        return self._kept(action, answer)

    def step(self, word: str) -> Answer:
        """Undo or redo."""
        form = form_of(self.page.page, f"/{word}")
        return self._kept(word, self.desk.client.submit(self.page, form))

    def _kept(self, action: str, answer: Answer) -> Answer:
        self.count += 1
        name = f"{self.name}-{self.count:02}-{action}"
        self.desk.posts.keep(name, answer)
        followed = self.desk.client.follow(answer)
        if followed is not answer:
            self.desk.posts.keep(f"{name}-then", followed)
        if followed.status < 400:  # what was refused leaves the page as it was
            self.page = followed
        return answer
