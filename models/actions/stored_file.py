"""Owns storing the files of accounts, byte for byte, with their hash and size.

It must not interpret a file, nor begin a transaction: it writes in its caller's.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from models.database import Connection, fetch, fetch_one
from models.ids import new_id
from models.stored_file import FileKind
from models.views.file_list import TEMPLATE_LIFETIME

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be stored; its text form shows none of it."""

    account_id: UUID
    kind: FileKind
    name: str
    media_type: str
    content: bytes = field(repr=False)
    created_by: UUID | None = None

    @property
    def sha256(self) -> bytes:
        """What tells the same bytes from others."""
        return sha256(self.content).digest()


async def store_file(conn: Connection, file: NewFile, now: datetime) -> UUID:
    """Store a file and return its id."""
    file_id = new_id()
    await fetch(
        conn,
        """INSERT INTO stored_file (id, account_id, kind, name, media_type, size, sha256, content, created_at,
                                    created_by_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        file_id,
        file.account_id,
        file.kind,
        file.name[-LONGEST_NAME:],
        file.media_type,
        len(file.content),
        file.sha256,
        file.content,
        now,
        file.created_by,
    )
    return file_id


async def store_file_once(conn: Connection, file: NewFile, now: datetime) -> tuple[UUID, bool]:
    """Store a file unless the account has the same bytes of this kind; its id, and whether it is new.

    Two at once: the second waits here for the first one's commit.
    """
    await fetch(
        conn, "SELECT pg_advisory_xact_lock(hashtextextended('stored_file:' || $1, 0))", file.account_id.hex
    )
    known = await fetch_one(
        conn,
        "SELECT id FROM stored_file WHERE account_id = $1 AND kind = $2 AND sha256 = $3 ORDER BY id LIMIT 1",
        file.account_id,
        file.kind,
        file.sha256,
    )
    if known is not None:
        return known["id"], False
    return await store_file(conn, file, now), True


async def forget_upload(conn: Connection, file_id: UUID) -> None:
    """Delete an uploaded file from which nothing was filed."""
    await fetch(
        conn,
        """DELETE FROM stored_file WHERE id = $1 AND kind = 'COMPLAINT_UPLOAD'
           AND NOT EXISTS (SELECT FROM complaint WHERE complaint.file_id = stored_file.id)""",
        file_id,
    )


async def forget_templates(conn: Connection, account_id: UUID, now: datetime) -> None:
    """Delete an account's templates whose links have expired: they hold contact data."""
    await fetch(
        conn,
        """DELETE FROM stored_file
           WHERE account_id = $1 AND kind = 'COMPLAINT_TEMPLATE' AND created_at <= $2""",
        account_id,
        now - TEMPLATE_LIFETIME,
    )
