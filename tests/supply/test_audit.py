"""What the audit makes of what it hears: faults, nothing known, nobody there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.supply import audit
from tests.supply.audit import Heard, npm_answer, python_answer


def told(**said: Any) -> Heard:
    return Heard(json.dumps(said), "")


def test_a_known_fault_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"id": "PYSEC-2026-1", "fix_versions": ["2.0.1", "3"]}
    python = told(
        dependencies=[
            {"name": "one", "version": "2.0", "vulns": [fault]},
            {"name": "two", "version": "1", "vulns": []},
            {"name": "three", "skip_reason": "not found"},
        ]
    )
    npm = told(
        vulnerabilities={"leaflet": {"severity": "high", "range": "<2"}},
        metadata={"dependencies": {"total": 4}},
    )
    heard = iter((python, npm))
    monkeypatch.setattr(audit, "_run", lambda _command: next(heard))
    assert audit.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "Python: 2 of 3 packages looked at, 1 known faults",
        "  one 2.0: PYSEC-2026-1, mended in 2.0.1, 3",
        "npm: 4 of 4 packages looked at, 1 known faults",
        "  leaflet: high, <2",
    ]


@pytest.mark.parametrize(
    ("heard", "line"),
    [
        (
            told(dependencies=[{"name": "one", "skip_reason": "?"}]),
            "Python: NOT ASKED (nothing is known here about any of 1",
        ),
        (Heard("", "Traceback\nno route to host\n"), "Python: NOT ASKED (no route to host)"),
        (Heard("<html>", ""), "Python: NOT ASKED (no answer)"),
    ],
)
def test_silence_is_not_taken_for_safety(heard: Heard, line: str) -> None:
    assert python_answer(heard).line.startswith(line)


def test_a_registry_without_lists_is_told() -> None:
    assert (
        npm_answer(told(message="405 Method Not Allowed")).line == "npm: NOT ASKED (405 Method Not Allowed)"
    )
    assert npm_answer(told(vulnerabilities={}, metadata={"dependencies": {"total": 4}})).faults == ()
