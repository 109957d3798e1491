"""What a page loads of ours: scripts and styles joined to one file at set-up, else the sources as they lie.

`npm run build` (static/js/build.mjs) joins the modules below static/js for each kind of page, and the styles
of static/css/joined. Where that was not done, or a source has been changed since, the page loads the sources
themselves: they run as they are. Joined files have their hash in their name, and the same compressed beside
them.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flask import Response, current_app, request, url_for

from planner.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*?from\s*"([^"]+)";""", re.MULTILINE)
SOURCES = (("js", "*.js"), ("css", "*.css"))
DIST = "dist/"
PACKED = {"br": ".br", "gzip": ".gz"}
WORKER = "js/workers/visit.js"
"""What a phone's worker is made of; there is none where it was not joined."""

YEAR_S = 365 * 86_400
_JOINED = "planner.joined"


@dataclass(frozen=True)
class PageScript:
    """What a page loads, below static/: its module, and the modules that one imports, for a head start."""

    module: str
    imports: tuple[str, ...] = ()


def install(app: Flask, static: Path) -> None:
    """Give the templates `page_script(name)` and `joined(file)`; serve joined files packed."""
    files = joined_files(static)
    scripts = page_scripts(static, files)

    def page_script(name: str) -> dict[str, object]:
        script = scripts[name]
        addresses = [url_for("static", filename=file) for file in script.imports]
        return {"module": url_for("static", filename=script.module), "imports": addresses}

    def joined(file: str) -> str:
        """The address of a file below static/ that has a joined or named copy, else its own."""
        copy = files.get(file)
        return url_for("static", filename=f"{DIST}{copy}" if copy else file)

    def static_file(filename: str) -> Response:
        if filename.startswith(DIST) and filename.removeprefix(DIST) in files.values():
            return _packed(static / filename)
        return app.send_static_file(filename)

    app.extensions[_JOINED] = files
    app.jinja_env.globals.update(page_script=page_script, joined=joined)
    app.view_functions["static"] = static_file


def joined_file(source: str) -> Path | None:
    """Return the file that a source was joined to, of the application in force; None without one."""
    name = current_app.extensions[_JOINED].get(source)
    return ROOT / "static" / DIST / name if name else None


def module_url(name: str) -> str:
    """Return the address of the module of a kind of page, in a request."""
    script: dict[str, str] = current_app.jinja_env.globals["page_script"](name)  # type: ignore[operator]
    return script["module"]


@cache
def inline_script(name: str, static: Path = ROOT / "static") -> str:
    """Return a script that runs while a page is being read: it stands in the page, known by its hash."""
    return (static / "js" / f"{name}.js").read_text(encoding="utf-8").strip()


def page_scripts(static: Path, files: Mapping[str, str]) -> dict[str, PageScript]:
    """Return the script of every kind of page by its name, `files` being the joined ones."""
    pages = sorted((static / "js" / "pages").glob("*.js"))
    if files:
        return {page.stem: PageScript(f"{DIST}{files[f'js/pages/{page.name}']}") for page in pages}
    return {page.stem: _as_it_lies(static, f"js/pages/{page.name}") for page in pages}


def sources_hash(static: Path) -> str:
    """Return the hash of all sources, as static/js/build.mjs counts it."""
    names = sorted(
        file.relative_to(static).as_posix()
        for folder, pattern in SOURCES
        for file in (static / folder).rglob(pattern)
    )
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (static / name).read_bytes() + b"\0")
    return digest.hexdigest()


def joined_files(static: Path) -> Mapping[str, str]:
    """Return the joined files by their sources; none where they are missing or older than those."""
    try:
        manifest = json.loads((static / "dist" / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files: dict[str, str] = manifest.get("files", {})
    is_whole = all((static / "dist" / file).is_file() for file in files.values())
    return files if is_whole and manifest.get("sources") == sources_hash(static) else {}


def _packed(file: Path) -> Response:
    """A file whose name has its hash: it stays as it is, and is sent as the browser unpacks it best."""
    best = request.accept_encodings.best_match(tuple(PACKED)) if request.accept_encodings else None
    packed = file.with_name(file.name + PACKED[best]) if best else file
    is_packed = best is not None and packed.is_file()
    mimetype = {".js": "text/javascript", ".css": "text/css"}.get(file.suffix)
    response = Response((packed if is_packed else file).read_bytes(), mimetype=mimetype)
    response.cache_control.max_age = YEAR_S
    if is_packed and best:
        response.headers["Content-Encoding"] = best
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.add_etag()
    response.make_conditional(request)
    return response


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
