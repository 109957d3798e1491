"""Folium without pandas: it takes tables of it too, which nothing here gives it, and that would cost 30 MB.

Folium imports pandas in a `try` and does without where there is none, so there is none while it is imported.
Whoever imports pandas later gets it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DivIcon", "Element", "Figure", "JsCode", "MacroElement", "folium"]


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let imports of a module fail that is not loaded yet."""
    if name in sys.modules:
        yield
        return
    cast("dict[str, Any]", sys.modules)[name] = None
    try:
        yield
    finally:
        del sys.modules[name]


with _without("pandas"):
    import folium
    from branca.element import Element, Figure, MacroElement
    from folium.features import DivIcon
    from folium.utilities import JsCode
