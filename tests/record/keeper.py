"""Where answers are kept: for each a JSON file with status and headers, and its body beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.record.client import Answer


@dataclass
class Keeper:
    """A folder of one kind of answers, numbered in the order in which they were asked for."""

    folder: Path
    names: set[str] = field(default_factory=set)

    def keep(self, name: str, answer: Answer, asked: Any = None) -> Answer:
        """Keep an answer under a name of its own, and give it back."""
        if name in self.names:
            raise ValueError(f"two recordings are called {name}")
        self.names.add(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        kind = answer.header("content-type")
        document: dict[str, Any] = {
            "method": answer.method,
            "path": answer.path,
            "asked": asked if asked is not None else answer.sent,
            "status": answer.status,
            "headers": sorted([key.lower(), value] for key, value in answer.headers),
        }
        if "json" in kind and answer.body:
            document["body"] = json.loads(answer.text)
        else:
            ending = "html" if "html" in kind else "svg" if "svg" in kind else "txt"
            document["file"] = f"{name}.{ending}"
            (self.folder / document["file"]).write_bytes(answer.body)
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (self.folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        return answer
