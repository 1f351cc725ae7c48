"""Export of a company's employees (S4.7) to a file that the import reads."""

from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one, transaction
from models.base.viewer import Viewer
from models.calls.file.writing import MEDIA_TYPES, ExportFormat, WrittenEmployee, write_employees
from models.calls.managed import managed_secretariat
from models.calls.person_name import PersonName
from models.calls.views import SecretariatView
from models.files.store import NewFile, store_short_lived
from models.files.tables import FileKind
from models.files.turns import FileTurns
from models.tabular.file_threads import WRITING
from rules.calls.call_route import TransferWish

TURNS = FileTurns(8, "being created")
_EMPLOYEES = """SELECT id, first_name, last_name, email, cc, position, responsibility, extension, wish,
        vip_sms_tick, sms_tick, mobile, deputy_id, absence_text
    FROM employee WHERE secretariat_id = $1 AND removed_at IS NULL ORDER BY sort_key, id"""
_OWNER = """SELECT locale FROM users WHERE account_id = $1 AND account_role = 'OWNER' AND disabled_at IS NULL
    ORDER BY id LIMIT 1"""


async def export_employees(
    viewer: Viewer, *, secretariat_id: UUID | None, format_: ExportFormat, most_stored: int
) -> UUID:
    """Store a file of all employees by last name, in the language of the account's owner; return its id.

    The file is deleted when its link expires. Raises `Refusal`: FORBIDDEN and NOT_FOUND as other requests
    about employees do; LIMIT_EXCEEDED while another export of the account is being created, while too many
    others are, or if the account's files would exceed `most_stored` bytes.
    """
    conn = connection()
    made = await managed_secretariat(conn, viewer, secretariat_id, "export employees")
    with TURNS.take((), made.account_id):
        language = await language_of(conn, made)
        rows = await fetch(conn, _EMPLOYEES, made.id)
        content = await WRITING.run(lambda: write_employees(map(_written, rows), language, format_))
        async with transaction() as conn:
            now = await database_now(conn)
            file = NewFile(
                made.account_id,
                FileKind.EMPLOYEE_EXPORT,
                f"employees-{now:%Y-%m-%d}.{format_.lower()}",
                MEDIA_TYPES[format_],
                content,
                viewer.user_id,
            )
            return await store_short_lived(
                conn, file, now, most_stored, "Ask the marketplace for more storage."
            )


async def language_of(conn: Connection, made: SecretariatView) -> str:
    """Return the locale of the owner of a secretariat's account, in which its files are written."""
    owner = await fetch_one(conn, _OWNER, made.account_id)
    return made.language if owner is None else str(owner["locale"])


def _written(row: Record) -> WrittenEmployee:
    values = dict(row)
    name = PersonName(values.pop("first_name"), values.pop("last_name"))
    return WrittenEmployee(
        **values | {"name": name, "cc": tuple(row["cc"]), "wish": TransferWish(row["wish"])}
    )
