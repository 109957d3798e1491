"""A link as a QR code."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """Return the SVG of an address, black on white with its quiet zone, so that any phone reads it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()
