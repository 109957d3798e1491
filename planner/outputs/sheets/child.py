"""The process in which Typst runs: it reads what to make from its input, and writes each PDF after its size.

The first line of its input says where things lie and what it may take. With that it makes itself ready, while
the planner still writes the sheets; they are the rest of the input. Nothing of the planner is imported here,
and nothing of what people typed is ever written to its errors.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

try:
    import resource
except ImportError:  # Windows knows no such limits; the time is limited from outside
    resource = None  # type: ignore[assignment]

SIZE_BYTES = 8
MOST_ROUNDS = 3
NO_LETTER = "\u25a1"
"""Stands for a letter that no font has: PDF/UA allows no letter that cannot be shown."""

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def limit(seconds: int, memory: int) -> None:
    """Let this process take no more than so much, and write no file."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def compiled(typst: Any, asked: dict[str, Any], document: dict[str, Any], fonts: Any) -> bytes:
    """Make one PDF; letters that no font has are replaced."""
    data: str = document["data"]
    for _ in range(MOST_ROUNDS):
        compiler = typst.Compiler(
            f"{asked['root']}/sheets.typ",
            root=asked["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            package_path=asked["nowhere"],
            package_cache_path=asked["nowhere"],
        )
        try:
            pdf: bytes = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=document["made"])
        except typst.TypstError as error:
            missing = letters(error.diagnostic)
            if not missing:
                raise
            data = data.translate({ord(letter): NO_LETTER for letter in missing})
        else:
            return pdf
    raise ValueError


def letters(diagnostic: str) -> set[str]:
    """Find the letters that Typst says no font has; none where it says something else."""
    found = _MISSING.findall(diagnostic)
    if diagnostic.count("error:") != 2 * len(found):  # the standard's name is followed by "error:" too
        return set()
    return {letter for text in found for letter in _ESCAPED.sub(lambda it: chr(int(it[1], 16)), text)}


def main() -> None:
    """Get ready, then make what is asked for; nothing where the planner has thought better of it."""
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    limit(asked["seconds"], asked["memory"])
    sys.path.append(asked["library"])
    import typst  # noqa: PLC0415 - found only now

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[asked["fonts"]])
    for document in json.loads(sys.stdin.buffer.read() or b"[]"):
        try:
            pdf = compiled(typst, asked, document, fonts)
        except (typst.TypstError, ValueError, MemoryError) as error:
            sys.stderr.write(f"{type(error).__name__}\n")  # its message may quote what somebody typed
            sys.exit(1)
        sys.stdout.buffer.write(len(pdf).to_bytes(SIZE_BYTES, "big") + pdf)


if __name__ == "__main__":
    main()
