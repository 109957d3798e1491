"""Every command stands in docs/commands.md with its arguments, options and defaults; no other does."""

from __future__ import annotations

import re

import click
import pytest
from flask import Flask

from planner.commands.register import register
from planner.paths import ROOT

TEXT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
ROW = re.compile(r"^\| (`--[^|]+) \| ([^|]*)\|[^|]+\|$", re.MULTILINE)
FLASKS_OWN = {"run", "shell", "routes"}


def commands() -> dict[str, click.Command]:
    """Every command of ours, as one types it after `flask --app wsgi`, with its arguments."""
    app = Flask("planner")
    register(app)
    found = {}
    for name, command in app.cli.commands.items():
        if name in FLASKS_OWN:
            continue
        parts = command.commands if isinstance(command, click.Group) else {"": command}
        for part, leaf in parts.items():
            words = [name, part, *leaf.collect_usage_pieces(click.Context(leaf))]
            found[" ".join(word for word in words if word not in {"", "[OPTIONS]"})] = leaf
    return found


COMMANDS = commands()


def told(section: str) -> dict[str, str]:
    """The options that a section tells, with their variables, and their defaults."""
    rows = ROW.findall(section)
    return {", ".join(re.findall(r"`([^`]+)`", names)): default.strip() for names, default in rows}


def named(option: click.Option) -> str:
    """An option with its variable, if it has one."""
    return ", ".join([*option.opts, *([str(option.envvar)] if option.envvar else [])])


def test_every_command_has_its_section_and_no_other_has() -> None:
    assert len(COMMANDS) > 8
    assert sorted(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_its_options_are_told_with_their_defaults(name: str) -> None:
    options = {named(option): option for option in COMMANDS[name].params if isinstance(option, click.Option)}
    defaults = told(SECTIONS[name])
    assert sorted(defaults) == sorted(options)
    for both, option in options.items():
        if isinstance(option.default, str | float) and option.default and not option.is_flag:
            assert defaults[both] == f"`{option.default}`", both
        else:
            assert "`" not in defaults[both], both


@pytest.mark.parametrize("name", COMMANDS)
def test_the_limits_of_a_number_are_told(name: str) -> None:
    for option in COMMANDS[name].params:
        if isinstance(option.type, click.FloatRange):
            assert f"({option.type.min:g} to {option.type.max:g})" in SECTIONS[name], option.name


def test_the_readme_shows_every_command_but_leads_to_the_options() -> None:
    names = [re.split(r" \[?[A-Z]", name)[0] for name in COMMANDS]
    assert [name for name in names if name not in README] == []
    assert "(docs/commands.md)" in README
