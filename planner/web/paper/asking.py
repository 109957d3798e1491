"""Which sheets an address asks for: by kind, and by day, party, language and site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from planner.errors import NotThereError, Reason
from planner.outputs.sheets.items import SheetItem, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.outputs.sheets.build import SheetKind
    from planner.services.paper.choosing import Printed


def offered(printed: Printed, kinds: Iterable[SheetKind]) -> list[SheetItem]:
    """Return the sheets of a release, narrowed to what the address asks for."""
    wanted = {name: request.args[name] for name in ("day", "party", "language") if request.args.get(name)}
    return [
        item
        for item in items_of(printed.content, kinds, printed.choice.languages)
        if all(str(item.query.get(name, "")) == value for name, value in wanted.items())
    ]


def asked_item(printed: Printed, kinds: Iterable[SheetKind], kind: str) -> SheetItem:
    """Return the one sheet that the address asks for: the first that fits.

    Raises
    ------
    NotThereError
        If the visit has no such sheet, or not for who asks.
    """
    site = request.args.get("site", "")
    fitting = (
        item for item in offered(printed, kinds) if item.kind == kind and (not site or item.site == site)
    )
    found = next(fitting, None)
    if found is None:
        raise NotThereError("there is no such sheet", reason=Reason.PAPER_MISSING)
    return found
