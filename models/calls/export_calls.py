"""Export of the calls of a period to a file, which is deleted when its link expires."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.calls.call_list import CallFilter, list_calls
from models.calls.call_views import CallView
from models.calls.entries import asked_fields_of
from models.calls.export_employees import TURNS, language_of
from models.calls.file.calls import write_calls
from models.calls.file.writing import MEDIA_TYPES, ExportFormat
from models.calls.managed import managed_secretariat
from models.calls.refusals import CallRefusal
from models.calls.statistics import LONGEST_PERIOD
from models.files.store import NewFile, store_short_lived
from models.files.tables import FileKind
from models.tabular.file_threads import WRITING

MOST_EXPORTED = 50_000
_AT_A_TIME = 500
_NAMES = """SELECT id, concat_ws(' ', nullif(first_name, ''), last_name) AS name
    FROM employee WHERE secretariat_id = $1"""


async def export_calls(
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    period: tuple[datetime, datetime],
    format_: ExportFormat,
    most_stored: int,
) -> UUID:
    """Store a file of the calls that rang in a period, newest first, and return its id.

    It is in the language of the account's owner, with times in the company's zone. Raises `Refusal`:
    FORBIDDEN, REQUIRED and NOT_FOUND as other requests about a company do; INVALID for a period that ends
    before it starts or is longer than 366 days; LIMIT_EXCEEDED for more than 50,000 calls, while another
    export of the account is being created, while too many others are, or without room for the file.
    """
    conn = connection()
    made = await managed_secretariat(conn, viewer, secretariat_id, "export calls")
    begin, end = period
    if not begin < end or end - begin > LONGEST_PERIOD:
        raise CallRefusal.STATISTICS_PERIOD_INVALID.at("period", days=LONGEST_PERIOD.days)
    with TURNS.take((), made.account_id):
        language, zone = await language_of(conn, made), ZoneInfo(made.time_zone)
        names = {row["id"]: str(row["name"]) for row in await fetch(conn, _NAMES, made.id)}
        asked = (await asked_fields_of(conn, [made.id]))[made.id]
        calls = await _read(conn, viewer, CallFilter(secretariat_id=made.id).within(begin, end))
        content = await WRITING.run(lambda: write_calls(calls, names, asked, zone, language, format_))
        async with transaction() as conn:
            now = await database_now(conn)
            file = NewFile(
                made.account_id,
                FileKind.CALL_EXPORT,
                f"calls-{begin.astimezone(zone):%Y-%m-%d}.{format_.lower()}",
                MEDIA_TYPES[format_],
                content,
                viewer.user_id,
            )
            return await store_short_lived(
                conn, file, now, most_stored, "Ask the marketplace for more storage."
            )


async def _read(conn: Connection, viewer: Viewer, criteria: CallFilter) -> list[CallView]:
    """Read in parts, so that no statement and no piece of work on the event loop is long."""
    found: list[CallView] = []
    position: tuple[str, ...] | None = None
    while True:
        page = await list_calls(conn, viewer, Slice(_AT_A_TIME, after=position), criteria)
        found += page.items
        if not page.has_next:
            return found
        if len(found) >= MOST_EXPORTED:
            raise CallRefusal.CALLS_TOO_MANY.at("period", most=MOST_EXPORTED)
        position = page.position(len(page.items) - 1)
