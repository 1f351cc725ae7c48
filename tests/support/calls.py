"""Builders of secretariats and employees for tests, by the actions. Numbers are those of films and plays."""

from datetime import date
from typing import Unpack
from uuid import UUID

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.answer_call import answer_dialled
from models.calls.appointments import AppointmentDraft, create_appointment
from models.calls.calendars.address import Address, seal_address
from models.calls.call_note import NoteDraft
from models.calls.call_tables import TransferResult
from models.calls.employee_draft import EmployeeChanges
from models.calls.employees import create_employee
from models.calls.faq import FaqDraft, create_faq_entry
from models.calls.finish_call import Finish, finish_call
from models.calls.recognition import VipTreatment
from models.calls.record_transfer import record_transfer
from models.calls.set_up import create_secretariat
from models.calls.vip_callers import VipDraft, create_vip
from models.process.wake import Silence
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import TransferWish
from tests.support.marketplace import MadeVendor, Marketplace
from tests.support.messages import SEALER

NUMBER = "+493023125100"


async def make_secretariat(
    place: Marketplace,
    account_id: UUID | None = None,
    *,
    numbers: tuple[str, ...] = (NUMBER,),
    transfer: bool = True,
    language: str = "de",
) -> UUID:
    """Create the secretariat of an account, by default of the marketplace's vendor, in Berlin."""
    return await open_secretariat(
        place.operator, account_id or place.vendor.id, numbers=numbers, transfer=transfer, language=language
    )


async def open_secretariat(
    operator: Viewer,
    account_id: UUID,
    *,
    numbers: tuple[str, ...] = (NUMBER,),
    transfer: bool = True,
    language: str = "de",
) -> UUID:
    """Create the secretariat of an account, in Berlin."""
    return await create_secretariat(
        operator,
        account_id=account_id,
        transfer_included=transfer,
        phone_numbers=list(numbers),
        number_blocks=[],
        language=language,
        time_zone="Europe/Berlin",
        holidays_of_place="DE",
        idempotency_key=new_id().hex,
    )


async def make_employee(viewer: Viewer, named: str, /, **changes: Unpack[EmployeeChanges]) -> UUID:
    """Create an employee of the viewer's company."""
    employee: EmployeeChanges = {"name": named, "email": "somebody.fake@vendor.example", **changes}
    saved = await create_employee(
        viewer, secretariat_id=None, employee=employee, idempotency_key=new_id().hex, given={}
    )
    return saved.id


async def make_vip(
    viewer: Viewer,
    number: str,
    employee_id: UUID | None = None,
    *,
    block: bool = False,
    treatment: VipTreatment = VipTreatment.PREFERRED,
    name: str = "Jo Doe",
    note: str = "Rides a bicycle.",
) -> UUID:
    """Create a VIP entry of the viewer's company."""
    draft = VipDraft(number, block, name, note, treatment, (), employee_id)
    saved = await create_vip(viewer, secretariat_id=None, draft=draft, idempotency_key=new_id().hex, given={})
    return saved.id


async def make_absence(viewer: Viewer, employee_id: UUID, first: date, last: date) -> UUID:
    """Let an employee be away for whole days."""
    draft = AppointmentDraft("im Urlaub", reachable=False, first_day=first, last_day=last)
    saved = await create_appointment(
        viewer, employee_id=employee_id, draft=draft, idempotency_key=new_id().hex, given={}
    )
    return saved.id


async def version_of(table: str, row_id: UUID) -> int:
    """Read the version of a row."""
    row = await fetch_one(connection(), f"SELECT version FROM {table} WHERE id = $1", row_id)
    assert row is not None
    version: int = row["version"]
    return version


async def make_call_set_up(operator: Viewer, vendor: MadeVendor) -> UUID:
    """Create a vendor's secretariat with an employee who is away, a VIP entry and an FAQ entry."""
    secretariat = await open_secretariat(operator, vendor.id)
    owner = vendor.owner
    employee = await make_employee(owner, "Agnes Tellier")
    await make_absence(owner, employee, date(2026, 3, 9), date(2026, 3, 10))
    await make_stored_calendar(employee)
    await make_vip(owner, "+4930901820")
    draft = FaqDraft("When do you open?", "At eight.")
    await create_faq_entry(owner, secretariat_id=None, draft=draft, idempotency_key=new_id().hex, given={})
    return secretariat


async def make_stored_calendar(
    employee: UUID, url: str = "https://calendar.example/secret/basic.ics", host: str = "calendar.example"
) -> UUID:
    """Add a feed to an employee that is not due, at an address that nobody requests."""
    calendar_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO employee_calendar (id, employee_id, version, url, host, use_titles, tentative_counts,
                                          next_at, failures, warnings, made_at)
           VALUES ($1, $2, 1, $3, $4, false, false, leadgate_clock() + interval '1 year', 0, '{}',
                   leadgate_clock())""",
        calendar_id,
        employee,
        seal_address(SEALER, calendar_id, Address(url, host)),
        host,
    )
    return calendar_id


async def make_call(agent: Viewer, employee_id: UUID | None = None, *, dialled: str = NUMBER) -> UUID:
    """Let an agent answer a call of somebody who wants an employee."""
    return await answer_dialled(
        agent,
        Silence(),
        dialled=dialled,
        caller="+4930901820",
        employee_id=employee_id,
        idempotency_key=new_id().hex,
    )


async def make_finished_call(agent: Viewer, owner: Viewer) -> UUID:
    """Let an agent answer a call, try an employee of the owner's company, and take a message."""
    employee = await make_employee(owner, "Bea Two", extension="+493023125101", wish=TransferWish.ALL)
    call_id = await make_call(agent, employee)
    await record_transfer(
        agent,
        Silence(),
        call_id,
        employee_id=employee,
        result=TransferResult.NO_ANSWER,
        message_for_caller=None,
        expected_version=None,
        idempotency_key=new_id().hex,
    )
    said = [("NAME", "Jo Doe"), ("COMPANY", "Doe Ltd"), ("PHONE", "030 901820"), ("CONCERN", "An invoice.")]
    await finish_call(
        agent, Silence(), call_id, Finish(CallOutcome.MESSAGE_TAKEN, NoteDraft(said, (), False, None))
    )
    return call_id
