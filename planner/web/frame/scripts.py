"""The script of a page: joined to one file at set-up, else the modules as they lie.

`npm run build` (static/js/build.mjs) joins the modules below static/js for each kind of page. Where that was
not done, or a module has been changed since, the page loads the modules themselves: they run as they are.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?from\s*"([^"]+)";""", re.MULTILINE)


@dataclass(frozen=True)
class PageScript:
    """What a page loads, below static/: its module, and the modules that one imports, for a head start."""

    module: str
    imports: tuple[str, ...] = ()


def install(app: Flask, static: Path) -> None:
    """Give the templates `page_script(name)`: the addresses of a kind of page."""
    scripts = page_scripts(static)

    def page_script(name: str) -> dict[str, object]:
        script = scripts[name]
        addresses = [url_for("static", filename=file) for file in script.imports]
        return {"module": url_for("static", filename=script.module), "imports": addresses}

    app.jinja_env.globals["page_script"] = page_script


def page_scripts(static: Path) -> dict[str, PageScript]:
    """Return the script of every kind of page by its name."""
    joined = _joined(static)
    if joined:
        return {name: PageScript(f"dist/{file}") for name, file in joined.items()}
    pages = (static / "js" / "pages").glob("*.js")
    return {page.stem: _as_it_lies(static, f"js/pages/{page.name}") for page in pages}


def sources_hash(static: Path) -> str:
    """Return the hash of all modules, as static/js/build.mjs counts it."""
    root = static / "js"
    names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*.js"))
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def _joined(static: Path) -> dict[str, str]:
    """Return the joined files by the kind of page; none where they are missing or older than the modules."""
    try:
        manifest = json.loads((static / "dist" / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files: dict[str, str] = manifest.get("files", {})
    is_whole = all((static / "dist" / file).is_file() for file in files.values())
    return files if is_whole and manifest.get("sources") == sources_hash(static) else {}


def _as_it_lies(static: Path, module: str) -> PageScript:
    seen: list[str] = []
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.append(name)
        text = (static / name).read_text(encoding="utf-8")
        waiting += [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
            for other in IMPORT.findall(text)
        ]
    return PageScript(module, tuple(seen[1:]))
