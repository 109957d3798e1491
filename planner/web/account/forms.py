"""The forms of accounts. Nothing is trimmed: a password may begin with a space."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, ValidationInfo, field_validator

from planner.domain.limits import USER_NAME_LENGTH
from planner.services.accounts.passwords import SHORTEST
from planner.services.accounts.users import Role
from planner.web.frame.form_base import Form
from planner.web.frame.form_view import Input
from planner.words.translation import _, gettext

NAME = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "maxlength": 200,
    "required": True,
}
NEW_NAME = {
    "autocomplete": "off",
    "spellcheck": "false",
    "maxlength": USER_NAME_LENGTH,
    "required": True,
}
OLD_PASSWORD = {"autocomplete": "current-password", "required": True}
NEW_PASSWORD = {"autocomplete": "new-password", "minlength": SHORTEST, "required": True}
ROLES = (
    (Role.ORGANISER, _("Organiser")),
    (Role.ADMIN, _("Administrator")),
    (Role.VIEWER, _("Viewer")),
)


def _needed(value: str) -> str:
    if not value:
        raise ValueError(gettext("This is needed."))
    return value


def _known_role(value: str) -> str:
    if value not in set(Role):
        raise ValueError(gettext("Not a valid choice."))
    return value


Needed = Annotated[str, AfterValidator(_needed)]
KnownRole = Annotated[str, AfterValidator(_known_role)]


class AccountForm(Form):
    """A form of accounts: what was not sent is told as what was left empty."""

    model_config = ConfigDict(validate_default=True)


class SignInForm(AccountForm):
    """Name and password; where to go afterwards, and the form that waits, ride along."""

    name: Annotated[Needed, Input(_("User name"), attributes=NAME)] = ""
    password: Annotated[Needed, Input(_("Password"), "password", OLD_PASSWORD)] = ""
    next: Annotated[str, Input(kind="hidden")] = ""


class NewPasswordForm(AccountForm):
    """A new password, written twice: nobody sees what they type."""

    new_password: Annotated[Needed, Input(_("New password"), "password", NEW_PASSWORD)] = ""
    same_password: Annotated[Needed, Input(_("New password once more"), "password", NEW_PASSWORD)] = ""

    @field_validator("same_password")
    @classmethod
    def _is_the_same(cls, value: str, info: ValidationInfo) -> str:
        if value != info.data.get("new_password", ""):
            raise ValueError(gettext("This is not the same as above."))
        return value


class PasswordForm(NewPasswordForm):
    """The same, where the password so far is asked for: no link has let them in."""

    old_password: Annotated[Needed, Input(_("Password so far"), "password", OLD_PASSWORD)] = ""


class UserForm(AccountForm):
    """A new account."""

    name: Annotated[Needed, Input(_("User name"), attributes=NEW_NAME)] = ""
    role: Annotated[KnownRole, Input(_("Role"), "select", choices=ROLES)] = Role.ORGANISER
