"""Names in the product's languages, as the map has them beside the one on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.limits import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

Translations = dict[tuple[str, str], str]
"""What a name is called in a language, by (language, name)."""


def translate(tags: Mapping[str, str], translations: Translations) -> str:
    """Return the name of these tags, and note what else it is called in the product's languages."""
    name = tags.get("name", "")
    for language in LANGUAGES:
        other = tags.get(f"name:{language}", "")
        if name and other and other != name:
            translations.setdefault((language, name), other)
    return name
