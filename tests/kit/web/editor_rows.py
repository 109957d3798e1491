"""Reading the editor's rows."""

from __future__ import annotations

import re


def modes(page: str) -> list[str]:
    """The pressed button of every choice, the whole day's first."""
    return re.findall(r'name="mode" value="(\w+)" aria-pressed="true"', page)
