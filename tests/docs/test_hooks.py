"""The hooks before a commit are the checks of `make lint`, and fetch nothing."""

from __future__ import annotations

import json
import re

from planner.paths import ROOT

HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^ +entry: (.*)$", HOOKS, re.MULTILINE)


def lint() -> list[str]:
    """What `make lint` runs, one command each, without where it lies."""
    target = re.search(
        r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert target is not None
    own: list[str] = re.findall(r"^\t@\$\(BIN\)/(.*)$", target[1], re.MULTILINE)
    scripts = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["scripts"]
    return [*own, *scripts["lint"].split(" && ")]


def test_every_check_of_make_lint_is_a_hook() -> None:
    tools = {command.split()[0] for command in lint()}
    assert {"ruff", "mypy", "lint-imports", "eslint", "stylelint"} <= tools
    hooked = {re.sub(r"^(\.venv/bin/|npm exec --no -- )", "", entry).split()[0] for entry in ENTRIES}
    assert sorted(tools - hooked) == []


def test_all_of_it_is_here() -> None:
    assert set(re.findall(r"^ +- repo: (.*)$", HOOKS, re.MULTILINE)) == {"local"}
    assert HOOKS.count("language: system") == len(ENTRIES)
    assert "://" not in HOOKS
