"""Changes of a secretariat and its employees: what they store, refuse and warn of, and races of editors."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode
from models.calls.appointments import AppointmentDraft, create_appointment
from models.calls.employees import delete_employee, set_absence_text, update_employee
from models.calls.faq import FaqDraft, create_faq_entry, update_faq_entry
from models.calls.hours import SpanDraft, set_hours
from models.calls.list import find_secretariat
from models.calls.numbers import set_numbers
from models.calls.set_up import confirm_secretariat
from models.calls.tables import Employee, Secretariat
from models.calls.views import SecretariatView
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from models.tables import Account
from rules.calls.call_route import TransferWish
from tests.support.calls import (
    NUMBER,
    make_absence,
    make_employee,
    make_secretariat,
    make_vip,
    version_of,
)
from tests.support.database import Database
from tests.support.marketplace import START, Marketplace

DAY = timedelta(days=1)


async def view(place: Marketplace) -> SecretariatView:
    found = await find_secretariat(connection(), place.vendor.owner)
    assert found is not None
    return found


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def confirm(place: Marketplace) -> None:
    await confirm_secretariat(
        place.vendor.owner, Silence(), secretariat_id=None, expected_version=(await view(place)).version
    )


async def test_a_set_up_is_prefilled_from_the_account_and_its_owner(place: Marketplace) -> None:
    """S4.1, S4.4, S4.6."""
    await make_secretariat(place)
    made = await view(place)
    assert made.greeting.startswith(
        "Herzlich willkommen bei Fake Vendor Ltd, mein Name ist [Vorname, Nachname]"
    )
    assert (made.handling_instruction, made.confirmed, made.phone_numbers) == (None, False, [NUMBER])
    owner = await Employee.get(id=made.fallback_employee_id)
    assert (owner.first_name, owner.last_name, owner.wish) == ("Owner", "Fake", TransferWish.NONE)
    asked = await fetch(connection(), "SELECT key, label FROM asked_field ORDER BY position")
    assert [row["key"] for row in asked] == ["NAME", "COMPANY", "PHONE", "CONCERN"]
    assert asked[3]["label"] == "Anliegen"


async def test_what_is_confirmed_and_changed_later_has_to_be_confirmed_again(place: Marketplace) -> None:
    """S4.1: of an extension, but not of a position."""
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Agnes Tellier")
    await confirm(place)
    assert (await view(place)).confirmed
    before = await view(place)
    await update_employee(
        place.vendor.owner, employee_id=employee, expected_version=1, changes={"position": "Accounts"}
    )
    assert (await view(place)).confirmed
    await update_employee(
        place.vendor.member, employee_id=employee, expected_version=2, changes={"extension": "030 23125-101"}
    )
    changed = await view(place)
    assert (changed.confirmed, changed.changed_parts) == (False, ["extension"])
    stale = await refused(
        confirm_secretariat(
            place.vendor.owner, Silence(), secretariat_id=None, expected_version=before.version
        )
    )
    assert stale.code is RefusalCode.STALE_VERSION
    await confirm(place)
    assert (await view(place)).confirmed


async def test_only_an_owner_confirms(place: Marketplace) -> None:
    await make_secretariat(place)
    said = await refused(
        confirm_secretariat(place.vendor.member, Silence(), secretariat_id=None, expected_version=1)
    )
    assert said.code is RefusalCode.FORBIDDEN


async def test_the_company_is_asked_to_check_again_after_the_policys_days(
    place: Marketplace, database: Database
) -> None:
    """S4.1: at the microsecond, once, and counted anew from the next confirmation."""
    await make_secretariat(place)
    await confirm(place)
    await database.clock.advance(100 * DAY)
    await confirm(place)
    due = START + 280 * DAY
    assert (await view(place)).check_by == due
    await database.clock.set(due - timedelta(microseconds=1))
    assert (await sweep(Silence())).deadlines == []
    await database.clock.set(due)
    assert [done.outcome for done in (await sweep(Silence())).deadlines] == ["asked"]
    rows = await fetch(
        connection(), "SELECT recipient, kind FROM feed_event WHERE kind = 'SECRETARIAT_CHECK'"
    )
    assert [row["recipient"] for row in rows] == [place.vendor.id]
    assert await fetch(connection(), "SELECT FROM outbox_message WHERE template = 'secretariat_check'")


async def test_a_number_belongs_to_one_company_and_nobody_learns_to_whom(place: Marketplace) -> None:
    await make_secretariat(place)
    other = await make_secretariat(place, place.other_vendor.id, numbers=("+493023125200",))
    taken = await refused(
        set_numbers(
            place.operator,
            secretariat_id=other,
            expected_version=1,
            phone_numbers=["+493023125200"],
            number_blocks=["+4930231251"],
        )
    )
    assert (taken.code, taken.field) == (RefusalCode.CONFLICT, ("phoneNumbers",))
    assert "Fake Vendor" not in taken.message
    short = await refused(
        set_numbers(
            place.operator, secretariat_id=other, expected_version=1, phone_numbers=[], number_blocks=["0302"]
        )
    )
    assert short.code is RefusalCode.INVALID
    await set_numbers(
        place.operator,
        secretariat_id=other,
        expected_version=1,
        phone_numbers=[],
        number_blocks=["+4930231252"],
    )
    found = await find_secretariat(connection(), place.agent, number="+493023125277")
    assert found is not None
    assert found.id == other


async def test_a_text_message_needs_a_mobile_number(place: Marketplace) -> None:
    """S4.12: also when the number is removed later."""
    await make_secretariat(place)
    missing = await refused(make_employee(place.vendor.owner, "Agnes Tellier", sms_tick=True))
    assert (missing.code, missing.field) == (RefusalCode.REQUIRED, ("mobile",))
    employee = await make_employee(
        place.vendor.owner, "Agnes Tellier", sms_tick=True, mobile="+49170123456789"
    )
    removed = await refused(
        update_employee(
            place.vendor.owner, employee_id=employee, expected_version=1, changes={"mobile": None}
        )
    )
    assert removed.code is RefusalCode.REQUIRED


async def test_a_removed_employee_is_nobodys_deputy_and_leaves_a_name_only(place: Marketplace) -> None:
    owner = place.vendor.owner
    await make_secretariat(place)
    gone = await make_employee(owner, "Ada One", mobile="+491701234567", cc=["team.fake@vendor.example"])
    left = await make_employee(owner, "Bea Two", deputy_id=gone)
    await make_vip(owner, "+4930901820", gone)
    await delete_employee(owner, employee_id=gone, expected_version=1)
    stored = await Employee.get(id=gone)
    assert (stored.last_name, stored.email, stored.cc, stored.mobile) == ("One", "", [], None)
    row = await fetch_one(connection(), "SELECT deputy_id FROM employee WHERE id = $1", left)
    assert row is not None
    assert row["deputy_id"] is None
    assert not await fetch(connection(), "SELECT FROM vip_caller")
    again = await refused(delete_employee(owner, employee_id=gone, expected_version=2))
    assert again.code is RefusalCode.NOT_FOUND


async def test_overlaps_are_warned_of(place: Marketplace) -> None:
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Ada One")
    await make_absence(place.vendor.owner, employee, date(2026, 3, 9), date(2026, 3, 12))
    again = AppointmentDraft("fair", reachable=True, first_day=date(2026, 3, 12), last_day=date(2026, 3, 13))
    saved = await create_appointment(
        place.vendor.owner, employee_id=employee, draft=again, idempotency_key="fair", given={}
    )
    assert [warning.values["number"] for warning in saved.warnings] == [1]


@pytest.mark.parametrize(
    "hours",
    [
        [SpanDraft(1, "08:00", "12:00"), SpanDraft(1, "11:59", "13:00")],
        [SpanDraft(0, "08:00", "12:00")],
        [SpanDraft(1, "12:00", "12:00")],
        [SpanDraft(1, "8:00", "12:00")],
        [SpanDraft(1, "08:00", "24:01")],
    ],
)
async def test_hours_are_within_a_day_and_do_not_overlap(place: Marketplace, hours: list[SpanDraft]) -> None:
    wrong = await refused(
        set_hours(place.vendor.owner, employee_id=new_id(), expected_version=1, hours=hours)
    )
    assert (wrong.code, wrong.field) == (RefusalCode.INVALID, ("hours",))


async def test_hours_may_touch_and_last_until_midnight(place: Marketplace) -> None:
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Ada One")
    spans = [SpanDraft(1, "12:00", "24:00"), SpanDraft(1, "00:00", "12:00")]
    await set_hours(place.vendor.owner, employee_id=employee, expected_version=1, hours=spans)
    rows = await fetch(connection(), "SELECT from_minute, until_minute FROM weekly_hours ORDER BY 1")
    assert [tuple(row) for row in rows] == [(0, 720), (720, 1_440)]


async def test_a_caller_has_one_entry_per_employee_and_one_of_the_company(place: Marketplace) -> None:
    """A block is another entry than the number itself."""
    owner = place.vendor.owner
    await make_secretariat(place)
    employee = await make_employee(owner, "Ada One")
    await make_vip(owner, "030 90182-0")
    await make_vip(owner, "030 901820", employee)
    await make_vip(owner, "030 901820", block=True)
    again = await refused(make_vip(owner, "+49 30 901820"))
    assert (again.code, again.field) == (RefusalCode.CONFLICT, ("number",))


async def test_a_repeated_request_adds_nothing(place: Marketplace) -> None:
    await make_secretariat(place)
    draft = FaqDraft("When do you open?", "At eight.")
    ids = {
        await create_faq_entry(
            place.vendor.owner, secretariat_id=None, draft=draft, idempotency_key="once", given={"n": 1}
        )
        for _ in range(2)
    }
    [entry] = ids
    await update_faq_entry(
        place.vendor.member, entry_id=entry, expected_version=1, draft=FaqDraft("Open?", "Yes.")
    )
    rows = await fetch(connection(), "SELECT question, position FROM faq_entry")
    assert [tuple(row) for row in rows] == [("Open?", 1)]


async def test_who_changed_which_fields_is_written_down_without_values(place: Marketplace) -> None:
    await make_secretariat(place)
    employee = await make_employee(place.vendor.owner, "Ada One", mobile="+491701234567")
    await set_absence_text(
        place.vendor.member, employee_id=employee, expected_version=1, text="Please write an email."
    )
    rows = await fetch(
        connection(), "SELECT by_id, subject_kind, fields_changed FROM secretariat_change ORDER BY id"
    )
    assert [row["subject_kind"] for row in rows] == ["Secretariat", "Employee", "Employee"]
    assert "mobile" in rows[1]["fields_changed"]
    assert (rows[2]["by_id"], rows[2]["fields_changed"]) == (place.vendor.member.user_id, ["absenceText"])


async def test_two_secretariats_of_one_account_are_refused(place: Marketplace) -> None:
    await make_secretariat(place)
    assert (await refused(make_secretariat(place, numbers=()))).code is RefusalCode.CONFLICT
    assert await Secretariat.all().count() == 1
    assert await Account.all().count() == 2


async def read_id(table: str) -> UUID:
    row = await fetch_one(connection(), f"SELECT id FROM {table}")
    assert row is not None
    found: UUID = row["id"]
    return found


async def test_the_version_of_a_row_rises_with_each_change(place: Marketplace) -> None:
    await make_secretariat(place)
    await make_vip(place.vendor.owner, "+4930901820")
    assert await version_of("vip_caller", await read_id("vip_caller")) == 1
