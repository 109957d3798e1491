"""A site's photo: read with care, made small, and kept without what a camera writes beside it.

What is kept is a new JPEG of the pixels alone: no EXIF and so no position, no thumbnail, no comment,
no profile.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from planner.domain.limits import PHOTO_BYTES
from planner.storage.place import Storage

FOLDER = "photos"
SMALL, SMALL_SIDE, SMALL_QUALITY = "small", 112, 70
"""The folder of those for lists below it, and their longest side: twice as many pixels as a row shows."""
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 20_000_000, "WEBP": 20_000_000}
"""A JPEG is decoded at an eighth of its size where that is enough; others need memory for all of it."""

LONGEST_SIDE = 1280
LEAST_SIDE = 64
QUALITY = 80
_WHITE = (255, 255, 255)
_NAME = re.compile(r"[0-9a-f]{32}-(\d{2,4})x(\d{2,4})", re.ASCII)
"""The hash of the bytes, then breadth and height in pixels, so that a page keeps room for it."""


class PhotoError(ValueError):
    """A file that is not taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def cleaned(data: bytes) -> bytes:
    """Return a picture as a small JPEG that has nothing but its pixels.

    Raises
    ------
    PhotoError
        `too_large` (bytes), `kind`, `pixels` (too many or too few) or `broken`.
    """
    if len(data) > PHOTO_BYTES:
        raise PhotoError("too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what only looks like a bomb is refused below, by our own limit
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise PhotoError("kind") from error
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError("pixels" if "bomb" in type(error).__name__.lower() else "broken") from error
    with image:
        width, height = image.size
        if width * height > MOST_PIXELS[image.format or ""] or min(width, height) < LEAST_SIDE:
            raise PhotoError("pixels")
        try:
            return _written(image)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise PhotoError("broken") from error


def _written(image: Image.Image) -> bytes:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    layered = turned.convert("RGBA")
    plain = Image.new("RGB", layered.size, _WHITE)
    plain.paste(layered, mask=layered.getchannel("A"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def size_of(name: str) -> tuple[int, int]:
    """Return the breadth and the height that a photo's name tells, (0, 0) where it is no such name."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), int(found[2])) if found else (0, 0)


@dataclass(frozen=True)
class PhotoFiles:
    """The photos in the data directory, each under a name made of its bytes: it never changes.

    Where machines share a storage all photos are there, and here those that were asked for.
    """

    data_dir: Path
    storage: Storage | None = None

    def keep(self, jpeg: bytes) -> str:
        """Keep a cleaned picture, and return its name."""
        width, height = Image.open(io.BytesIO(jpeg)).size
        name = f"{hashlib.sha256(jpeg).hexdigest()[:32]}-{width}x{height}"
        if self.storage is not None:
            self.storage.put(f"{FOLDER}/{name}.jpg", jpeg)
        self._keep_here(name, jpeg)
        return name

    def _keep_here(self, name: str, jpeg: bytes) -> None:
        folder = self.data_dir / FOLDER
        folder.mkdir(exist_ok=True)
        part = folder / f".{secrets.token_hex(8)}"
        part.write_bytes(jpeg)
        part.replace(folder / f"{name}.jpg")

    def find(self, name: str) -> bytes | None:
        """Return a picture, None where there is none of this name."""
        if not _NAME.fullmatch(name):
            return None
        with suppress(FileNotFoundError):
            return (self.data_dir / FOLDER / f"{name}.jpg").read_bytes()
        found = self.storage.get(f"{FOLDER}/{name}.jpg") if self.storage is not None else None
        if found is not None:
            self._keep_here(name, found)
        return found

    def find_small(self, name: str) -> bytes | None:
        """Return a picture as it stands in lists, made at the first request; None where there is none."""
        if not _NAME.fullmatch(name):
            return None
        file = self.data_dir / FOLDER / SMALL / f"{name}.jpg"
        with suppress(FileNotFoundError):
            return file.read_bytes()
        whole = self.find(name)
        if whole is None:
            return None
        small = _small(whole)
        file.parent.mkdir(exist_ok=True)
        part = file.with_name(f".{secrets.token_hex(8)}")
        part.write_bytes(small)
        part.replace(file)
        return small

    def remove(self, name: str) -> None:
        """Remove a picture for good: pages of releases show none in its place."""
        if _NAME.fullmatch(name):
            if self.storage is not None:
                self.storage.remove(f"{FOLDER}/{name}.jpg")
            for folder in (FOLDER, f"{FOLDER}/{SMALL}"):
                (self.data_dir / folder / f"{name}.jpg").unlink(missing_ok=True)


def _small(jpeg: bytes) -> bytes:
    """A picture that is ours, at the size of a list."""
    image = Image.open(io.BytesIO(jpeg))
    image.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
    image.thumbnail((SMALL_SIDE, SMALL_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=SMALL_QUALITY, optimize=True)
    return out.getvalue()
