"""What is there is documented, and what is documented is there."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from planner.domain.edits.remedies import RemedyCode
from planner.domain.warnings.codes import WarningCode
from planner.domain.warnings.severity import tone_of
from planner.errors import PlannerError
from planner.paths import ROOT
from planner.services.upkeep.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODES = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")])
LOUD = {"fail": "fails", "warn": "warns", "note": "note"}
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)


class Asked(dict[str, str]):
    """An environment that notes what is asked of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(PLANNER_DATA_DIR=str(folder))
        self.names: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)


def test_every_setting_that_is_read_has_its_row_and_no_other_has(tmp_path: Path) -> None:
    environ = Asked(tmp_path)
    read_settings(environ)
    assert len(environ.names) > 8
    section = README.partition("## Settings")[2].partition("\n## ")[0]
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    told = [name for first in firsts for name in re.findall(r"`(\w+)`", first)]
    assert sorted(told) == sorted(environ.names)


def test_every_target_of_make_that_people_use_is_told_by_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("run", "test", "test-all", "lint", "bench", "screenshots"):
        assert re.search(rf"^{target}:.*## ", text, re.MULTILINE), target


def test_every_warning_is_documented_with_how_loud_it_is() -> None:
    section = CODES.partition("## Remedies")[0]
    told = {code: row.rsplit("|", 1)[-1].strip() for code, row in ROW.findall(section)}
    assert told == {code.value: LOUD[tone_of(code).value] for code in WarningCode}


def kinds(of: type[PlannerError] = PlannerError) -> Iterator[type[PlannerError]]:
    """Every kind of error that is loaded, which is every one that a page, an answer or a command can give."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_error_code_is_documented_with_its_status_and_no_other_is() -> None:
    import_module("planner.commands.register")
    import_module("planner.web.app")
    made = {kind.code: str(kind.status) for kind in kinds() if kind.__module__.startswith("planner.")}
    assert len(made) > 12
    served = (ROOT / "planner/web/frame/errors.py").read_text(encoding="utf-8")
    made |= {code: status for status, code in re.findall(r'^    (\d{3}): "(\w+)",$', served, re.MULTILINE)}
    made |= {"internal": "500", "outside_network": "422", "bad_setting": ""}
    del made["error"]  # an edit's code is its reason: only pages refuse edits
    told = {code: row.split("|")[0].strip() for code, row in ROW.findall(CODES.partition("## Errors")[2])}
    assert told == made


def test_every_remedy_code_is_documented_and_no_other_is() -> None:
    section = CODES.partition("## Remedies")[2].partition("## Errors")[0]
    assert [code for code, _ in ROW.findall(section)] == [code.value for code in RemedyCode]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+?)(?:#[\w-]*)?\)", text):
        if "://" not in link:
            assert (document.parent / link).exists(), link
    for path in re.findall(r"`((?:planner|tests|data|static|templates|docs)/[\w./-]+)`", text):
        assert (ROOT / path).exists() or path.startswith("static/"), path


@pytest.mark.parametrize("folder", ["docs", "docs/decisions"])
def test_every_document_is_in_the_table_of_its_folder(folder: str) -> None:
    table = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    files = [file.name for file in (ROOT / folder).glob("*.md") if file.name != "README.md"]
    assert [name for name in files if f"]({name})" not in table] == []
