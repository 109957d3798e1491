"""Commands: `flask --app wsgi users add NAME` and the like."""

from __future__ import annotations

import click

from planner.commands.base import Commands
from planner.services.accounts import sign_in_links
from planner.services.accounts import users as accounts
from planner.services.accounts.users import Role, User
from planner.web.frame.context import services

users = Commands("users", "Who may sign in.", needs_database=True)


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANISER.value)
def users_add(name: str, role: str) -> None:
    """Add NAME and print the link that lets them in."""
    context = services()
    user = accounts.add_user(context.database, name, Role(role), context.now())
    click.echo(f"added {user.name} ({user.role})")
    _print_link(user)


@users.command("link")
@click.argument("name")
def users_link(name: str) -> None:
    """Print a new one-time sign-in link for NAME; older ones stop working."""
    _print_link(accounts.find_user(services().database, name))


@users.command("list")
def users_list() -> None:
    """List everybody."""
    found = accounts.accounts(services().database, services().now())
    width = max((len(account.user.name) for account in found), default=0)
    for account in found:
        waits = "link waits" if account.link_expires else "no password yet"
        state = "archived" if account.archived else "has a password" if account.has_password else waits
        click.echo(f"{account.user.name:{width}}  {account.user.role:9}  {state}")


def _print_link(user: User) -> None:
    context = services()
    _, token = sign_in_links.new_link(context.database, context.settings.secret_key, user.id, context.now())
    days = sign_in_links.LINK_S // accounts.DAY_S
    click.echo(f"sign-in link for {user.name}, to be used once within {days} days:")
    click.echo(f"  {context.settings.address}/sign-in/link/{token}")
