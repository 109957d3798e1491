"""What is there is documented, and what is documented is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from flask import Flask

from planner.commands.register import register
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import tone_of
from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODES = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
LOUD = {"fail": "fails", "warn": "warns", "note": "note"}
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)


def commands() -> Iterator[str]:
    """Every command as one types it after `flask --app wsgi`."""
    app = Flask("planner")
    register(app)
    for name, command in app.cli.commands.items():
        if isinstance(command, click.Group):
            yield from (f"{name} {part}" for part in command.commands)
        else:
            yield name


def own_commands() -> list[str]:
    return [name for name in commands() if name not in {"run", "shell", "routes"}]


def test_every_command_is_in_the_readme() -> None:
    assert len(own_commands()) > 8
    missing = [name for name in own_commands() if name not in README]
    assert missing == []


def test_every_setting_is_in_the_readme() -> None:
    text = (ROOT / "planner/services/upkeep/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"([A-Z][A-Z_]{3,})"', text)) | {"OVERPASS_CONTACT"}
    assert {"PLANNER_DATA_DIR", "SECRET_KEY", "SEARCH_TIME"} <= names
    assert sorted(name for name in names if f"`{name}" not in README and name not in README) == []


def test_every_target_of_make_that_people_use_is_told_by_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "test-all", "lint", "bench", "screenshots"):
        assert re.search(rf"^{target}:.*## ", text, re.MULTILINE), target


def test_every_warning_is_documented_with_how_loud_it_is() -> None:
    section = CODES.partition("## Errors")[0]
    told = {code: row.rsplit("|", 1)[-1].strip() for code, row in ROW.findall(section)}
    assert told == {code.value: LOUD[tone_of(code).value] for code in WarningCode}


def test_every_error_code_is_documented() -> None:
    section = CODES.partition("## Errors")[2]
    told = {code for code, _ in ROW.findall(section)}
    files = sorted((ROOT / "planner").rglob("*.py"))
    made = {
        code for file in files for code in re.findall(r'^    code = "(\w+)"', file.read_text(), re.MULTILINE)
    }
    served = (ROOT / "planner/web/frame/errors.py").read_text(encoding="utf-8")
    made |= set(re.findall(r'^    \d{3}: "(\w+)",$', served, re.MULTILINE))
    assert len(made) > 12
    assert sorted(made - told - {"error"}) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+?)(?:#[\w-]*)?\)", text):
        if "://" not in link:
            assert (document.parent / link).exists(), link
    for path in re.findall(r"`((?:planner|tests|data|static|templates|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists() or path.startswith("static/"), path
