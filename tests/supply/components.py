"""Lists what the program is made of, with licences: `make components`.

Two lists for machines, of the form CycloneDX, come into `sbom/`; `docs/components.md` is for people. The
Python packages are those of requirements.txt as they are installed here, the front end's what
`npm ci --omit=dev` brings.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planner.paths import ROOT

FOLDER = ROOT / "sbom"
PAGE = ROOT / "docs" / "components.md"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
OF_ESBUILD = "@esbuild/"
"""The same program once for each system, of which one is installed."""

HEAD = """# What the program is made of

Written by `make components`, which also makes lists for machines (CycloneDX, in `sbom/`). Licences are those
that the packages declare of themselves. Versions for other systems and Pythons: `requirements.txt`.

| component | version | licence |
| --- | --- | --- |
"""


@dataclass(frozen=True, order=True)
class Component:
    """One package."""

    name: str
    version: str
    licence: str

    @property
    def row(self) -> str:
        """Its row of the page."""
        return f"| {self.name} | {self.version} | {self.licence} |\n"


def main() -> int:
    """Write the lists."""
    FOLDER.mkdir(exist_ok=True)
    lists = {"python": _python(), "front-end": _front_end()}
    for name, told in lists.items():
        (FOLDER / f"{name}.cdx.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    found = [_component(one) for told in lists.values() for one in told["components"]]
    found = [one for one in found if not one.name.startswith(OF_ESBUILD)]
    PAGE.write_text(HEAD + "".join(one.row for one in sorted(found)), encoding="utf-8")
    sys.stdout.write(f"{len(found)} components: docs/components.md, sbom/\n")
    return 0


def canonical(name: str) -> str:
    """Return a Python package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> set[str]:
    """The names of what requirements.txt installs."""
    return {
        canonical(name) for name, _ in PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    }


def _python() -> dict[str, Any]:
    command = (
        ROOT / ".supply/bin/python",
        "-m",
        "cyclonedx_py",
        "environment",
        "--output-format",
        "JSON",
        ROOT / ".venv",
    )
    told = _told(command, ROOT)
    names = pinned()
    told["components"] = [one for one in told["components"] if canonical(one["name"]) in names]
    for one in told["components"]:
        own_words = metadata(one["name"])["License"]
        if own_words and not one.get("licenses"):  # it takes words for licences only where it knows them
            one["licenses"] = [{"license": {"name": own_words}}]
    kept = {one["bom-ref"] for one in told["components"]}
    told["dependencies"] = [one for one in told.get("dependencies", ()) if one["ref"] in kept]
    return told


def _front_end() -> dict[str, Any]:
    """Npm lists only what has a version; ours stands elsewhere, so a copy gets one."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
        (folder / "package.json").write_text(json.dumps({**package, "version": "0.0.0"}), encoding="utf-8")
        shutil.copy(ROOT / "package-lock.json", folder)
        return _told(
            ("npm", "sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--omit", "dev"), folder
        )


def _told(command: tuple[str | Path, ...], folder: Path) -> dict[str, Any]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr or done.stdout)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _component(told: dict[str, Any]) -> Component:
    licences = [
        one.get("expression") or one["license"].get("id") or _short(one["license"]["name"])
        for one in told.get("licenses", ())
    ]
    return Component(told["name"], told["version"], " / ".join(dict.fromkeys(licences)) or "not declared")


def _short(name: str) -> str:
    """The first line of a licence that is told by its whole text."""
    lines = name.removeprefix("License :: OSI Approved :: ").strip().splitlines()
    return lines[0][:60].replace("|", "/") if lines else "not declared"


if __name__ == "__main__":
    sys.exit(main())
