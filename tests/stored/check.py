"""Whether the program of this checkout still shows what was stored: `python -m tests.stored.check FOLDER`.

Sessions and sign-in links end by themselves, three and seven days after they were made: a test that is to
hold later sets the service's clock to `now` of `expected.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.record.compare.differences import in_json
from tests.record.service import serve
from tests.stored.make import served


def check(folder: Path) -> list[str]:
    """What is shown otherwise than it was."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="stored-") as data:
        with zipfile.ZipFile(folder / "data.zip") as archive:
            archive.extractall(data)
        with serve(Path.cwd(), Path(data)) as service:
            found = served(service, expected)
    return [line for part in found for line in in_json(expected[part], found[part], part)]


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="python -m tests.stored.check", description=__doc__)
    reader.add_argument("folder", type=Path)
    differences = check(reader.parse_args().folder.resolve())
    print("\n".join([*differences[:100], f"{len(differences)} differences"]))  # noqa: T201
    sys.exit(1 if differences else 0)
