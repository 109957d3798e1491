"""A backup that an older program wrote is restored by this one: 0.11.0 made it by its own command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.paths import ROOT
from planner.services.upkeep.settings import Settings
from planner.store.database import Database
from planner.store.engine.upgrading import form
from planner.web import create_app
from tests.kit.commands import run
from tests.kit.databases import database_in
from tests.record.service import SECRET_KEY
from tests.stored.steps import TITLE
from tests.stored.test_opens import Reader
from tests.web.conftest import closed

if TYPE_CHECKING:
    from pathlib import Path

FILE = ROOT / "tests" / "stored" / "released" / "0.11.0.backup"
GUIDE = "/g/JbNIELBYR6PPzYf99hnNL4Kr"


@pytest.mark.dear
def test_it_is_brought_up_to_date_and_all_of_it_answers(tmp_path: Path) -> None:
    settings = Settings(tmp_path, database_in(tmp_path), "another key")
    bare = create_app(settings)
    told = run(bare, "restore", str(FILE))
    closed(bare)
    assert told.exit_code == 0, told.output
    assert (tmp_path / "secret_key").read_text(encoding="utf-8") == SECRET_KEY
    database = Database(settings.database_url)
    newest = form(database.engine)
    database.upgrade()
    assert form(database.engine) == newest, "nothing is left to bring up to date"
    app = create_app(Settings(tmp_path, settings.database_url, SECRET_KEY))
    answer = Reader(app).get(f"{GUIDE}?lang=pl")
    assert answer.status == 200
    assert TITLE in answer.text
    assert app.test_client().get("/healthz").status_code == 200, "the network came along"
    database.close()
    closed(app)
