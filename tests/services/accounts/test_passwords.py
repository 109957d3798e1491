from __future__ import annotations

from typing import Any

import pytest
from zxcvbn import zxcvbn

from planner.services.accounts import passwords
from planner.services.accounts.passwords import Weakness, normalised, weakness


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "wlazł kotek na płotek",
        "zażółć gęślą jaźń",
        "lampa rower deszcz zupa",
        "Xk4-vv9-Lq2-pp7",
        "семь раз отмерь один отрежь",
        "lampa rower deszcz zupa " * 8,
    ],
)
def test_long_and_hard_to_guess_is_enough(password: str) -> None:
    assert weakness(password, ("anna",)) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", Weakness.TOO_SHORT),
        ("Xk4-vv9-Lq2-pp", Weakness.TOO_SHORT),
        ("a" * 201, Weakness.TOO_LONG),
        ("aaaaaaaaaaaaaaaaa", Weakness.REPEATED),
        ("hasłohasłohasło", Weakness.REPEATED),
        ("passwordpassword", Weakness.REPEATED),
        ("abcdefghijklmnop", Weakness.SEQUENCE),
        ("qwerty123456789", Weakness.COMMON),
        ("qwertyuiopasdfgh", Weakness.COMMON),
        ("iloveyou iloveyou", Weakness.COMMON),
        ("Skawina2026!!!!", Weakness.COMMON),
        ("administrator123", Weakness.COMMON),
        ("anna kowalska 1", Weakness.NAME),
        ("ANNA-Kowalska-1", Weakness.NAME),
        ("łukasz łukasz 1", Weakness.NAME),
    ],
)
def test_the_reason_of_a_refusal(password: str, reason: Weakness) -> None:
    assert weakness(password, ("Anna Kowalska", "Łukasz")) is reason


def test_no_composition_rule() -> None:
    assert weakness("deszczzuparowerlampa") is None


def test_letters_in_two_forms_are_one_password() -> None:
    assert normalised("za\u017c\u00f3\u0142c\u0301") == normalised("zaz\u0307o\u0301\u0142\u0107")


@pytest.mark.parametrize(
    "text",
    ["lampa rower deszcz zupa " * 8, pytest.param("4@8({[</369&#!1/|0$5+7%2" * 8, marks=pytest.mark.slow)],
)
def test_of_a_long_text_only_the_beginning_is_judged(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge tries every way to read the letters of the second: each doubles its work."""
    judged: list[int] = []

    def watched(text: str, user_inputs: list[str]) -> dict[str, Any]:
        judged.append(len(text))
        found: dict[str, Any] = zxcvbn(text, user_inputs=user_inputs)
        return found

    monkeypatch.setattr("zxcvbn.zxcvbn", watched)
    assert weakness(text) is None
    assert judged
    assert max(judged) <= passwords.JUDGED
