"""What a company keeps about its employees and callers for its calls, and who may see which part of it."""

from datetime import date
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.appointments import AppointmentDraft, create_appointment
from models.calls.call_tables import AttemptSource, CallNote, CallNotice, TransferAttempt, TransferResult
from models.calls.faq import FaqDraft, create_faq_entry
from models.calls.set_up import update_secretariat
from models.tables import Employee, Secretariat
from rules.calls.call_mail import CallOutcome
from tests.leak.finder import Planted
from tests.support.call_notices import ended_call, tell
from tests.support.calls import make_call_set_up, make_employee, make_stored_calendar, make_vip, version_of
from tests.support.marketplace import MadeVendor

# The numbers of these values are above those of all leads.
REACHING = Planted(
    90,
    {
        "email": "bea.zq90xkmail@vendor.example",
        "cc": "team.zq90xkcopy@vendor.example",
        "mobile": "+4915177909494",
        "extension": "+493077903131",
        "calendar_host": "calendar.zq90xk.example",
    },
)
# Whoever knows the address of a calendar reads it: it is stored sealed, and nobody gets it back.
SECRET = Planted(94, {"calendar_url": "https://calendar.zq90xk.example/zq94xk/basic.ics"})
TOLD = Planted(
    91,
    {
        "responsibility": "Zq91xk contracts",
        "absence_text": "At the Zq91xk fair.",
        "appointment": "On holiday in Zq91xk.",
        "handling_instruction": "Ask for the Zq91xk number.",
        "faq_answer": "On the Zq91xk floor.",
        "vip_number": "+498977916262",
        "vip_name": "Zq91xk Fake",
        "vip_note": "Rides a zq91xk bicycle.",
    },
)


def _caller(number: int) -> Planted:
    """Return what is known of the caller of one call."""
    mark = f"Zq{number}xk"
    return Planted(
        number,
        {
            "caller": f"+498977{number}7474",
            "caller_name": f"{mark} Caller",
            "company": f"{mark} Calling GmbH",
            "callback": f"+493077{number}8585",
            "concern": f"A {mark} roof.",
            "answer": f"{mark} order",
            "message_for_caller": f"Call {mark} back at three.",
        },
    )


CALLED, CALLED_LONG_AGO = _caller(92), _caller(93)
COMPANY = {one.number: one for one in (REACHING, TOLD, CALLED, CALLED_LONG_AGO)}
KEPT = {**COMPANY, SECRET.number: SECRET}
_MANAGERS = frozenset({"owner", "member", "operator"})
# Agents need what is told to callers, and never reach an employee by themselves (S4.9). They see a call until
# a day after its end.
READERS = {
    REACHING.number: _MANAGERS,
    TOLD.number: _MANAGERS | {"agent"},
    CALLED.number: _MANAGERS | {"agent"},
    CALLED_LONG_AGO.number: _MANAGERS,
    SECRET.number: frozenset[str](),
}


async def plant_company(operator: Viewer, vendor: MadeVendor) -> None:
    """Plant data at version 1, which mutations change and delete, and data that outlives them."""
    secretariat = await make_call_set_up(operator, vendor)
    owner, told = vendor.owner, TOLD.values
    employee = await make_employee(
        owner,
        "Bea Stays",
        email=REACHING.values["email"],
        cc=[REACHING.values["cc"]],
        mobile=REACHING.values["mobile"],
        extension=REACHING.values["extension"],
        responsibility=told["responsibility"],
        absence_text=told["absence_text"],
    )
    # The row of the EMPLOYEE. No employee more than needed: mutations are called about each.
    await fetch(
        connection(),
        "UPDATE employee SET user_id = $1, deputy_id = $2 WHERE last_name = 'Tellier'",
        vendor.employee.user_id,
        employee,
    )
    away = AppointmentDraft(
        told["appointment"], reachable=False, first_day=date(2026, 3, 1), last_day=date(2026, 3, 20)
    )
    appointment = await create_appointment(
        owner, employee_id=employee, draft=away, idempotency_key=new_id().hex, given={}
    )
    vip = await make_vip(owner, told["vip_number"], employee, name=told["vip_name"], note=told["vip_note"])
    entry = await create_faq_entry(
        owner,
        secretariat_id=None,
        draft=FaqDraft("Which floor?", told["faq_answer"]),
        idempotency_key=new_id().hex,
        given={},
    )
    await update_secretariat(
        owner,
        secretariat_id=None,
        expected_version=await version_of("secretariat", secretariat),
        changes={"handling_instruction": told["handling_instruction"]},
    )
    stay: dict[str, UUID] = {
        "employee": employee,
        "appointment": appointment.id,
        "vip_caller": vip,
        "faq_entry": entry,
        "employee_calendar": await make_stored_calendar(
            employee, SECRET.values["calendar_url"], REACHING.values["calendar_host"]
        ),
    }
    for table, row_id in stay.items():  # the search sends version 1
        await fetch(connection(), f"UPDATE {table} SET version = 2 WHERE id = $1", row_id)


async def plant_call(vendor: MadeVendor, agent: Viewer, caller: Planted) -> None:
    """Plant a call that an agent has finished now, with a note, an attempt to put it through, and notices."""
    secretariat = await Secretariat.get(account_id=vendor.id)
    employee = await Employee.get(last_name="Stays")
    told = caller.values
    call = await ended_call(
        secretariat.id,
        CallOutcome.MESSAGE_TAKEN,
        caller=told["caller"],
        wanted=employee.id,
        agent=agent.user_id,
        note={
            "caller_name": told["caller_name"],
            "company": told["company"],
            "phone": told["callback"],
            "concern": told["concern"],
            "urgent": True,
        },
    )
    await CallNote.filter(call_id=call.id).update(answers={"order": told["answer"]})
    await tell(call)
    notice = await CallNotice.filter(call_id=call.id).first()
    assert notice is not None
    assert call.finished_at is not None
    await TransferAttempt.create(
        call_id=call.id,
        ordinal=1,
        employee_id=employee.id,
        number=REACHING.values["extension"],
        started_at=call.finished_at,
        result=TransferResult.MESSAGE,
        result_at=call.finished_at,
        message_for_caller=told["message_for_caller"],
        decision_id=notice.decision_id,
        by=AttemptSource.AGENT,
    )
