"""Reading what the editor shows of a day's rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.kit.web.desk import Desk


def modes(desk: Desk) -> list[str]:
    """The pressed button of every choice: the whole day's, each leg's, and that of the way to the end."""
    day = desk.draft().days[0]
    opened = ["part=day", *(f"leg={stop.id}" for stop in day.stops), "part=end"]
    pages = (desk.page(f"?{one}") for one in opened)
    return [mode for page in pages for mode in re.findall(r'value="(\w+)" aria-pressed="true"', page)]
