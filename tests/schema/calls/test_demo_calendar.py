"""The calendar of the demo: what it says, who serves it, and the employee who has it."""

from datetime import date

import pytest

from models.base.database import connection, fetch
from models.calls.calendars.address import open_address
from models.seed.calendar import PATH, add_calendar, demo_calendar
from tests.models.calls.calendars.written import said
from tests.schema.calls.conftest import Called
from tests.support.api import Api
from tests.support.messages import SEALER


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2026, 10, 4), date(2026, 12, 31)])
def test_the_calendar_of_the_demo_has_a_lunch_on_working_days_and_a_private_visit(today: date) -> None:
    found = said(demo_calendar(today).encode(), titles=True)
    titles = [title for *_, title in found.away]
    assert set(titles) <= {"Lunch", None}
    assert titles.count("Lunch") > 50
    assert "Time for ideas" not in str(found.away)
    assert found.warnings == {}


async def test_it_is_served_with_a_tag_by_which_it_need_not_be_sent_again(api: Api) -> None:
    answer = await api.http.get(PATH)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR")
    again = await api.http.get(PATH, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_seeding_again_moves_the_calendar_to_the_address_that_the_server_has_now(
    called: Called,
) -> None:
    account = called.place.vendor.id
    await add_calendar(SEALER, account, "127.0.0.1", 8000)
    await add_calendar(SEALER, account, "::1", 8001)
    [row] = await fetch(connection(), "SELECT id, url, host, next_at FROM employee_calendar")
    assert open_address(SEALER, row["id"], row["url"]) == f"http://[::1]:8001{PATH}"
    assert row["host"] == "::1"
