"""Storing accounts' files, byte for byte, within each account's quota.

Everything here runs in the caller's transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one
from models.base.ids import new_id
from models.files.file_name import seen_name
from models.files.list import SHORT_LIFETIME, SHORT_LIVED
from models.files.refusals import FileRefusal
from models.files.tables import FileKind

MOST_SHORT_LIVED = 3  # of a kind per account; one more replaces the oldest
_MEGABYTE = 1_000_000


class FileForgottenError(Exception):
    """Another upload of the same bytes stored this file, filed nothing from it, and deleted it."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be stored, and the deliveries in it; its repr does not show the content."""

    account_id: UUID
    kind: FileKind
    name: str
    media_type: str
    content: bytes = field(repr=False)
    created_by: UUID | None = None
    delivery_ids: Collection[UUID] = ()

    @property
    def sha256(self) -> bytes:
        """The hash that identifies the content."""
        return sha256(self.content).digest()


async def store_file(conn: Connection, file: NewFile, now: datetime) -> UUID:
    """Store a file that the marketplace created, regardless of the quota; return its id."""
    file_id = new_id()
    await fetch(
        conn,
        """INSERT INTO stored_file (id, account_id, kind, name, media_type, size, sha256, content, created_at,
                                    created_by_id, delivery_ids)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        file_id,
        file.account_id,
        file.kind,
        seen_name(file.name),
        file.media_type,
        len(file.content),
        file.sha256,
        file.content,
        now,
        file.created_by,
        list(file.delivery_ids),
    )
    return file_id


async def store_upload(conn: Connection, file: NewFile, now: datetime, most_stored: int) -> tuple[UUID, bool]:
    """Store an uploaded file unless the account already has the same bytes; return its id and whether it is
    new.

    A second concurrent upload waits here until the first commits. Raises `Refusal` LIMIT_EXCEEDED on `file`
    if the account's files would exceed `most_stored` bytes.
    """
    await _lock_files(conn, file.account_id)
    known = await fetch_one(
        conn,
        "SELECT id FROM stored_file WHERE account_id = $1 AND kind = $2 AND sha256 = $3 ORDER BY id LIMIT 1",
        file.account_id,
        file.kind,
        file.sha256,
    )
    if known is not None:
        return known["id"], False
    await _check_room(
        conn,
        file,
        most_stored,
        ("file",),
        "Leave out rows that are not filled in, send `items`, or ask the marketplace for more storage.",
    )
    return await store_file(conn, file, now), True


async def store_short_lived(
    conn: Connection, file: NewFile, now: datetime, most_stored: int, remedy: str
) -> UUID:
    """Store a template or an export, replacing those that have expired or are too many; return its id.

    Raises `Refusal` LIMIT_EXCEEDED, with the remedy, if the account's files would exceed `most_stored` bytes.
    """
    await _lock_files(conn, file.account_id)
    await fetch(
        conn,
        """DELETE FROM stored_file WHERE account_id = $1 AND kind = $4 AND id NOT IN (
               SELECT id FROM stored_file
               WHERE account_id = $1 AND kind = $4 AND created_at > $2
               ORDER BY created_at DESC, id DESC LIMIT $3)""",
        file.account_id,
        now - SHORT_LIFETIME,
        MOST_SHORT_LIVED - 1,
        file.kind,
    )
    await _check_room(conn, file, most_stored, (), remedy)
    return await store_file(conn, file, now)


async def keep_file(conn: Connection, file_id: UUID) -> None:
    """Keep a file from being deleted until the commit; raises `FileForgottenError` if it already has been."""
    if await fetch_one(conn, "SELECT FROM stored_file WHERE id = $1 FOR KEY SHARE", file_id) is None:
        raise FileForgottenError


async def forget_upload(conn: Connection, file_id: UUID) -> None:
    """Delete an uploaded file if nothing was filed from it, by this or another upload of the same bytes."""
    # Wait for a transaction that keeps the file in a separate statement: the next one sees what it has filed.
    await fetch(conn, "SELECT FROM stored_file WHERE id = $1 FOR UPDATE", file_id)
    await fetch(
        conn,
        """DELETE FROM stored_file WHERE id = $1 AND kind = 'COMPLAINT_UPLOAD'
           AND NOT EXISTS (SELECT FROM complaint WHERE complaint.file_id = stored_file.id)""",
        file_id,
    )


async def forget_short_lived(conn: Connection, now: datetime) -> None:
    """Delete all templates and exports whose links have expired, because they contain personal data."""
    await fetch(
        conn,
        "DELETE FROM stored_file WHERE kind = ANY($2::text[]) AND created_at <= $1",
        now - SHORT_LIFETIME,
        [kind.value for kind in SHORT_LIVED],
    )


async def _lock_files(conn: Connection, account_id: UUID) -> None:
    """Store files of an account one at a time until the commit, so that two cannot use the same space."""
    await fetch(
        conn, "SELECT pg_advisory_xact_lock(hashtextextended('stored_file:' || $1, 0))", account_id.hex
    )


async def _check_room(
    conn: Connection, file: NewFile, most_stored: int, field: tuple[str, ...], remedy: str
) -> None:
    row = await fetch_one(
        conn,
        "SELECT coalesce(sum(size), 0)::bigint AS stored FROM stored_file WHERE account_id = $1",
        file.account_id,
    )
    stored = int(row["stored"]) if row is not None else 0
    size = len(file.content)
    if stored + size > most_stored:
        named = f"{field[0]}: " if field else ""
        raise FileRefusal.STORAGE_FULL.at(
            *field,
            named=named,
            size=size / _MEGABYTE,
            stored=stored / _MEGABYTE,
            most=most_stored / _MEGABYTE,
            remedy=remedy,
        )
