"""How the event of a telephone system becomes facts of a call: whose leg it is about, and whom it names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.calls.call_tables import LegKind
from models.calls.caller_id import CallerKind, read_caller_id
from models.calls.merge import FactKind, PhoneFact
from models.calls.phone.drivers import DRIVERS
from models.calls.phone.event import PhoneEvent
from models.calls.phone.system import System
from models.contact_data.redaction import Redacted

_OF_EMPLOYEES = frozenset({FactKind.CONSULTING, FactKind.CONSULT_ENDED, FactKind.TRANSFERRED})
_BY_EXTENSION = """SELECT DISTINCT ON (extension) extension, id FROM employee
    WHERE secretariat_id = $1 AND extension = ANY($2::text[]) AND removed_at IS NULL ORDER BY extension, id"""


@dataclass(frozen=True, slots=True, repr=False)
class Numbers(Redacted):
    """The numbers of an event in E.164; None for one that is missing or cannot be read."""

    dialled: str | None
    diverted_from: str | None
    target: str | None


def numbers_of(system: System, event: PhoneEvent) -> Numbers:
    """Read the numbers of an event in the form of its system."""
    read = (number_of(system, text) for text in (event.dialled, event.diverted_from, event.target))
    return Numbers(*read)


def number_of(system: System, text: str) -> str | None:
    """Return a number in E.164; None for one that is missing or cannot be read."""
    if not text:
        return None
    return read_caller_id(text, DRIVERS[system.driver].form, system.region).e164


def extensions_of(numbers: Numbers) -> list[str]:
    """Return the numbers that may be an employee's extension."""
    return [number for number in (numbers.target, numbers.diverted_from) if number is not None]


def employees_by(extensions: str) -> str:
    """Return the SQL of the employees of a row's `secretariat` by their extensions, pairs of both: of several
    with one extension, always the same.
    """
    return f"""ARRAY(SELECT ROW(extension, of_extension.id) FROM (
        SELECT DISTINCT ON (extension) extension, employee.id FROM employee
        WHERE employee.secretariat_id = secretariat.id AND extension = ANY({extensions}::text[])
          AND removed_at IS NULL
        ORDER BY extension, employee.id) AS of_extension)"""


async def employees_of(conn: Connection, secretariat_id: UUID, numbers: Numbers) -> Mapping[str, UUID]:
    """Return the company's employees whose extensions are among the numbers."""
    wanted = extensions_of(numbers)
    if not wanted:
        return {}
    rows = await fetch(conn, _BY_EXTENSION, secretariat_id, wanted)
    return {row["extension"]: row["id"] for row in rows}


def facts_of(
    system: System,
    event: PhoneEvent,
    numbers: Numbers,
    employees: Mapping[str, UUID],
    dialled: str,
    received_at: datetime,
) -> list[PhoneFact]:
    """Return what an event says; `dialled` is the number of the call that it is about.

    Everything follows from the event itself and the set-up, so that the order of events does not matter.
    """
    agent = next((system.agents[name] for name in event.users if name in system.agents), None)
    employee = employees.get(numbers.target or "")
    leg_kind = _leg_kind(event, numbers, agent, employee, dialled)
    consults = leg_kind is LegKind.EMPLOYEE and event.kind is FactKind.RINGING
    caller = read_caller_id(event.caller, DRIVERS[system.driver].form, system.region, attested=event.attested)
    unread = caller.kind is CallerKind.WITHHELD and leg_kind is not LegKind.CALLER
    fact = PhoneFact(
        FactKind.CONSULTING if consults else event.kind,
        f"{system.id.hex}:{event.leg or event.call}",
        leg_kind,
        received_at,
        event.at,
        diverted_from=numbers.diverted_from,
        agent_id=agent if event.kind is FactKind.ANSWERED else None,
        employee_id=employee if leg_kind is LegKind.EMPLOYEE else None,
        number=numbers.target if leg_kind is LegKind.EMPLOYEE else None,
        wanted_id=employees.get(numbers.diverted_from or ""),
        cause=event.cause,
    )
    if not unread:
        fact = replace(fact, caller=caller)
    if event.mailbox:
        return [replace(fact, kind=FactKind.VOICEMAIL, cause=None), fact]
    return [fact]


def _leg_kind(
    event: PhoneEvent, numbers: Numbers, agent: UUID | None, employee: UUID | None, dialled: str
) -> LegKind:
    """Return whose leg it is; of a leg that nothing is known about, the weakest, which others correct."""
    if event.leg is None:
        return LegKind.CALLER
    if event.kind in _OF_EMPLOYEES or employee is not None:
        return LegKind.EMPLOYEE
    if agent is not None or numbers.target == dialled or event.kind is FactKind.VOICEMAIL:
        return LegKind.AGENT
    return LegKind.EMPLOYEE
