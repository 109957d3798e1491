"""A client of HTTP/1.1 that costs little itself: it keeps its connection and reads an answer to its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

PATIENCE_S = 30.0
_RETRIED = (ConnectionError, asyncio.IncompleteReadError)


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds, a new connection included."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took: float


@dataclass
class Client:
    """One connection, made anew where the other side has let it go."""

    host: str
    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(
        self, path: str, more: Mapping[str, str] | None = None, *, method: str = "GET", body: bytes = b""
    ) -> Answer:
        """Ask for a path, and give the answer whatever it says."""
        lines = {"Host": f"{self.host}:{self.port}", **self.headers, **(more or {})}
        if body:
            lines["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        sent = f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        start = time.perf_counter()
        is_old = self._writer is not None and not self._writer.is_closing()
        try:
            status, told, content = await asyncio.wait_for(self._exchange(sent), PATIENCE_S)
        except _RETRIED:
            self.close()
            if not is_old:
                raise
            status, told, content = await asyncio.wait_for(self._exchange(sent), PATIENCE_S)
        took = time.perf_counter() - start
        if told.get("connection") == "close":
            self.close()
        return Answer(status, told, content, took)

    async def _exchange(self, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._writer is None or self._reader is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        self._writer.write(sent)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        pairs = (line.partition(":") for line in head[1:] if line)
        told = {name.lower(): value.strip() for name, _, value in pairs}
        if told.get("transfer-encoding") == "chunked":
            return status, told, await _chunks(self._reader)
        length = 0 if status in {204, 304} else int(told.get("content-length", "0"))
        return status, told, await self._reader.readexactly(length)

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
