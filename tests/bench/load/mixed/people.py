"""Who is signed in: an organiser at the desk, and one who brings files into the catalogue."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.bench.load.mixed.seen import Person
from tests.record.forms import fields_of, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.record.client import Answer

Step = tuple[str, "Callable[[], object]"]

SITES = ("ratusz", "muzeum", "teznia", "park-energii", "camena", "sokol", "park-miejski", "kosciol")
SMALL_ROWS, LARGE_ROWS = 40, 5_000


@dataclass
class Organiser:
    """Makes a visit of her own, then goes on working at it."""

    person: Person
    number: int
    path: str = ""
    _texts: Iterator[int] = field(default_factory=itertools.count)

    def begin(self) -> None:
        """A visit of tomorrow with its stops, published once."""
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
        here = self.person.get("/visits/new")
        typed = {"title_pl": f"Próba {self.number}", "date": day.isoformat(), "group_size": "22"}
        typed |= {"start_site": "dworzec-biblioteka", "start_time": "09:00"}
        page = self.person.follow(
            self.person.submit(here, form_of(here.page, "/visits/new"), typed=dict(typed))
        )
        self.path = page.path.split("?")[0]
        for site in SITES:
            here = self.person.get(self.path)
            form = form_of(here.page, "/edit/add_place")
            common = [(node.get("name"), node.get("value")) for node in form.all("input")[:3]]
            self.person.post(f"{self.path}/edit/add_site", [*common, ("site", site)])
        self.publish()

    def steps(self) -> list[Step]:
        """What she does in a round."""
        look = self._look
        return [
            ("desk", look("/")),
            ("editor", look(self.path)),
            ("edit", self.edit),
            ("editor", look(f"{self.path}?stop=s1")),
            ("best order", look(f"{self.path}/proposal?day=1&objective=finish")),
            ("remedies", look(f"{self.path}/remedies?day=1")),
            ("ready", look(f"{self.path}/ready")),
            ("catalogue", look("/sites")),
            ("a site", look("/sites/muzeum/edit")),
            ("how sure", look(f"{self.path}/sure?day=1")),
            ("preview", look(f"{self.path}/preview/guide")),
            ("hosts", look(f"{self.path}/hosts")),
            ("publish", self.publish),
            ("paper", look(f"{self.path}/paper")),
            ("PDF of a draft", look(f"{self.path}/paper/draft/road-book.pdf")),
            ("history", look(f"{self.path}/history")),
            ("what if", look(f"{self.path}/what-if?day=1")),
            ("report", look("/sites/report")),
        ]

    def links(self) -> dict[str, str]:
        """The tokens of the visit's links, by v and g."""
        text = self.person.get(f"{self.path}/share").text
        return dict(re.findall(r"/(v|g)/([\w-]{20,})", text))

    def edit(self) -> None:
        """Change the meeting point."""
        here = self.person.get(f"{self.path}?part=settings")
        text = f"Punkt {next(self._texts)}"
        self.person.submit(here, form_of(here.page, "/edit/visit"), typed={"meeting_pl": text})

    def publish(self) -> None:
        """Publish what there is."""
        here = self.person.get(f"{self.path}/share")
        self.person.submit(here, form_of(here.page, "/publish"), typed={"anyway": "1"})

    def _look(self, path: str) -> Callable[[], object]:
        return lambda: self.person.get(path)


@dataclass
class Importer:
    """Brings a small list in again and again, and looks at a long one without taking it."""

    person: Person
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def steps(self) -> list[Step]:
        """What he does in a round."""
        return [
            ("import", self.bring),
            ("look at a long import", self.look_at_many),
            ("export", lambda: self.person.get("/sites/export.csv")),
        ]

    def bring(self) -> None:
        """Forty sites, new at first and changed afterwards."""
        shown = self._shown(SMALL_ROWS)
        self.person.submit(shown, form_of(shown.page, "/import/confirm"))

    def look_at_many(self) -> None:
        """Five thousand rows, previewed in the pool and cancelled."""
        shown = self._shown(LARGE_ROWS)
        self.person.post("/sites/import/cancel", fields_of(form_of(shown.page, "/import/cancel")))

    def _shown(self, rows: int) -> Answer:
        number = next(self._numbers)
        text = "".join(f"load-{row},Miejsce {row},Stan {number}\n" for row in range(rows))
        here = self.person.get("/sites/import")
        file = ("sites.csv", f"id,name_pl,summary_pl\n{text}".encode())
        sent = self.person.upload(here, form_of(here.page, "/sites/import"), "file", file)
        return self.person.follow(sent)
