"""A link as a QR code."""

from __future__ import annotations

import io

import segno

BORDER, SCALE = 4, 6


def qr_svg(address: str) -> str:
    """Return the SVG of an address, black on white with its quiet zone, so that any phone reads it.

    It has a view box beside its size: a style that makes it smaller shrinks it, and does not cut it off.
    """
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=BORDER, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    size = SCALE * code.symbol_size(border=BORDER)[0]
    return out.getvalue().decode().replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
