"""The forms of accounts."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired

from planner.domain.limits import USER_NAME_LENGTH
from planner.services.accounts.passwords import SHORTEST
from planner.words.translation import _, gettext

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 200}
NEW_NAME = {"autocomplete": "off", "spellcheck": "false", "maxlength": USER_NAME_LENGTH}
OLD_PASSWORD = {"autocomplete": "current-password"}
NEW_PASSWORD = {"autocomplete": "new-password", "minlength": SHORTEST}

_needed = InputRequired(_("This is needed."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Name and password; where to go afterwards, and the form that waits, ride along."""

    name = StringField(_("User name"), [_needed], render_kw=NAME)
    password = PasswordField(_("Password"), [_needed], render_kw=OLD_PASSWORD)
    next = HiddenField()


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password, written twice; the one before unless a link let one in."""

    old_password = PasswordField(_("Password so far"), [_needed], render_kw=OLD_PASSWORD)
    new_password = PasswordField(_("New password"), [_needed], render_kw=NEW_PASSWORD)
    same_password = PasswordField(_("New password once more"), [_needed], render_kw=NEW_PASSWORD)

    def validate_same_password(self, field: Any) -> None:
        """Both must be the same: nobody sees what they type."""
        if field.data != self.new_password.data:
            raise ValidationError(gettext("This is not the same as above."))


class UserForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    name = StringField(_("User name"), [_needed], render_kw=NEW_NAME)
    role = SelectField(
        _("Role"),
        choices=[SelectChoice("organiser", _("Organiser")), SelectChoice("admin", _("Administrator"))],
        default="organiser",
    )
