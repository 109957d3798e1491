"""Rows that no form makes any more: releases of older commits, and one that warns of everything."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import sqlite3
from typing import TYPE_CHECKING, Any

from tests.stored.sentences import SAID

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"participant": "v", "guide": "g"}
Document = dict[str, Any]


class Rows:
    """Writes rows as the program does, into a database that nobody else has open."""

    def __init__(self, database: Path, secret_key: str, now: int) -> None:
        self.connection = sqlite3.connect(database)
        self._key = secret_key
        self._now = now

    def release(self, visit: int) -> Document:
        """The newest release of a visit."""
        query = "select content from releases where visit_id = ? order by number desc"
        found: Document = json.loads(self.connection.execute(query, (visit,)).fetchone()[0])
        return found

    def visit(self, document: Document, release: Document) -> dict[str, str]:
        """A visit with one revision and one release; the paths of its links."""
        now, write = self._now, self.connection.execute
        columns = "owner_id, head, top, published, archived, is_sample, created"
        owner = "select max(owner_id), 1, 1, ?, 0, 0, ? from visits"
        row = write(f"insert into visits ({columns}) {owner}", (release["number"], now))
        visit = row.lastrowid
        columns = "visit_id, number, action, document, created"
        write(f"insert into revisions ({columns}) values (?, 1, '', ?, ?)", (visit, _text(document), now))  # noqa: S608
        columns, values = "visit_id, number, revision, content, created", "?, ?, 1, ?, ?"
        write(
            f"insert into releases ({columns}) values ({values})",  # noqa: S608
            (visit, release["number"], _text(release), now),
        )
        return {kind: self._link(visit, kind) for kind in KINDS}

    def _link(self, visit: int | None, kind: str) -> str:
        row = self.connection.execute(
            "insert into links (visit_id, kind, rotation, token_sha256, revoked, created)"
            " values (?, ?, 0, 'unset', 0, ?)",
            (visit, kind, self._now),
        )
        digest = hmac.new(self._key.encode(), f"link:{row.lastrowid}:0".encode(), hashlib.sha256).digest()
        token = base64.urlsafe_b64encode(digest[:18]).decode()
        hashed = hashlib.sha256(token.encode()).hexdigest()
        self.connection.execute("update links set token_sha256 = ? where id = ?", (hashed, row.lastrowid))
        return f"/{KINDS[kind]}/{token}"

    def close(self) -> None:
        """Store, and leave the file as small as it can be."""
        self.connection.commit()
        self.connection.execute("pragma wal_checkpoint(truncate)")
        self.connection.execute("pragma journal_mode=delete")
        self.connection.execute("vacuum")
        self.connection.close()


def _text(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False)


def said(release: Document) -> tuple[Document, Document]:
    """A visit and its release that say every sentence: all warnings at the first stop of the first day."""
    changed = copy.deepcopy(release)
    changed["number"] = 1
    changed["visit"]["title"] = {"pl": "Wszystkie zdania", "en": "Every sentence"}
    changed["visit"]["days"], changed["itineraries"] = (
        changed["visit"]["days"][:1],
        changed["itineraries"][:1],
    )
    changed["itineraries"][0]["warnings"] = [
        {"code": code, "stop": 0, "leg": None, "by_s": by_s, "params": params} for code, by_s, params in SAID
    ]
    for leg in changed["itineraries"][0]["legs"]:
        leg["warnings"] = []
    return changed["visit"], changed
