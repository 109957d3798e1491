"""A command that fails at the database or the disk says so in a line, never by a traceback."""

from __future__ import annotations

import click
import pytest
from sqlalchemy.exc import OperationalError

from planner.commands.base import told
from planner.errors import StoreError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (StoreError("the disk is full"), "the disk is full"),
        (OperationalError("select 1", {}, Exception("no such table: sites")), "the database: "),
        (FileNotFoundError(2, "No such file", "/srv/x"), "/srv/x: No such file"),
        (OSError("something odd"), "something odd"),
    ],
)
def test_it_is_one_line(error: Exception, line: str) -> None:
    with pytest.raises(click.ClickException) as caught, told():
        raise error
    assert caught.value.message.startswith(line)
    assert "\n" not in caught.value.message


def test_a_fault_of_ours_and_a_reader_who_left_are_not_hidden() -> None:
    for error in (ZeroDivisionError(), BrokenPipeError(32, "Broken pipe")):
        with pytest.raises(type(error)), told():
            raise error
