"""Packed files (XLSX, KMZ) unpacked within bounds, whatever sizes they claim."""

from __future__ import annotations

import io
import zipfile
import zlib

from planner.services.catalogue.rules import CatalogueFileError

MOST_BYTES = 64 * 1024 * 1024
MOST_PARTS = 2_000
_CHUNK = 1 << 16


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a packed file by their names.

    Raises
    ------
    CatalogueFileError
        If it is broken, locked, or larger unpacked than any list of sites.
    """
    parts: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise CatalogueFileError("too_large_unpacked", limit=MOST_BYTES >> 20)
            for entry in entries:
                parts[entry.filename] = _part(packed, entry, left)
                left -= len(parts[entry.filename])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise CatalogueFileError("broken_packed") from error
    return parts


def _part(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    read = bytearray()
    with packed.open(entry) as part:
        while chunk := part.read(_CHUNK):
            read += chunk
            if len(read) > left:
                raise CatalogueFileError("too_large_unpacked", limit=MOST_BYTES >> 20)
    return bytes(read)


def packed_again(parts: dict[str, bytes]) -> bytes:
    """The parts as a plain file, in which no size is a claim."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()
