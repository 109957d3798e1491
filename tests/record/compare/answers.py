"""Two recorded answers: what was asked, status, headers, and the body by its kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.record.compare import normal, openapi
from tests.record.compare.differences import Difference, in_json, in_lines
from tests.record.compare.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DESCRIPTION = "openapi"


class Comparison:
    """The differences of answers; pages that differ in their markup alone are only counted."""

    def __init__(self, before: Path, after: Path) -> None:
        self.roots = (before, after)
        self.markup_alone: list[str] = []

    def of(self, file: str) -> Iterator[Difference]:
        """What differs between the two recordings of one answer."""
        before, after = (json.loads((root / file).read_text(encoding="utf-8")) for root in self.roots)
        for what, lines in self._parts(file, before, after):
            if lines:
                yield Difference(file, what, lines)

    def _parts(
        self, file: str, before: dict[str, Any], after: dict[str, Any]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "asked", in_lines(normal.asked(before), normal.asked(after))
        yield "status", in_lines([str(before["status"])], [str(after["status"])])
        yield "headers", in_lines(normal.headers(before), normal.headers(after))
        if ("body" in before) != ("body" in after):
            yield "body", ("! JSON in one of them alone",)
        elif "body" in before and file.endswith(f"/{DESCRIPTION}.json"):
            yield "meaning", openapi.differences(before["body"], after["body"])
        elif "body" in before:
            yield "body", tuple(in_json(normal.body(before), normal.body(after)))
        else:
            yield from self._bodies(file, before["file"], after["file"])

    def _bodies(self, file: str, before: str, after: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        folder = file.rpartition("/")[0]
        texts = [
            self._text(root / folder / name) for root, name in zip(self.roots, (before, after), strict=True)
        ]
        if texts[0] == texts[1]:
            return
        if not before.endswith(".html"):
            yield "text", in_lines(texts[0].splitlines(), texts[1].splitlines())
            return
        here, there = map(facts_of, texts)
        found = [(part, in_lines(here[part], there[part])) for part in here]
        if not any(lines for _, lines in found):
            self.markup_alone.append(file)
        yield from found

    @staticmethod
    def _text(file: Path) -> str:
        return normal.text(file.read_bytes().decode("utf-8", "replace"))
