"""A site's photo: small, without its place, from our own address, and no bomb."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from planner.domain.limits import PHOTO_BYTES
from planner.services.catalogue.care.photos import LONGEST_SIDE, PhotoError, cleaned
from tests.kit.web.desk import add, open_desk, published
from tests.kit.web.own_catalogue import fields, own_catalogue, signed, stored
from tests.kit.web.pages import PageClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F
SECRET = b"Ulica Domowa 7"


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with own_catalogue(tmp_path_factory.mktemp("photo") / "data") as app:
        yield app


@pytest.fixture(scope="module")
def desk(own_app: Flask) -> PageClient:
    return signed(own_app, "anna")


def taken(size: tuple[int, int] = (2400, 1600), *, orientation: int = 6) -> bytes:
    """A photo as a telephone takes it, lying on its side: red above, blue below, with all that is told."""
    image = Image.new("RGB", size, (200, 0, 0))
    image.paste((0, 0, 200), (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = orientation, SECRET.decode()
    place = {1: "N", 2: (49.0, 58.0, 31.0), 3: "E", 4: (19.0, 49.0, 33.0)}
    exif.get_ifd(GPS).update(place)
    exif[GPS] = place
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 20)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A PNG of a few kilobytes that would be side times side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def test_the_place_and_all_else_but_pixels_is_gone() -> None:
    before = taken()
    told = Image.open(io.BytesIO(before)).getexif()
    assert told.get_ifd(GPS)
    assert SECRET in before
    after = cleaned(before)
    image = Image.open(io.BytesIO(after))
    assert not image.getexif()
    assert not image.getexif().get_ifd(GPS)
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert SECRET not in after
    assert b"Exif" not in after
    assert len(after) < len(before)


def test_it_is_turned_as_it_was_held_and_made_small() -> None:
    """Orientation 6 is a quarter turn: what was above is on the right."""
    image = Image.open(io.BytesIO(cleaned(taken())))
    assert image.size == (853, LONGEST_SIDE)
    red, blue = image.getpixel((800, 640)), image.getpixel((50, 640))
    assert red[0] > 150 > red[2]  # type: ignore[index]
    assert blue[2] > 150 > blue[0]  # type: ignore[index]
    small = Image.open(io.BytesIO(cleaned(taken((300, 200), orientation=1))))
    assert small.size == (300, 200)


def test_what_is_no_photo_is_refused() -> None:
    gif = io.BytesIO()
    Image.new("RGB", (100, 100)).save(gif, "GIF")
    whole = taken()
    cases = {
        "kind": (b"<svg onload=alert(1)>", b"", gif.getvalue(), b"<html>" * 50),
        "pixels": (huge_png(5_000), huge_png(60_000), taken((60, 100))),
        "broken": (whole[: len(whole) // 2], huge_png(400)),
        "too_large": (whole + b"\0" * PHOTO_BYTES,),
    }
    for code, files in cases.items():
        for data in files:
            with pytest.raises(PhotoError) as refused:
                cleaned(data)
            assert refused.value.code == code


def upload(desk: PageClient, data: bytes) -> str:
    token = fields(desk.get("/sites/muzeum/edit"))["csrf_token"]
    sent = {"csrf_token": token, "photo": (io.BytesIO(data), "IMG_0001.jpg")}
    answer = desk.client.post("/sites/muzeum/photo", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    return stored(desk, "muzeum").site.photo


def test_a_photo_is_given_taken_and_shown_to_everybody(desk: PageClient, own_app: Flask) -> None:
    name = upload(desk, taken())
    assert re.fullmatch("[0-9a-f]{32}-853x1280", name)
    page = desk.get("/sites/muzeum/edit")
    assert f"/photos/{name}.jpg" in page.html
    shown = own_app.test_client().get(f"/photos/{name}.jpg")
    assert (shown.status_code, shown.content_type) == (200, "image/jpeg")
    assert SECRET not in shown.data
    assert "immutable" in shown.headers["Cache-Control"]
    (row,) = [node for node in desk.get("/sites?q=muzeum").all("img") if "/photos/" in node.attributes["src"]]
    assert row.attributes["src"] == f"/photos/small/{name}.jpg"
    assert row.attributes["loading"] == "lazy"
    listed = own_app.test_client().get(f"/photos/small/{name}.jpg")
    assert Image.open(io.BytesIO(listed.data)).size == (75, 112)
    assert len(listed.data) < 4000
    assert SECRET not in listed.data
    assert own_app.test_client().get(f"/photos/small/{name}.jpg").data == listed.data

    assert upload(desk, b"no picture") == name
    assert "JPEG, PNG" in desk.get("/sites/muzeum/edit").text

    token = fields(desk.get("/sites/muzeum/edit"))["csrf_token"]
    desk.client.post("/sites/muzeum/photo/remove", data={"csrf_token": token})
    assert stored(desk, "muzeum").site.photo == ""
    for gone in (f"/photos/{name}.jpg", f"/photos/small/{name}.jpg", f"/photos/small/{name[:-1]}1.jpg"):
        assert own_app.test_client().get(gone).status_code == 404
    assert "/photos/" not in desk.client.get("/sites?q=muzeum").text
    for odd in ("x", "..%2Fsecret_key", "A" * 32):
        assert own_app.test_client().get(f"/photos/{odd}.jpg").status_code == 404


@pytest.mark.dear
def test_phones_show_it_under_the_stop_and_keep_it(desk: PageClient, own_app: Flask) -> None:
    name = upload(desk, taken((1000, 700), orientation=1))
    visit = open_desk(own_app, "ola")
    add(visit, "muzeum")
    path, _ = published(visit)
    reader = PageClient(own_app)
    page = reader.get(path)
    (image,) = [node for node in page.all("img") if "/photos/" in node.attributes["src"]]
    assert image.attributes["src"] == f"/photos/{name}.jpg"
    assert (image.attributes["width"], image.attributes["height"]) == ("1000", "700")
    told = reader.client.get(f"{path}/copy.json").get_json()["entries"]
    (kept,) = [entry for entry in told if entry["url"] == f"/photos/{name}.jpg"]
    served = reader.client.get(kept["url"]).data
    assert hashlib.sha256(served).hexdigest()[:32] == kept["hash"]
