"""The demo vendor's phone secretariat; its people are fake, and its numbers reach nobody.

Whether an employee is there follows from the clock: one is on holiday for two weeks from the day on which the
demo is seeded, and on the next Sunday nobody takes the calls of strangers. Seeding after these absences adds
new ones.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.clock import database_now
from models.base.database import connection, fetch, fetch_one
from models.base.local_time import local_day
from models.base.viewer import Viewer
from models.calls.appointments import AppointmentDraft, create_appointment
from models.calls.employee_draft import EmployeeChanges
from models.calls.employees import create_employee, update_employee
from models.calls.faq import FaqDraft, create_faq_entry
from models.calls.hours import SpanDraft, set_hours
from models.calls.recognition import VipTreatment
from models.calls.set_up import confirm_secretariat, create_secretariat, update_secretariat
from models.calls.vip_callers import VipDraft, create_vip
from models.process.wake import Silence
from rules.calls.call_route import TransferWish

NUMBER = "+493023125100"
HOLIDAY = timedelta(days=14)
GREETING = (
    "Herzlich willkommen bei Lindqvist Studio, mein Name ist [Vorname, Nachname]. Was kann ich für Sie tun?"
)
INSTRUCTION = (
    "Ask for the address of the website. If a shop is down, say that somebody will call back within the hour."
)

# The owner is the first employee of every secretariat.
OWNER: EmployeeChanges = {
    "position": "Owner",
    "responsibility": "Contracts and prices",
    "extension": "+49 30 23125 101",
    "mobile": "+44 7700 900123",
    "vip_sms_tick": True,
    "wish": TransferWish.VIP_ONLY,
}
PRESENT: EmployeeChanges = {
    "name": "Tomas Reinholt",
    "email": "tomas.reinholt@lindqvist.example",
    "position": "Designer",
    "responsibility": "New websites",
    "extension": "+49 30 23125 102",
    "mobile": "+44 7700 900124",
    "sms_tick": True,
    "vip_sms_tick": True,
    "wish": TransferWish.ALL,
}
DEPUTY: EmployeeChanges = {
    "name": "Nora Dahlke",
    "email": "nora.dahlke@lindqvist.example",
    "position": "Engineer",
    "responsibility": "Emergencies, day and night except on Sundays",
    "extension": "+49 30 23125 103",
    "wish": TransferWish.ALL,
}
ON_HOLIDAY: EmployeeChanges = {
    "name": "Mira Osterwald",
    "email": "mira.osterwald@lindqvist.example",
    "position": "Engineer",
    "responsibility": "Online shops",
    "extension": "+49 30 23125 104",
    "wish": TransferWish.ALL,
}
DEPUTY_HOURS = tuple(SpanDraft(weekday, "00:00", "24:00") for weekday in range(1, 7))

COMPANY_VIP = VipDraft(
    "+49 30 23125 4",
    block=True,
    name="Harbour Museum (demo)",
    note="Largest customer; every extension of the museum begins like this.",
    treatment=VipTreatment.PREFERRED,
    waives=(),
)
EMPLOYEE_VIP = VipDraft(
    "+49 30 23125 511",
    block=False,
    name="Kita Sonnenhof (demo)",
    note="The kindergarten of Tomas's children: put it through immediately.",
    treatment=VipTreatment.PREFERRED,
    waives=("COMPANY", "CONCERN"),
)
UNWANTED = VipDraft(
    "+49 30 23125 666",
    block=False,
    name="Golden Directory (demo)",
    note="Sells entries in a directory that nobody reads.",
    treatment=VipTreatment.UNWANTED,
    waives=(),
)
FAQ = (
    FaqDraft("What does a website cost?", "From 8,000 euros. Vera Lindqvist makes an offer within two days."),
    FaqDraft("When is the studio open?", "By appointment. Visitors find us on the second floor."),
    FaqDraft("How long does a relaunch take?", "Eight to twelve weeks from the first meeting."),
)


async def open_phone(operator: Viewer, owner: Viewer) -> None:
    """Create the secretariat of the owner's company and confirm it, unless that has been done already."""
    row = await fetch_one(
        connection(),
        """SELECT confirmed_at FROM users LEFT JOIN secretariat USING (account_id)
           WHERE users.id = $1 AND disabled_at IS NULL""",
        owner.user_id,
    )
    if row is None:
        return  # nobody can sign in for the company
    if row["confirmed_at"] is None:  # an interrupted seed is continued
        await _set_up(operator, owner)
    await _send_away(owner)


async def _set_up(operator: Viewer, owner: Viewer) -> None:
    if owner.account_id is None:
        raise LookupError("the demo's vendor has no account")
    secretariat_id = await create_secretariat(
        operator,
        account_id=owner.account_id,
        transfer_included=True,
        phone_numbers=[NUMBER],
        number_blocks=[],
        language=None,
        time_zone=None,
        holidays_of_place=None,
        idempotency_key="seed",
    )
    await update_secretariat(
        owner,
        secretariat_id=None,
        expected_version=await _version("secretariat", secretariat_id),
        changes={"greeting": GREETING, "handling_instruction": INSTRUCTION},
    )
    row = await fetch_one(
        connection(), "SELECT fallback_employee_id FROM secretariat WHERE id = $1", secretariat_id
    )
    first = None if row is None else row["fallback_employee_id"]
    if first is not None:
        await update_employee(
            owner, employee_id=first, expected_version=await _version("employee", first), changes=OWNER
        )
    present = await _employ(owner, {**PRESENT, "deputy_id": first})
    deputy = await _employ(owner, DEPUTY)
    await set_hours(
        owner,
        employee_id=deputy,
        expected_version=await _version("employee", deputy),
        hours=DEPUTY_HOURS,
    )
    await _employ(owner, {**ON_HOLIDAY, "deputy_id": deputy})
    for draft, employee_id in ((COMPANY_VIP, None), (EMPLOYEE_VIP, present), (UNWANTED, None)):
        await create_vip(
            owner,
            secretariat_id=None,
            draft=replace(draft, employee_id=employee_id),
            idempotency_key=f"seed:{draft.number}",
            given={},
        )
    for entry in FAQ:
        await create_faq_entry(
            owner, secretariat_id=None, draft=entry, idempotency_key=f"seed:{entry.question}", given={}
        )
    await confirm_secretariat(
        owner,
        Silence(),
        secretariat_id=None,
        expected_version=await _version("secretariat", secretariat_id),
    )


async def _employ(owner: Viewer, employee: EmployeeChanges) -> UUID:
    saved = await create_employee(
        owner,
        secretariat_id=None,
        employee=employee,
        idempotency_key=f"seed:{employee['email']}",
        given={},
    )
    return saved.id


async def _send_away(owner: Viewer) -> None:
    """Add the absences of employees who have none that is yet to end."""
    conn = connection()
    rows = await fetch(
        conn,
        """SELECT employee.id, employee.email, time_zone FROM employee
           JOIN secretariat ON secretariat.id = employee.secretariat_id
           WHERE account_id = $1 AND email = ANY($2) AND removed_at IS NULL AND NOT EXISTS (
               SELECT FROM appointment WHERE employee_id = employee.id AND ends_at > leadgate_clock())""",
        owner.account_id,
        [PRESENT["email"], ON_HOLIDAY["email"]],
    )
    now = await database_now(conn)
    for row in rows:
        today = local_day(now, ZoneInfo(row["time_zone"]))
        first, last, text = today, today + HOLIDAY - timedelta(days=1), "on holiday"
        if row["email"] == PRESENT["email"]:
            first = last = today + timedelta(days=7 - today.isoweekday() % 7)
            text = "at a concert"
        await create_appointment(
            owner,
            employee_id=row["id"],
            draft=AppointmentDraft(text, reachable=False, first_day=first, last_day=last),
            idempotency_key=f"seed:{row['id']}:{first}",
            given={},
        )


async def _version(table: str, row_id: UUID) -> int:
    row = await fetch_one(connection(), f"SELECT version FROM {table} WHERE id = $1", row_id)
    if row is None:
        raise LookupError(f"{table}: the row was just created but does not exist")
    version: int = row["version"]
    return version
