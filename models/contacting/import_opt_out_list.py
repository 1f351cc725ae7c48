"""Import of an opt-out list, which replaces the stored one whole: all rows or none.

The file has a number, an address or its SHA-256 in each row: in the column with a known heading, otherwise in
the first. Only keyed hashes are stored, and no message has a value of the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.idempotency import check_key, earlier_answer, first_answer
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.refusal import RefusalCode, RefusalReason, Sentence
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.contact_data import (
    InvalidEmail,
    InvalidPhone,
    UnknownPlace,
    parse_country,
    parse_email,
    parse_phone,
)
from models.contact_data.checked_text import checked_text
from models.contacting.deadlines import list_goes_stale
from models.contacting.opt_out_keys import email_key, key_of_hash, number_key
from models.contacting.refusals import ContactingRefusal
from models.contacting.tables import OptOutListKind
from models.feed.journal import Journal
from models.files.turns import FileTurns
from models.process.wake import Wake
from models.tabular.encodings import Encodings
from models.tabular.errors import TableError
from models.tabular.file_threads import FileThreads
from models.tabular.kinds import MAX_BYTES, TableFormat
from models.tabular.reading import Table, TableKind, open_table
from models.tabular.refusals import TableRefusal
from models.tabular.tables import CsvLimits, SheetStart, UnreadableRow, visible
from rules.contacting.opt_out_lists import FRESH_FOR
from rules.contacting.terms import Medium

MOST_ROWS, MOST_PROBLEMS = 200_000, 100
LONGEST_NAME = 200
_OPERATION = "optOutListImport"
_TURNS = FileTurns(1, "being imported")
_THREADS = FileThreads("import-opt-out-list", 1)
_LIMITS = CsvLimits(bytes=MAX_BYTES, row_chars=4_096, rows=MOST_ROWS + 2, cells=5_000_000)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII | re.IGNORECASE)
# As people head such a column, in the languages of the marketplace.
_HEADINGS = frozenset(
    {
        *("number", "phone", "phone number", "email", "e-mail", "email address", "hash", "sha256"),
        *("nummer", "telefon", "telefonnummer", "rufnummer", "e-mail-adresse"),
        *(
            "numer",
            "numer telefonu",
            "adres e-mail",
            "număr",
            "numar",
            "număr de telefon",
            "adresă de e-mail",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class ListInput:
    """What a file is: `country` reads national numbers; with `hashed`, rows are SHA-256 hashes."""

    name: str
    country: str
    medium: Medium
    kind: OptOutListKind
    as_of: datetime
    hashed: bool = False


@dataclass(frozen=True, slots=True)
class ListRowProblem:
    """Why one row cannot be read: its number as in a spreadsheet, and the reason."""

    row: int
    sentence: Sentence[RefusalReason]
    column: None = None
    field: None = None

    @property
    def reason(self) -> Sentence[RefusalReason]:
        """The reason."""
        return self.sentence

    @property
    def code(self) -> RefusalCode:
        """The kind of problem."""
        return self.sentence.wording.why.code


@dataclass(frozen=True, slots=True)
class ListImport:
    """The list, or the first 100 rows that cannot be read of `unreadable` ones: then nothing was written."""

    list_id: UUID | None
    problems: Sequence[ListRowProblem] = ()
    unreadable: int = 0


async def import_opt_out_list(
    viewer: Viewer,
    wake: Wake,
    hashes: KeyedHash,
    stream: IO[bytes],
    given: ListInput,
    idempotency_key: str,
) -> ListImport:
    """Replace the list of this name, country, medium and kind by the rows of a CSV file.

    Raises `Refusal`: FORBIDDEN for others than operators; INVALID for the country, the medium, a file without
    rows, and a date in the future or before the stored list's; LIMIT_EXCEEDED for too many rows or while
    another list is imported. Rows never raise.
    """
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="import opt-out lists")
    check_key(idempotency_key)
    name = checked_text("name", given.name, LONGEST_NAME, missing="required. Say which list it is.")
    if given.medium not in (Medium.CALL, Medium.SMS, Medium.EMAIL):
        raise ContactingRefusal.LIST_MEDIUM_INVALID.at("medium")
    try:
        country = parse_country(given.country)
    except UnknownPlace as error:
        raise error.refusal("country") from error
    with _TURNS.take(("file",)):
        try:
            keys, problems, unreadable = await _read(stream, hashes, given, country)
        except TableError as error:
            raise error.refusal("file") from error
        if problems:
            return ListImport(None, problems, unreadable)
        if not keys:
            raise ContactingRefusal.LIST_EMPTY.at("file")
        digest: dict[str, object] = {
            "name": name,
            "country": country,
            "medium": given.medium,
            "kind": given.kind,
            "as_of": given.as_of.isoformat(),
            "entries": await _THREADS.run(lambda: hashes.of("opt-out-list", "".join(sorted(keys)))),
        }
        earlier = await earlier_answer(
            connection(), scope=viewer.user_id, operation=_OPERATION, key=idempotency_key, given=digest
        )
        if earlier is not None:
            return ListImport(earlier)
        async with transaction() as conn:
            journal = Journal(await database_now(conn), viewer.user_id)
            if given.as_of > journal.now:
                raise ContactingRefusal.LIST_AS_OF_INVALID.at("asOf")
            list_id = await _head(conn, name, country, given, len(keys))
            await _replace(conn, list_id, keys)
            await first_answer(
                conn,
                scope=viewer.user_id,
                operation=_OPERATION,
                key=idempotency_key,
                given=digest,
                result=list_id,
                now=journal.now,
            )
            stale_from = await fetch_one(
                conn,
                "SELECT refreshed_at + make_interval(secs => max_age) AS at FROM opt_out_list WHERE id = $1",
                list_id,
            )
            if stale_from is not None and stale_from["at"] is not None:
                journal.deadlines.extend(await list_goes_stale(conn, list_id, stale_from["at"]))
            await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return ListImport(list_id)


async def _head(conn: Connection, name: str, country: str, given: ListInput, entries: int) -> UUID:
    """Create or renew the list's row, which others who import it wait for. Raises `Refusal` INVALID."""
    rows = await fetch(
        conn,
        """INSERT INTO opt_out_list (id, name, country, medium, kind, refreshed_at, max_age, entries)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (country, medium, kind, name)
           DO UPDATE SET refreshed_at = EXCLUDED.refreshed_at, max_age = EXCLUDED.max_age,
                         entries = EXCLUDED.entries
           WHERE opt_out_list.refreshed_at <= EXCLUDED.refreshed_at
           RETURNING id""",
        new_id(),
        name,
        country,
        given.medium,
        given.kind,
        given.as_of,
        FRESH_FOR[given.kind],
        entries,
    )
    if not rows:
        raise ContactingRefusal.LIST_AS_OF_INVALID.at("asOf")
    list_id: UUID = rows[0]["id"]
    return list_id


async def _replace(conn: Connection, list_id: UUID, keys: set[str]) -> None:
    given = list(keys)
    await fetch(
        conn,
        "DELETE FROM opt_out_entry WHERE list_id = $1 AND key_hmac <> ALL($2::text[])",
        list_id,
        given,
    )
    await fetch(
        conn,
        """INSERT INTO opt_out_entry (id, list_id, key_hmac)
           SELECT gen_random_uuid(), $1, key FROM unnest($2::text[]) AS given (key)
           ON CONFLICT ON CONSTRAINT opt_out_entry_once DO NOTHING""",
        list_id,
        given,
    )


async def _read(
    stream: IO[bytes], hashes: KeyedHash, given: ListInput, country: str
) -> tuple[set[str], list[ListRowProblem], int]:
    """Return the keys of all rows, the first rows that cannot be read, and how many there are."""
    kind = TableKind(Encodings(("cp1252",)), _recognised, _LIMITS, (TableFormat.CSV,))
    async with open_table(stream, kind, _THREADS) as table:

        def read() -> tuple[set[str], list[ListRowProblem], int]:
            keys, problems, unreadable = set[str](), list[ListRowProblem](), 0
            for rows, (number, value) in enumerate(_values(table)):
                if rows == MOST_ROWS:
                    raise TableError(TableRefusal.TABLE_HAS_TOO_MANY_ROWS, most=MOST_ROWS)
                found = _key(value, hashes, given, country) if isinstance(value, str) else value
                if isinstance(found, str):
                    keys.add(found)
                    continue
                unreadable += 1
                if len(problems) < MOST_PROBLEMS:
                    problems.append(ListRowProblem(number, found))
            return keys, problems, unreadable

        return await _THREADS.run(read)


def _values(table: Table) -> Iterator[tuple[int, str | Sentence[RefusalReason]]]:
    """Yield the number and the value of each row that is not blank, or why it cannot be read."""
    column, first = 0, True
    for line in table.lines():
        if isinstance(line, SheetStart):
            continue
        if isinstance(line, UnreadableRow):
            yield line.number, line.reason
            continue
        if first:
            first = False
            headed = [at for at, cell in enumerate(line.cells) if _is_heading(cell)]
            if headed:
                column = headed[0]
                continue
        value = visible(line.cells[column]).strip() if column < len(line.cells) else ""
        yield line.number, value


def _key(value: str, hashes: KeyedHash, given: ListInput, country: str) -> str | Sentence[RefusalReason]:
    if given.hashed:
        if _SHA256.fullmatch(value):
            return key_of_hash(hashes, value)
        return ContactingRefusal.ENTRY_NOT_A_HASH.sentence()
    try:
        if given.medium is Medium.EMAIL:
            return email_key(hashes, parse_email(value))
        return number_key(hashes, parse_phone(value, country).e164)
    except (InvalidEmail, InvalidPhone) as error:
        return error.sentence


def _is_heading(cell: str) -> bool:
    return visible(cell).strip().casefold() in _HEADINGS


def _recognised(cells: Sequence[str]) -> int:
    return sum(map(_is_heading, cells))
