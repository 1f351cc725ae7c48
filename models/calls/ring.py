"""Calls without a telephone system, for development: one rings, and hangs up, as if a system told of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_tables import LegKind
from models.calls.caller_id import Caller, CallerIdForm, read_caller_id
from models.calls.list import find_secretariat
from models.calls.merge import FactKind, PhoneFact
from models.calls.outcome_now import CLOSES_AT
from models.calls.refusals import CallRefusal
from models.calls.take_fact import take_fact
from models.calls.typed_number import read_typed_number
from models.contact_data import InvalidPhone
from models.contact_data.redaction import Redacted
from models.process.wake import Wake

_PREFIX = "leadgate:"  # of the ids of these calls
_ANYBODY = Viewer(roles=frozenset({Role.OPERATOR}))
_NAMED = """SELECT id FROM employee WHERE secretariat_id = $1 AND removed_at IS NULL
    AND lower(trim(first_name || ' ' || last_name)) = lower($2) LIMIT 2"""
_DUE = f"SELECT {CLOSES_AT} AS due_at FROM call WHERE call.id = $1"


@dataclass(frozen=True, slots=True, repr=False)
class Rung(Redacted):
    """A call that rings, the company that was called, and until when it rings if nobody answers."""

    id: UUID
    company: str
    dialled: str
    caller: Caller
    closes_at: datetime


async def ring(wake: Wake, *, dialled: str, caller: str, wanted: str | None) -> Rung:
    """Let a call ring at the company that answers `dialled`; `wanted` is an employee's name.

    Raises `Refusal`: INVALID or NOT_FOUND `to`, NOT_FOUND `wanted` unless exactly one employee has the name.
    """
    conn = connection()
    try:
        number = read_typed_number(dialled, "DE").e164
    except InvalidPhone as error:
        raise error.refusal("to") from error
    secretariat = await find_secretariat(conn, _ANYBODY, number=number)
    if secretariat is None:
        raise CallRefusal.SECRETARIAT_NOT_FOUND.at("to")
    wanted_id = None if wanted is None else await _employee(conn, secretariat.id, wanted)
    who = read_caller_id(caller, CallerIdForm.SIP_USER, secretariat.holidays_of[:2])
    external_id = f"{_PREFIX}{new_id()}"
    now = await database_now(conn)
    fact = PhoneFact(FactKind.RINGING, external_id, LegKind.CALLER, now, now, caller=who, wanted_id=wanted_id)
    call_id = await take_fact(wake, external_id, number, fact)
    row = None if call_id is None else await fetch_one(conn, _DUE, call_id)
    if call_id is None or row is None or row["due_at"] is None:  # the number was taken away meanwhile
        raise CallRefusal.SECRETARIAT_NOT_FOUND.at("to")
    return Rung(call_id, secretariat.account_name, number, who, row["due_at"])


async def _employee(conn: Connection, secretariat_id: UUID, name: str) -> UUID:
    found = await fetch(conn, _NAMED, secretariat_id, " ".join(name.split()))
    if len(found) != 1:
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at("wanted")
    employee_id: UUID = found[0]["id"]
    return employee_id


async def hang_up(wake: Wake, call_id: UUID) -> bool:
    """Let the caller of a call that `ring` began hang up; False for another call."""
    conn = connection()
    row = await fetch_one(
        conn, "SELECT external_id FROM call WHERE id = $1 AND starts_with(external_id, $2)", call_id, _PREFIX
    )
    if row is None:
        return False
    now = await database_now(conn)
    fact = PhoneFact(FactKind.HUNG_UP, row["external_id"], LegKind.CALLER, now, now)
    await take_fact(wake, row["external_id"], None, fact)
    return True
