"""Changes of calendars: who may, what is refused, what is stored of the address, and what happens at once."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal, RefusalCode
from models.calls.calendars.address import open_address
from models.calls.calendars.change import (
    CalendarChanges,
    create_calendar,
    delete_calendar,
    refresh_calendar,
    update_calendar,
)
from models.calls.calendars.limits import MOST_CALENDARS
from models.calls.calendars.refresh import claim_due
from models.calls.employees import delete_employee
from models.calls.refusals import CallRefusal
from tests.models.calls.calendars.conftest import Office
from tests.support.calendars import (
    address,
    ics,
    make_calendar,
    meeting,
    outside,
    publishes,
    read_due,
    rounds,
    row_of,
    told,
)
from tests.support.calls import make_absence, version_of
from tests.support.marketplace import START
from tests.support.messages import SEALER

LUNCH = ics(meeting("20260302T120000", "20260302T130000", "SUMMARY:Lunch with Bob"))


async def refused(action: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        await action  # type: ignore[misc]
    return caught.value


async def change(office: Office, calendar: UUID, version: int | None = 1, **given: object) -> UUID:
    return await update_calendar(
        office.owner,
        SEALER,
        outside(office.server),
        calendar_id=calendar,
        expected_version=version,
        changes=CalendarChanges(**given),  # type: ignore[arg-type]
    )


async def create(office: Office, url: str | None, key: str | None = "once") -> UUID:
    return await create_calendar(
        office.owner,
        SEALER,
        outside(office.server),
        employee_id=office.agnes,
        changes=CalendarChanges(url),
        idempotency_key=key,
        given={"url": url},
    )


async def test_the_address_is_stored_sealed_and_only_its_host_is_readable(office: Office) -> None:
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    row = await row_of(calendar)
    sealed = row["url"]
    assert isinstance(sealed, bytes)
    assert open_address(SEALER, calendar, sealed) == address(office.server)
    assert row["host"] == "127.0.0.1"
    assert "secret-token" not in str(row)
    assert b"secret-token" not in sealed
    notes = await fetch(
        connection(), "SELECT subject_kind, fields_changed FROM secretariat_change ORDER BY id"
    )
    assert (notes[-1]["subject_kind"], notes[-1]["fields_changed"]) == ("EmployeeCalendar", ["created"])


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example/x.ics",
        "file:///etc/passwd",
        "ftp://calendar.example/x.ics",
        "https://localhost/x.ics",
        "https://127.0.0.1/x.ics",
        "https://169.254.169.254/x.ics",
        "https://10.1.2.3/x.ics",
        "https://[fd00::1]/x.ics",
        "https://user:password@calendar.example/x.ics",
        "https://calendar.example:8443/x.ics",
        "webcal://127.0.0.1/x.ics",
        "https://kalender.exämple/x.ics",
        "something else",
        "https://",
        "",
        f"https://calendar.example/{'x' * 2_000}",
    ],
)
async def test_an_address_that_may_not_be_requested_is_refused_without_quoting_it(
    office: Office, url: str
) -> None:
    refusal = await refused(create(office, url))
    assert (refusal.reason, refusal.field) == (CallRefusal.CALENDAR_URL_INVALID, ("url",))
    assert not url or url not in str(refusal)
    assert await fetch(connection(), "SELECT FROM employee_calendar") == []


async def test_an_address_to_subscribe_to_is_requested_with_tls(office: Office) -> None:
    """The private host of the tests allows any scheme of HTTP, so only the stored address shows it."""
    calendar = await create(office, f"webcal://127.0.0.1:{office.server.port}/x.ics")
    sealed = (await row_of(calendar))["url"]
    assert isinstance(sealed, bytes)
    assert open_address(SEALER, calendar, sealed) == f"https://127.0.0.1:{office.server.port}/x.ics"


async def test_a_new_calendar_needs_an_address_and_a_key_and_is_made_once(office: Office) -> None:
    assert (await refused(create(office, None))).reason is CallRefusal.CALENDAR_URL_MISSING
    assert (await refused(create(office, address(office.server), None))).reason is CallRefusal.KEY_MISSING
    first = await create(office, address(office.server))
    assert await create(office, address(office.server)) == first
    assert (await refused(create(office, address(office.server, "/other")))).code is (
        RefusalCode.IDEMPOTENCY_CONFLICT
    )


async def test_an_employee_has_at_most_ten_calendars(office: Office) -> None:
    for _ in range(MOST_CALENDARS):
        await make_calendar(office.owner, office.agnes, office.server)
    refusal = await refused(make_calendar(office.owner, office.agnes, office.server))
    assert refusal.reason is CallRefusal.TOO_MANY_CALENDARS


async def test_titles_are_gone_as_soon_as_they_may_no_longer_be_told(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server, titles=True)
    await read_due(office.server)
    assert "Bob" in (await told(office.agnes))[0][2]
    await change(office, calendar, use_titles=False)
    assert [text for _, _, text in await told(office.agnes)] == ["In einem Termin bis 14:00 Uhr."]
    assert await read_due(office.server) == 0


async def test_titles_that_may_be_told_are_read_at_once(office: Office) -> None:
    office.server.script = publishes(LUNCH, 'ETag: "one"')
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    await change(office, calendar, use_titles=True)
    await read_due(office.server)
    assert "if-none-match" not in office.server.received[-1].headers
    assert "Bob" in (await told(office.agnes))[0][2]


async def test_tentative_events_count_from_the_change_on(office: Office) -> None:
    office.server.script = publishes(ics(meeting("20260302T120000", "20260302T130000", "STATUS:TENTATIVE")))
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert await told(office.agnes) == []
    await change(office, calendar, tentative_counts=True)
    await read_due(office.server)
    assert len(await told(office.agnes)) == 1


async def test_another_address_is_read_at_once_and_forgets_the_failures(office: Office) -> None:
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert (await row_of(calendar))["failures"] == 1
    office.server.scripts["/new.ics"] = publishes(LUNCH)
    await change(office, calendar, url=address(office.server, "/new.ics"))
    row = await row_of(calendar)
    assert (row["failures"], row["problem"], row["failing_since"], row["version"]) == (0, None, None, 2)
    await read_due(office.server)
    assert len(await told(office.agnes)) == 1


async def test_a_change_while_a_feed_is_read_is_not_overwritten_by_it(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server, titles=True)
    [due] = await claim_due(1)
    await change(office, calendar, use_titles=False)
    running = rounds(office.server)
    await running._reader.refresh(due, 0.5)
    await running.close()
    assert await told(office.agnes) == []


async def test_nothing_is_changed_without_a_difference_or_with_an_old_version(office: Office) -> None:
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await change(office, calendar, use_titles=False)
    assert (await row_of(calendar))["version"] == 1
    assert (await refused(change(office, calendar, 7, use_titles=True))).code is RefusalCode.STALE_VERSION
    assert (await refused(change(office, calendar, None, use_titles=True))).code is RefusalCode.REQUIRED


async def test_a_calendar_is_read_on_request_at_most_once_a_minute(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert await read_due(office.server) == 0
    await refresh_calendar(office.owner, calendar_id=calendar)
    assert await read_due(office.server) == 1
    await office.clock.advance(timedelta(seconds=59.999999))
    refusal = await refused(refresh_calendar(office.owner, calendar_id=calendar))
    assert refusal.reason is CallRefusal.CALENDAR_ASKED_TOO_SOON
    await office.clock.advance(timedelta(microseconds=1))
    await refresh_calendar(office.owner, calendar_id=calendar)
    assert await read_due(office.server) == 1


async def test_appointments_and_hours_go_with_their_calendar_and_others_stay(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    other = await make_calendar(office.owner, office.agnes, office.server, "/other.ics")
    mine = await make_absence(office.owner, office.agnes, START.date(), START.date())
    await read_due(office.server)
    assert await delete_calendar(office.owner, calendar_id=calendar, expected_version=1) == office.agnes
    rows = await fetch(connection(), "SELECT id, calendar_id FROM appointment")
    assert {(row["id"] == mine, row["calendar_id"]) for row in rows} == {(True, None), (False, other)}
    gone = await refused(delete_calendar(office.owner, calendar_id=calendar, expected_version=1))
    assert gone.reason is CallRefusal.CALENDAR_NOT_FOUND


async def test_the_calendars_of_an_employee_who_is_removed_are_deleted(office: Office) -> None:
    office.server.script = publishes(LUNCH)
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    version = await version_of("employee", office.agnes)
    await delete_employee(office.owner, employee_id=office.agnes, expected_version=version)
    assert await fetch(connection(), "SELECT FROM employee_calendar") == []
    assert await fetch(connection(), "SELECT FROM appointment") == []


async def test_another_company_and_other_employees_find_no_calendar(office: Office) -> None:
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    for viewer in (office.place.other_vendor.owner, office.place.vendor.employee):
        refusal = await refused(refresh_calendar(viewer, calendar_id=calendar))
        assert refusal.reason is CallRefusal.CALENDAR_NOT_FOUND
    agent = await refused(refresh_calendar(office.place.agent, calendar_id=calendar))
    assert agent.code is RefusalCode.FORBIDDEN
    unknown = await refused(refresh_calendar(office.owner, calendar_id=new_id()))
    assert unknown.reason is CallRefusal.CALENDAR_NOT_FOUND
