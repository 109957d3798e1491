"""How a request and its answer go from process to process: a head as JSON, a body as bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

SIZES = struct.Struct(">II")
AT_ONCE = 256 * 1024


@dataclass(frozen=True)
class Frame:
    """A head and a body."""

    head: dict[str, Any]
    body: bytes = b""

    def packed(self) -> bytes:
        """Return it as it is sent."""
        head = json.dumps(self.head).encode()
        return SIZES.pack(len(head), len(self.body)) + head + self.body


@dataclass
class Incoming:
    """Puts frames together again from the pieces in which they come."""

    _kept: bytearray = field(default_factory=bytearray)

    def fed(self, piece: bytes) -> Iterator[Frame]:
        """Take a piece, and return the frames that are whole with it."""
        self._kept += piece
        while len(self._kept) >= SIZES.size:
            head, body = SIZES.unpack_from(self._kept)
            begins, ends = SIZES.size + head, SIZES.size + head + body
            if len(self._kept) < ends:
                return
            frame = Frame(json.loads(self._kept[SIZES.size : begins]), bytes(self._kept[begins:ends]))
            del self._kept[:ends]
            yield frame


def received(connection: socket.socket) -> Frame | None:
    """Wait for one frame; None where the other end is gone."""
    incoming = Incoming()
    while piece := connection.recv(AT_ONCE):
        for frame in incoming.fed(piece):
            return frame
    return None
