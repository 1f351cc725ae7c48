"""Erasing a caller on request, by number (Art. 17 GDPR)."""

from dataclasses import dataclass
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.edit import check_owner
from models.calls.forget_callers import forget_number, has_number
from models.calls.managed import managed_secretariat
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.calls.typed_number import read_typed_number
from models.contact_data import InvalidPhone
from models.contact_data.checked_text import checked_text

LONGEST_REASON = 500
_ACTION = "erase a caller"


@dataclass(frozen=True, slots=True)
class Erased:
    """How many calls, open ones included, and how many VIP entries were forgotten."""

    calls: int
    vip_callers: int


async def erase_caller(
    viewer: Viewer, *, secretariat_id: UUID | None, phone: str, reason: str, idempotency_key: str
) -> Erased:
    """Forget a number's calls and VIP entries: of the owner's company, or for operators of one or of all.

    A call that is open is forgotten after its end. The reason is stored, the number is not. Raises `Refusal`.
    """
    check_owner(viewer, _ACTION)
    checked = checked_text("reason", reason, LONGEST_REASON, missing="say why the caller is forgotten.")
    async with transaction() as conn:
        owned, region = await _of(conn, viewer, secretariat_id)
        try:
            number = read_typed_number(phone, region).e164
        except InvalidPhone as error:
            raise error.refusal("phone") from error
        if has_number(checked, number):
            raise CallRefusal.REASON_HAS_NUMBER.at("reason")
        erasure, now = new_id(), await database_now(conn)
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or erasure,
            operation="callerErase",
            key=idempotency_key,
            given={"secretariat": str(owned), "phone": number, "reason": checked},
            result=erasure,
            now=now,
        )
        if earlier is not None:
            return await _answer(conn, earlier)
        calls, entries = await forget_number(conn, number, owned, now)
        await fetch(
            conn,
            """INSERT INTO secretariat_change (id, secretariat_id, at, by_id, subject_kind, subject_id,
                                               fields_changed)
               SELECT entry.change, entry.secretariat, $1, $2, $3, entry.id, '{deleted}'
               FROM unnest($4::uuid[], $5::uuid[], $6::uuid[]) AS entry (change, id, secretariat)""",
            now,
            viewer.user_id,
            ChangeSubject.VIP_CALLER,
            [new_id() for _ in entries],  # changes are listed by their ids
            [entry for entry, _ in entries],
            [secretariat for _, secretariat in entries],
        )
        await fetch(
            conn,
            """INSERT INTO caller_erasure (id, secretariat_id, at, by_id, reason, calls, vip_callers)
               VALUES ($1, $2, $3, $4, $5, $6, $7)""",
            erasure,
            owned,
            now,
            viewer.user_id,
            checked,
            calls,
            len(entries),
        )
    return Erased(calls, len(entries))


async def _of(
    conn: Connection, viewer: Viewer, secretariat_id: UUID | None
) -> tuple[UUID | None, str | None]:
    """Return the company and the country that reads national numbers; neither if it is about all."""
    if secretariat_id is None and viewer.operator:
        return None, None
    found = await managed_secretariat(conn, viewer, secretariat_id, _ACTION)
    return found.id, found.holidays_of[:2]


async def _answer(conn: Connection, erasure: UUID) -> Erased:
    row = await fetch_one(conn, "SELECT calls, vip_callers FROM caller_erasure WHERE id = $1", erasure)
    return Erased(row["calls"], row["vip_callers"]) if row else Erased(0, 0)
