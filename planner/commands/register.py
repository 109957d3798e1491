"""Gives the application the commands of `flask --app wsgi`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.commands.backup import backup, restore
from planner.commands.jobs import jobs
from planner.commands.network import network
from planner.commands.osm_sites import sites
from planner.commands.timetable import timetable
from planner.commands.town import town
from planner.commands.upkeep import check, setup, tidy
from planner.commands.users import users

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Give the application its commands."""
    for command in (network, timetable, sites, town, setup, check, tidy, users, backup, restore, jobs):
        app.cli.add_command(command)
