"""The acts of the audit log in words."""

from __future__ import annotations

from planner.services.trust.audit import COMMAND, SERVICE, Act, Entry, Kind
from planner.words.translation import _, gettext

KINDS = {
    Kind.SIGN_IN: _("Sign-ins"),
    Kind.ACCOUNTS: _("Accounts and roles"),
    Kind.VISITS: _("Publishing and sharing"),
    Kind.LINKS: _("Links"),
    Kind.PEOPLE: _("Personal data"),
    Kind.SERVICE: _("The service"),
}

ACTS = {
    Act.SIGNED_IN: _("signed in by name and password"),
    Act.SIGNED_IN_BY_LINK: _("signed in by a one-time link"),
    Act.SIGN_IN_FAILED: _("failed to sign in"),
    Act.SIGNED_OUT: _("signed out"),
    Act.SIGNED_OUT_ELSEWHERE: _("signed out other browsers"),
    Act.OWN_WORD_SET: _("set a new password"),
    Act.SECOND_FAILED: _("typed a wrong second code"),
    Act.SECOND_ON: _("set up the second factor"),
    Act.SECOND_OFF: _("switched the second factor off"),
    Act.RECOVERY_USED: _("signed in with a recovery code"),
    Act.RECOVERY_MADE: _("made new recovery codes"),
    Act.ACCOUNT_ADDED: _("added an account"),
    Act.ROLE_CHANGED: _("changed a role"),
    Act.SIGN_IN_LINK_MADE: _("made a sign-in link"),
    Act.ACCOUNT_ARCHIVED: _("archived an account"),
    Act.ACCOUNT_RESTORED: _("let an account in again"),
    Act.SECOND_RESET: _("removed somebody’s second factor"),
    Act.PUBLISHED: _("published a release"),
    Act.UNPUBLISHED: _("ended the publication"),
    Act.SHARED: _("shared a visit"),
    Act.UNSHARED: _("ended the sharing of a visit"),
    Act.DELETED: _("deleted a visit"),
    Act.LINK_REVOKED: _("withdrew a link"),
    Act.LINK_RESTORED: _("let a link work again"),
    Act.LINK_EXCHANGED: _("exchanged a link"),
    Act.LINK_ENDS: _("set when a link ends"),
    Act.PREVIEW_MADE: _("made a preview link"),
    Act.PREVIEW_CHANGED: _("changed a preview link"),
    Act.NAMES_KEPT: _("wrote down names or a school trip card"),
    Act.NAMES_PRINTED: _("took sheets with names"),
    Act.NAMES_REMOVED: _("removed the names of a visit"),
    Act.PERSONAL_EXPORTED: _("exported the personal data of a visit"),
    Act.PERSONAL_DELETED: _("deleted the personal data of a visit"),
    Act.HOSTS_EXPORTED: _("exported the catalogue with hosts"),
    Act.LOG_EXPORTED: _("downloaded this log"),
    Act.FORGOTTEN: _("forgot personal data that was due"),
    Act.TOWN_TAKEN_OVER: _("took a town over that was built beside"),
    Act.TOWN_PUT_BACK: _("put the town back that was in force before"),
    Act.SITES_FROM_OSM: _("brought sites from OpenStreetMap into the catalogue"),
    Act.OFFICE_CHANGED: _("changed what the office says on its public pages"),
    Act.BACKUP_MADE: _("made a backup"),
    Act.RESTORED: _("restored a backup"),
}


def act_text(entry: Entry) -> str:
    """Return what was done, in the reader's language."""
    return str(ACTS[entry.act]) if entry.act else gettext("something that this version does not know")


def author_text(entry: Entry) -> str:
    """Return who did it."""
    if not entry.is_account and entry.by == COMMAND:
        return gettext("a command")
    if not entry.is_account and entry.by == SERVICE:
        return gettext("the service itself")
    return entry.by or gettext("nobody signed in")
