"""Lists of accounts' files, and parts of a file's content for a download link that has been checked.

A template and an export expire with their link. A file with a closed contact or an erased person is withheld;
operators may still read a file with a closed contact.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch, fetch_one
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, cut, fetch_rows, take
from models.base.viewer import Viewer
from models.files.tables import FileKind

# They contain personal data and are made anew whenever somebody asks.
SHORT_LIVED = (FileKind.COMPLAINT_TEMPLATE, FileKind.EMPLOYEE_EXPORT, FileKind.CALL_EXPORT)
SHORT_LIFETIME = timedelta(minutes=10)


class FileOrder(StrEnum):
    """The order of files."""

    NEWEST = "NEWEST"
    KIND = "KIND"


@dataclass(frozen=True, slots=True)
class FileView:
    """A file without its content."""

    id: UUID
    account_id: UUID
    kind: FileKind
    name: str
    media_type: str
    size: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a download needs before the content.

    `withheld` says why the file is stored but not available to this reader; empty if it is available.
    """

    id: UUID
    account_id: UUID
    name: str
    media_type: str
    size: int
    withheld: str = ""


# Files added by the marketplace first, each kind newest first; all keys of an order have the same direction.
_RANKS = {
    FileKind.ADDED_BY_ADMINISTRATOR: 5,
    FileKind.COMPLAINT_UPLOAD: 4,
    FileKind.COMPLAINT_TEMPLATE: 3,
    FileKind.EMPLOYEE_EXPORT: 2,
    FileKind.CALL_EXPORT: 1,
}
_RANK = "CASE stored_file.kind " + " ".join(f"WHEN '{kind}' THEN {n}" for kind, n in _RANKS.items()) + " END"
_AGE = (Key("stored_file.created_at", "timestamptz"), Key("stored_file.id", "uuid"))
ORDERS = {
    FileOrder.NEWEST: Order("NEWEST", _AGE, descending=True),
    FileOrder.KIND: Order("KIND", (Key(f"({_RANK})", "bigint"), *_AGE), descending=True),
}

_COLUMNS = """stored_file.id, stored_file.account_id, stored_file.kind, stored_file.name,
    stored_file.media_type, stored_file.size, stored_file.created_at"""
_FRESH = f"""(stored_file.kind NOT IN ({", ".join(f"'{kind}'" for kind in SHORT_LIVED)})
    OR stored_file.created_at > {NOW} - interval '{SHORT_LIFETIME.total_seconds():.0f} seconds')"""

# Whether a file contains a person who was erased, whose data nobody may see any more, or a delivery that was
# closed to its vendor, whatever the purpose of the file.
_ERASED = """EXISTS (SELECT FROM delivery JOIN lead ON lead.id = delivery.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id
    WHERE delivery.id = ANY(stored_file.delivery_ids)
      AND (prospect.erased_at IS NOT NULL OR delivery.closed = 'ERASED'))"""
_CLOSED = """EXISTS (SELECT FROM delivery
    WHERE delivery.id = ANY(stored_file.delivery_ids) AND delivery.closed <> 'NO')"""
_WITHHELD = {
    True: "This file can no longer be downloaded: a person in it was erased.",
    False: (
        "This file can no longer be downloaded: a contact in it was closed to your account. "
        "Operators can still access your upload."
    ),
}


def _files_of(viewer: Viewer) -> SelectStatement:
    statement = SelectStatement([])
    statement.where(_FRESH)
    if viewer.operator:
        statement.where("stored_file.kind <> 'COMPLAINT_TEMPLATE'")  # the vendor's own view of its contacts
    else:
        statement.where(f"stored_file.account_id = {statement.bind(viewer.vendor_id, 'uuid')}")
    return statement


def _view(row: Record) -> FileView:
    return FileView(
        row["id"],
        row["account_id"],
        FileKind(row["kind"]),
        row["name"],
        row["media_type"],
        row["size"],
        row["created_at"],
    )


async def list_files(
    conn: Connection, viewer: Viewer, account_id: UUID, kind: FileKind | None, order: FileOrder, part: Slice
) -> Page[FileView]:
    """List an account's files, in one statement."""
    pages = await files_of(conn, viewer, [account_id], kind, order, part)
    return pages[account_id]


async def files_of(
    conn: Connection,
    viewer: Viewer,
    account_ids: Collection[UUID],
    kind: FileKind | None,
    order: FileOrder,
    part: Slice,
) -> dict[UUID, Page[FileView]]:
    """Return a page of the files of each account, in one statement."""
    statement = _files_of(viewer)
    wanted = statement.bind(list(account_ids), "uuid[]")
    if kind is not None:
        statement.where(f"stored_file.kind = {statement.bind(kind, 'text')}")
    limit = take(statement, ORDERS[order], part)
    rows = await fetch(
        conn,
        f"""WITH {CLOCK} SELECT found.* FROM unnest({wanted}) AS wanted (account_id) CROSS JOIN LATERAL (
                SELECT {_COLUMNS}, {ORDERS[order].columns()} FROM stored_file
                WHERE stored_file.account_id = wanted.account_id AND {statement.all_conditions()}
                {limit}) AS found""",
        *statement.values,
    )
    of_account: dict[UUID, list[Record]] = {account_id: [] for account_id in account_ids}
    for row in rows:  # each account's rows are together, in the order of the page
        of_account[row["account_id"]].append(row)
    return {
        account_id: Page.of(cut(files, ORDERS[order], part), _view)
        for account_id, files in of_account.items()
    }


async def files_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, FileView]:
    """Return those of the files that the viewer may see, in one statement."""
    statement = _files_of(viewer)
    statement.where(f"stored_file.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"WITH {CLOCK} SELECT {_COLUMNS}", "FROM stored_file", statement)
    return {row["id"]: _view(row) for row in rows}


async def leads_of_files(conn: Connection, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return for each file the leads of the deliveries in it: those whose contact data it may contain."""
    rows = await fetch(
        conn,
        """SELECT DISTINCT stored_file.id, delivery.lead_id FROM stored_file
           JOIN delivery ON delivery.id = ANY(stored_file.delivery_ids)
           WHERE stored_file.id = ANY($1::uuid[])""",
        list(ids),
    )
    found: dict[UUID, list[UUID]] = {file_id: [] for file_id in ids}
    for row in rows:
        found[row["id"]].append(row["lead_id"])
    return found


async def open_file(conn: Connection, file_id: UUID, *, operator: bool) -> FileHead | None:
    """Return the head of a file for a reader with a valid link; None if it no longer exists."""
    row = await fetch_one(
        conn,
        f"""WITH {CLOCK} SELECT id, account_id, name, media_type, octet_length(content) AS size,
                   {_ERASED} AS erased,
                   NOT $2 AND {_CLOSED} AS closed
            FROM stored_file WHERE id = $1 AND {_FRESH}""",
        file_id,
        operator,
    )
    if row is None:
        return None
    withheld = _WITHHELD[row["erased"]] if row["erased"] or row["closed"] else ""
    return FileHead(row["id"], row["account_id"], row["name"], row["media_type"], row["size"], withheld)


async def read_part(conn: Connection, file_id: UUID, start: int, length: int, *, operator: bool) -> bytes:
    """Return a part of a file's content; nothing if it no longer exists or is no longer available.

    The expiry of a short-lived file was checked when the download began.
    """
    row = await fetch_one(
        conn,
        f"""SELECT substring(content FROM $3 FOR $4) AS part FROM stored_file
            WHERE id = $1 AND NOT {_ERASED} AND ($2 OR NOT {_CLOSED})""",
        file_id,
        operator,
        start + 1,
        length,
    )
    return b"" if row is None else bytes(row["part"])
