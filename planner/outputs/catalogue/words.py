"""The words of the catalogue: themes, columns and their values, in the language in force."""

from __future__ import annotations

from textwrap import shorten as shortened
from typing import TYPE_CHECKING

from planner.domain.limits import LANGUAGES
from planner.domain.text import in_language
from planner.services.catalogue.reading.headers import MAPPABLE
from planner.services.catalogue.record import COLUMNS, to_record
from planner.services.catalogue.text import fold
from planner.words.translation import _, force_locale, gettext

if TYPE_CHECKING:
    from planner.domain.sites import Location, Site

SHORT = 70
"""Characters of a value in a list of changes."""

THEMES = {
    "accessibility": _("Accessibility"),
    "brownfield": _("Brownfield"),
    "circular-economy": _("Circular economy"),
    "climate": _("Climate"),
    "culture": _("Culture"),
    "digital": _("Digital services"),
    "economy": _("Economy"),
    "education": _("Education"),
    "energy": _("Energy"),
    "environment": _("Environment"),
    "governance": _("Governance"),
    "health": _("Health"),
    "heritage": _("Heritage"),
    "infrastructure": _("Infrastructure"),
    "logistics": _("Logistics"),
    "mobility": _("Mobility"),
    "nature": _("Nature"),
    "public-space": _("Public space"),
    "recreation": _("Recreation"),
    "regeneration": _("Regeneration"),
    "rural": _("Countryside"),
    "social": _("Social services"),
    "sport": _("Sport"),
}
"""The themes that have words in both languages; others are shown as they were typed."""

COLUMN_WORDS = {
    "id": _("Id"),
    "name_pl": _("Name in Polish"),
    "name_en": _("Name in English"),
    "summary_pl": _("In one sentence, Polish"),
    "summary_en": _("In one sentence, English"),
    "description_pl": _("Description in Polish"),
    "description_en": _("Description in English"),
    "notes_pl": _("Notes in Polish"),
    "notes_en": _("Notes in English"),
    "address": _("Address"),
    "place": _("Place on the map"),
    "position": _("Position"),
    "lat": _("Latitude"),
    "lon": _("Longitude"),
    "quality": _("How well the place is known"),
    "error_m": _("Error in metres"),
    "themes": _("Themes"),
    "dwell_min": _("Usual stay, minutes"),
    "min_dwell_min": _("Shortest stay, minutes"),
    "capacity": _("People at once"),
    "opening_hours": _("Opening hours"),
    "hours_status": _("Hours are"),
    "step_free": _("Without steps"),
    "step_free_status": _("Without steps: how sure"),
    "outdoor": _("Outdoors"),
    "host_name": _("Host’s name"),
    "host_phone": _("Host’s phone"),
    "host_email": _("Host’s e-mail"),
    "sources": _("Sources"),
    "licence": _("Licence"),
    "confirmed_on": _("Confirmed on"),
    "confirmed_how": _("How it was confirmed"),
    "status": _("State of the entry"),
    "drop_off": _("Where a coach lets people out"),
    "drop_off_lat": _("Coach stops, latitude"),
    "drop_off_lon": _("Coach stops, longitude"),
    "toilets": _("Toilet for visitors"),
    "water": _("Drinking water"),
    "seats": _("Somewhere to sit"),
    "ticket": _("Tickets"),
    "ticket_price": _("Price of a ticket"),
    "ticket_where": _("Where tickets are bought"),
}

VALUE_WORDS = {
    "quality": {
        "exact": _("exact, to 30 m"),
        "near": _("near, to 100 m"),
        "area": _("only the neighbourhood"),
        "none": _("to be placed"),
    },
    "hours_status": {
        "confirmed": _("confirmed by the host"),
        "unconfirmed": _("from a source, not confirmed"),
        "unknown": _("unknown"),
        "not_applicable": _("not needed: always accessible"),
    },
    "step_free": {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")},
    "step_free_status": {
        "confirmed": _("confirmed"),
        "unconfirmed": _("not confirmed"),
        "unknown": _("unknown"),
    },
    "confirmed_how": {
        "": _("not told"),
        "phone": _("by phone"),
        "mail": _("by e-mail"),
        "visit": _("on the spot"),
    },
    "outdoor": {"true": _("yes"), "false": _("no")},
    "toilets": {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")},
    "water": {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")},
    "seats": {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")},
    "ticket": {"needed": _("needed"), "free": _("free entry"), "unknown": _("unknown")},
    "status": {
        "confirmed": _("confirmed"),
        "open_space": _("open public space"),
        "unconfirmed": _("not confirmed"),
        "planned_or_unverified": _("planned, or may not exist yet"),
    },
}


def site_name(site: Site, language: str) -> str:
    """A site's name, or its id where it has none."""
    return in_language(site.name, language) or site.id


def theme_name(key: str) -> str:
    """A theme in the language in force."""
    return str(THEMES[key]) if key in THEMES else key


def theme_words() -> dict[str, str]:
    """Every known theme in both languages, to be searched."""
    words = dict.fromkeys(THEMES, "")
    for language in LANGUAGES:
        with force_locale(language):
            words = {key: f"{words[key]} {name}" for key, name in THEMES.items()}
    return words


def theme_key(text: str) -> str:
    """The known theme that a text means in either language, else the text."""
    wanted = fold(text.strip())
    for language in LANGUAGES:
        with force_locale(language):
            for key, name in THEMES.items():
                if wanted in (key, fold(str(name))):
                    return key
    return text.strip()


def column_name(column: str) -> str:
    """What a column is called; unknown ones by their own name."""
    return str(COLUMN_WORDS[column]) if column in COLUMN_WORDS else column


def value_text(column: str, value: str) -> str:
    """A value of a record as people say it, '' where there is none."""
    if column == "themes":
        return ", ".join(theme_name(key) for key in value.split(", ") if key)
    words = VALUE_WORDS.get(column, {})
    return str(words[value]) if value in words else value


def choices(column: str) -> list[tuple[str, str]]:
    """The values of a column with their words, for a form."""
    return [(value, str(words)) for value, words in VALUE_WORDS[column].items()]


def quality_text(location: Location) -> str:
    """How well a place is known, with the metres where only its neighbourhood is."""
    if location.quality.value == "area" and location.error_m:
        return gettext("neighbourhood, ± %(metres)s m", metres=int(location.error_m))
    return value_text("quality", location.quality.value)


def change_line(before: Site, after: Site, column: str) -> str:
    """What changes in a column, on one short line."""
    texts = (value_text(column, to_record(site).get(column, "")) for site in (before, after))
    old, new = (shortened(text, SHORT, placeholder="…") or gettext("(empty)") for text in texts)
    return f"{column_name(column)}: {old} → {new}"


def mappable_columns() -> list[tuple[str, str]]:
    """What a column of a file can be read as, with what it means."""
    return [(column, column_name(column)) for column in MAPPABLE]


def documented_columns() -> list[tuple[str, str]]:
    """The columns of the CSV file with what they mean."""
    return [(column, column_name(column)) for column in COLUMNS]
