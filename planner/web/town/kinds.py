"""What a thing of the map is, in words."""

from __future__ import annotations

from planner.words.translation import _

KIND_WORDS = {
    "museum": _("museum"),
    "gallery": _("gallery"),
    "attraction": _("attraction"),
    "viewpoint": _("viewpoint"),
    "zoo": _("zoo"),
    "aquarium": _("aquarium"),
    "theme_park": _("theme park"),
    "artwork": _("work of art"),
    "townhall": _("town hall"),
    "library": _("library"),
    "theatre": _("theatre"),
    "cinema": _("cinema"),
    "arts_centre": _("arts centre"),
    "community_centre": _("community centre"),
    "social_centre": _("community centre"),
    "place_of_worship": _("place of worship"),
    "monastery": _("monastery"),
    "university": _("university"),
    "college": _("college"),
    "courthouse": _("court"),
    "fire_station": _("fire station"),
    "police": _("police"),
    "marketplace": _("market"),
    "conference_centre": _("conference centre"),
    "exhibition_centre": _("exhibition centre"),
    "planetarium": _("planetarium"),
    "hospital": _("hospital"),
    "fountain": _("fountain"),
    "castle": _("castle"),
    "manor": _("manor"),
    "palace": _("palace"),
    "monument": _("monument"),
    "memorial": _("memorial"),
    "ruins": _("ruins"),
    "archaeological_site": _("archaeological site"),
    "church": _("church"),
    "city_gate": _("city gate"),
    "citywalls": _("city walls"),
    "fort": _("fort"),
    "tower": _("tower"),
    "building": _("historic building"),
    "mine": _("mine"),
    "bridge": _("bridge"),
    "park": _("park"),
    "garden": _("garden"),
    "nature_reserve": _("nature reserve"),
    "stadium": _("stadium"),
    "sports_centre": _("sports centre"),
    "public": _("public building"),
    "civic": _("public building"),
    "government": _("government office"),
    "train_station": _("railway station"),
}
"""By the value of the tag that counts."""


def kind_text(kind: str) -> str:
    """Return what "key=value" is called, in the language in force."""
    value = kind.partition("=")[2]
    return str(KIND_WORDS.get(value, value))
