"""Commands: `flask --app wsgi users add NAME` and the like."""

from __future__ import annotations

import click

from planner.commands.base import Commands
from planner.links import sign_in_path
from planner.process import services
from planner.services.accounts import sessions, sign_in_links
from planner.services.accounts import users as accounts
from planner.services.accounts.users import Role, User
from planner.services.together import leaving
from planner.services.trust import second_factor
from planner.services.trust.audit import BY_COMMAND, Act, note

users = Commands("users", "Who may sign in.", needs_database=True)


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANISER.value)
def users_add(name: str, role: str) -> None:
    """Add NAME and print the link that lets them in."""
    context = services()
    with context.database.writing() as session:
        user = accounts.add_user(session, name, Role(role), context.now())
        note(session, Act.ACCOUNT_ADDED, BY_COMMAND, context.now(), about=f"{user.name}: {user.role}")
    click.echo(f"added {user.name} ({user.role})")
    _print_link(user)


@users.command("role")
@click.argument("name")
@click.argument("role", metavar="ROLE", type=click.Choice([role.value for role in Role]))
def users_role(name: str, role: str) -> None:
    """Give NAME another role; the last administrator keeps theirs."""
    context = services()
    with context.database.writing() as session:
        user = accounts.change_role(session, accounts.find_user(session, name).id, Role(role))
        note(session, Act.ROLE_CHANGED, BY_COMMAND, context.now(), about=f"{user.name}: {user.role}")
    click.echo(f"{user.name} is {user.role} now")


@users.command("leave")
@click.argument("name")
@click.option("--to", default="", help="Who takes the visits over.")
def users_leave(name: str, to: str) -> None:
    """Sign NAME out everywhere, let them in no more, and hand their visits over."""
    context = services()
    with context.database.writing() as session:
        heir = accounts.find_user(session, to).id if to else None
        user = accounts.find_user(session, name)
        count = leaving.leave(session, user.id, heir, None, context.now())
        note(session, Act.ACCOUNT_ARCHIVED, BY_COMMAND, context.now(), about=user.name)
    click.echo(f"{name} is archived; visits handed over: {count}")


@users.command("link")
@click.argument("name")
def users_link(name: str) -> None:
    """Print a new one-time sign-in link for NAME; older ones stop working."""
    with services().database.session() as session:
        user = accounts.find_user(session, name)
    _print_link(user)


@users.command("reset-second-factor")
@click.argument("name")
def users_reset_second_factor(name: str) -> None:
    """Let NAME sign in without a second factor, and sign them out everywhere; they set up a new one."""
    context = services()
    with context.database.writing() as session:
        user = accounts.find_user(session, name)
        had = second_factor.reset(session, user.id)
        sessions.end_all_sessions(session, user, context.now())
        if had:
            note(session, Act.SECOND_RESET, BY_COMMAND, context.now(), about=user.name)
    click.echo(f"{user.name} signs in without a second factor now" if had else f"{user.name} had none")


@users.command("list")
def users_list() -> None:
    """List everybody."""
    with services().database.session() as session:
        listed = accounts.accounts(session, services().now())
    if not listed:
        click.echo("nobody yet: `flask --app wsgi users add NAME --role admin` prints a link that lets in")
    width = max((len(account.user.name) for account in listed), default=0)
    for account in listed:
        waits = "link waits" if account.link_expires else "no password yet"
        state = "archived" if account.archived else "has a password" if account.has_password else waits
        click.echo(f"{account.user.name:{width}}  {account.user.role:9}  {state}")


def _print_link(user: User) -> None:
    context = services()
    with context.database.writing() as session:
        _, token = sign_in_links.new_link(session, context.settings.secret_key, user.id, context.now())
        note(session, Act.SIGN_IN_LINK_MADE, BY_COMMAND, context.now(), about=user.name)
    days = sign_in_links.LINK_S // accounts.DAY_S
    click.echo(f"sign-in link for {user.name}, to be used once within {days} days:")
    click.echo(f"  {context.settings.address}{sign_in_path(token)}")
