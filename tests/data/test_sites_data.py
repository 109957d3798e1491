"""The shipped catalogue keeps its own rules: `data/sites.geojson`, site by site."""

from __future__ import annotations

import csv
import json
import re
from typing import Any, Final

import pytest
from opening_hours import OpeningHours

from planner.paths import ROOT
from tests.kit.missing import lacking

FACTS: Final = ROOT.parent / "shared" / "facts" / "sites.csv"
SITES: Final[dict[str, Any]] = json.loads((ROOT / "data" / "sites.geojson").read_text(encoding="utf-8"))
FEATURES: Final[list[dict[str, Any]]] = SITES["features"]

LANGUAGES: Final = ("pl", "en")
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS: Final = (
    "name", "summary", "description", "address", "location", "themes", "dwell_min", "min_dwell_min",
    "opening_hours", "hours_status", "step_free", "step_free_status", "capacity", "host", "outdoor", "notes",
    "sources", "licence", "confirmed_on", "status",
)  # fmt: skip
THEMES: Final = frozenset(
    (
        "accessibility", "brownfield", "circular-economy", "climate", "culture", "digital", "economy",
        "education", "energy", "environment", "governance", "health", "heritage", "infrastructure",
        "logistics", "mobility", "nature", "public-space", "recreation", "regeneration", "rural", "social",
        "sport",
    )
)  # fmt: skip
MAX_ERROR_M: Final = {"exact": 30, "near": 100}

each_feature = pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: str(feature["id"]))


def sentences(text: str) -> set[str]:
    """Sentences and clauses of four words or more, folded so that only the words count."""
    parts = (re.findall(r"\w+", part) for part in re.split(r"[.;:!?](?:\s+|$)", text.casefold()))
    return {" ".join(words) for words in parts if len(words) >= 4}


def facts() -> list[dict[str, str]]:
    if not FACTS.is_file():
        lacking(f"the table of facts to compare the texts with is not there: put it at {FACTS}")
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ids_are_unique_slugs() -> None:
    ids = [feature["id"] for feature in FEATURES]
    assert len(set(ids)) == len(ids)
    assert all(SLUG.fullmatch(site_id) for site_id in ids)


def test_collection_says_what_it_is() -> None:
    assert SITES["type"] == "FeatureCollection"
    assert SITES["name"]
    assert "ODbL" in SITES["licence"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", SITES["compiled"])


@each_feature
def test_schema(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    assert list(feature) == ["type", "id", "geometry", "properties"]
    assert tuple(properties) == KEYS
    assert set(properties["themes"]) <= THEMES
    assert properties["themes"]
    assert properties["sources"]
    assert all(source.strip() for source in properties["sources"])
    assert properties["address"]
    assert isinstance(properties["outdoor"], bool)


@each_feature
def test_texts_in_both_languages(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    for field in ("name", "summary", "description"):
        assert tuple(properties[field]) == LANGUAGES
        assert all(properties[field][language].strip() for language in LANGUAGES)
    assert all(len(properties["summary"][language]) <= 90 for language in LANGUAGES)
    assert tuple(properties["notes"]) == LANGUAGES
    assert bool(properties["notes"]["pl"]) == bool(properties["notes"]["en"])


@each_feature
def test_typography(feature: dict[str, Any]) -> None:
    for field in ("name", "summary", "description", "notes"):
        for language in LANGUAGES:
            text = feature["properties"][field][language]
            assert not re.search(r"[\"']| - |\d-\d|  ", text)
            assert text == text.strip()
        polish = feature["properties"][field]["pl"]
        assert polish.count("„") == polish.count("”")


@each_feature
def test_location(feature: dict[str, Any]) -> None:
    geometry, location = feature["geometry"], feature["properties"]["location"]
    assert location["quality"] in {"exact", "near", "area", "none"}
    assert (location["quality"] == "none") == (geometry is None)
    assert (location["error_m"] is None) == (geometry is None)
    if geometry is None:
        assert "wskaż" in feature["properties"]["notes"]["pl"]
        return
    longitude, latitude = geometry["coordinates"]
    assert geometry["type"] == "Point"
    assert 19.6 <= longitude <= 19.9
    assert 49.88 <= latitude <= 50.01
    assert 0 < location["error_m"] <= MAX_ERROR_M.get(location["quality"], 1000)


@each_feature
def test_dwell(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    assert 5 <= properties["min_dwell_min"] <= properties["dwell_min"]


@each_feature
def test_hours(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    hours, status = properties["opening_hours"], properties["hours_status"]
    assert status in {"confirmed", "unconfirmed", "unknown", "not_applicable"}
    assert (hours == "") == (status == "unknown")
    if hours:
        assert OpeningHours(hours)
    if status == "not_applicable":
        assert hours == "24/7"
        assert properties["outdoor"]


@each_feature
def test_nothing_is_called_confirmed_without_a_date(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    claims = {properties["hours_status"], properties["step_free_status"], properties["status"]}
    assert properties["confirmed_on"] is not None or "confirmed" not in claims
    assert properties["step_free"] in {"yes", "no", "unknown"}
    assert (properties["step_free"] == "unknown") == (properties["step_free_status"] == "unknown")


@each_feature
def test_status(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    assert properties["status"] in {"confirmed", "unconfirmed", "open_space", "planned_or_unverified"}
    if properties["status"] == "open_space":
        assert properties["location"]["quality"] in MAX_ERROR_M
        assert properties["hours_status"] == "not_applicable"


@each_feature
def test_openstreetmap_is_credited(feature: dict[str, Any]) -> None:
    properties = feature["properties"]
    assert ("OpenStreetMap" in properties["sources"]) == ("ODbL" in properties["licence"])


def test_same_sites_as_the_facts() -> None:
    assert [row["id"] for row in facts()] == [feature["id"] for feature in FEATURES]


def test_no_sentence_is_taken_from_the_facts() -> None:
    known = {sentence for row in facts() for sentence in sentences(row["facts"])}
    copied = {
        (feature["id"], sentence)
        for feature in FEATURES
        for field in ("summary", "description", "notes")
        for language in LANGUAGES
        for sentence in sentences(feature["properties"][field][language]) & known
    }
    assert not copied
