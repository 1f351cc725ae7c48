"""The calendar that a user subscribes to: what each kind of viewer reads, caching, and when it ends."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from icalendar import Calendar

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.messages.calendar.published import MOST_ENTRIES
from models.process.wake import Silence
from tests.models.messages.calendar.judges import read
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.complaints import filed
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, HOUR, START, apply
from tests.support.mutation_calls import call
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

CREATED = "feed { url createdAt lastReadAt }"
MEETING = START + timedelta(days=3)
REVEAL = START + 48 * HOUR


async def _subscribe(api: Api, applied: Applied, kind: Kind = Kind.OWNER) -> str:
    """Create a feed and return the path of its address."""
    made = await call(await applied.client(api, kind), "calendarFeedCreate", wanted=CREATED)
    address = urlsplit(made["feed"]["url"])
    assert f"{address.scheme}://{address.netloc}" == api.services.settings.origin
    path: str = address.path
    return path


async def _get(api: Api, path: str, tag: str | None = None) -> httpx.Response:
    return await api.http.get(path, headers={"If-None-Match": tag} if tag else {})


async def _entries(api: Api, path: str) -> list[tuple[str, object]]:
    response = await _get(api, path)
    assert response.status_code == 200
    text = response.content.replace(b"\r\n ", b"").decode()
    assert not any(value in text for value in CONTACT_VALUES)
    return [(event.summary, event.ends) for event in read(response.content)]


async def _answered(applied: Applied) -> UUID:
    """Add an application with a meeting, which the prospect accepted; return its delivery."""
    made = await apply(applied.place.vendor, applied.free, meeting_at=MEETING)
    await accept(applied.place.prospect.viewer, Silence(), made)
    (row,) = await fetch(connection(), "SELECT id FROM delivery WHERE application_id = $1", made)
    delivery: UUID = row["id"]
    return delivery


async def test_the_address_is_shown_once_and_its_token_is_stored_nowhere(api: Api, applied: Applied) -> None:
    client = await applied.client(api, Kind.OWNER)
    path = await _subscribe(api, applied)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 64
    asked = "{ viewer { calendarFeed { url createdAt lastReadAt } } }"
    shown = (await client.ask(asked)).data["viewer"]["calendarFeed"]
    assert (shown["url"], shown["lastReadAt"]) == (None, None)
    assert datetime.fromisoformat(shown["createdAt"]) == START
    (row,) = await fetch(connection(), "SELECT feed::text AS stored FROM calendar_feed AS feed")
    assert token not in row["stored"]


async def test_a_vendor_reads_meetings_open_answers_and_complaint_windows(api: Api, applied: Applied) -> None:
    """Titles and links only; never contact data, even after the reveal."""
    await _answered(applied)
    window_ends = (await fetch(connection(), "SELECT complaint_until FROM delivery"))[0]["complaint_until"]
    assert await _entries(api, await _subscribe(api, applied)) == [
        ("Answer due: “Website relaunch”", REVEAL),
        ("Meeting: “Website relaunch”", MEETING + HOUR),
        ("Complaint window ends: “Website relaunch”", window_ends),
    ]


async def test_a_prospect_reads_meetings_and_answers_that_are_due_in_their_language(
    api: Api, applied: Applied
) -> None:
    await _answered(applied)
    prospect = applied.place.prospect.viewer
    await fetch(connection(), "UPDATE users SET locale = 'pl' WHERE id = $1", prospect.user_id)
    assert await _entries(api, await _subscribe(api, applied, Kind.PROSPECT)) == [
        ("Odpowiedź dla Fake Vendor Ltd: „Website relaunch”", REVEAL),
        ("Spotkanie: Fake Vendor Ltd, „Website relaunch”", MEETING + HOUR),
    ]
    assert await _entries(api, await _subscribe(api, applied, Kind.OTHER_PROSPECT)) == []


async def test_an_operator_reads_when_decisions_are_due_and_a_complaint_ends_its_window(
    api: Api, applied: Applied
) -> None:
    await filed(applied.place.vendor, [await _answered(applied)])
    (row,) = await fetch(connection(), "SELECT number, decide_by FROM complaint")
    assert await _entries(api, await _subscribe(api, applied, Kind.OPERATOR)) == [
        (f"Decide complaint {row['number']}", row["decide_by"])
    ]
    own = await _entries(api, await _subscribe(api, applied))
    assert not any(summary.startswith("Complaint window") for summary, _ in own)


async def test_what_is_proposed_is_tentative_and_what_is_declined_or_closed_is_gone(
    api: Api, applied: Applied
) -> None:
    made = await apply(applied.place.vendor, applied.free, meeting_at=MEETING)
    path = await _subscribe(api, applied)
    states = {event.summary: event.status for event in read((await _get(api, path)).content)}
    assert states["Proposed meeting: “Website relaunch”"] == "TENTATIVE"
    await decline(applied.place.prospect.viewer, Silence(), made)
    await fetch(connection(), "UPDATE prospect SET erased_at = leadgate_clock()")
    assert await _entries(api, path) == []


async def test_deadlines_end_when_they_are_due_and_meetings_stay_for_a_month(
    api: Api, applied: Applied, database: Database
) -> None:
    await _answered(applied)
    path = await _subscribe(api, applied)
    await database.clock.set(REVEAL)
    assert "Answer due: “Website relaunch”" not in dict(await _entries(api, path))
    await database.clock.set(MEETING + timedelta(days=31))
    assert "Meeting: “Website relaunch”" in dict(await _entries(api, path))
    await database.clock.advance(timedelta(seconds=1))
    assert await _entries(api, path) == []


async def test_what_has_not_changed_is_not_sent_again(api: Api, applied: Applied, database: Database) -> None:
    """A strong tag: the same until an entry changes, in any list of tags, and with HEAD."""
    path = await _subscribe(api, applied)
    first = await _get(api, path)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert first.headers["Cache-Control"] == "private, max-age=300"
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n" in first.content
    head = await api.http.head(path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", tag)
    assert head.headers["Content-Length"] == str(len(first.content))
    await database.clock.advance(HOUR)
    for known in (tag, f'"other", W/{tag}', "*"):
        same = await _get(api, path, known)
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    await apply(applied.place.vendor, applied.free, meeting_at=MEETING)
    changed = await _get(api, path, tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


async def test_an_address_works_until_it_is_replaced_or_revoked_or_its_user_has_no_calendar(
    api: Api, applied: Applied
) -> None:
    """Each of them is answered like an unknown token."""
    owner, prospect = applied.place.vendor.owner, applied.place.prospect
    first = await _subscribe(api, applied)
    second = await _subscribe(api, applied)
    of_prospect = await _subscribe(api, applied, Kind.PROSPECT)
    unknown = await _get(api, f"/calendar/{'0' * 64}.ics")
    assert (unknown.status_code, unknown.headers["Cache-Control"]) == (404, "no-store")

    async def works(path: str) -> bool:
        response = await _get(api, path)
        assert response.status_code == 200 or response.content == unknown.content
        return response.status_code == 200

    assert [await works(path) for path in (first, second, of_prospect)] == [False, True, True]
    for change, back in (
        ("disabled_at = now()", "disabled_at = NULL"),
        ("account_role = 'EMPLOYEE'", "account_role = 'OWNER'"),
    ):
        await fetch(connection(), f"UPDATE users SET {change} WHERE id = $1", owner.user_id)
        assert not await works(second)
        await fetch(connection(), f"UPDATE users SET {back} WHERE id = $1", owner.user_id)
        assert await works(second)
    await fetch(connection(), "UPDATE prospect SET erased_at = leadgate_clock() WHERE id = $1", prospect.id)
    assert not await works(of_prospect)
    client = await applied.client(api, Kind.OWNER)
    revoked = [(await call(client, "calendarFeedRevoke", wanted="revoked"))["revoked"] for _ in range(2)]
    assert revoked == [True, False]
    assert not await works(second)
    assert (await client.ask("{ viewer { calendarFeed { createdAt } } }")).data["viewer"] == {
        "calendarFeed": None
    }


@pytest.mark.parametrize("token", ["x", "0" * 63, "%00", "é" * 64, "A" * 64])
async def test_a_malformed_token_asks_nothing_of_the_database(api: Api, applied: Applied, token: str) -> None:
    with recorded_statements() as statements:
        assert (await _get(api, f"/calendar/{token}.ics")).status_code == 404
    assert statements == []
    assert (await api.http.post(f"/calendar/{token}.ics")).status_code == 405


async def test_a_token_can_be_read_60_times_an_hour(api: Api, applied: Applied) -> None:
    """Whatever the token is; then the database is not asked."""
    path = f"/calendar/{new_id().hex * 2}.ics"
    for _ in range(60):
        assert (await api.http.head(path)).status_code == 404
    with recorded_statements() as statements:
        refused = await _get(api, path)
    assert (refused.status_code, statements) == (429, [])
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert (await _get(api, await _subscribe(api, applied))).status_code == 200


async def test_a_calendar_has_the_500_entries_that_are_nearest_in_a_fixed_number_of_statements(
    api: Api, applied: Applied
) -> None:
    await filed(applied.place.vendor, [await _answered(applied)])
    path = await _subscribe(api, applied, Kind.OPERATOR)
    costs = []
    for many in (0, MOST_ENTRIES + 20):
        await fetch(
            connection(),
            """INSERT INTO complaint (id, version, number, account_id, policy_id, submitted_at,
                                      submitted_by_id, decide_by)
               SELECT gen_random_uuid(), 1, 'N-' || n, account_id, policy_id, submitted_at, submitted_by_id,
                      $2::timestamptz + make_interval(hours => n)
               FROM complaint, generate_series(1, $1::int) AS n""",
            many,
            START,
        )
        with recorded_statements() as statements:
            response = await _get(api, path, '"none"')
        costs.append(len(statements))
    assert costs == [6, 5]  # the first read is recorded
    found = [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).events]
    assert len(found) == MOST_ENTRIES
    assert found[0] == "Decide complaint N-1"


async def test_a_read_is_recorded_every_five_minutes(api: Api, applied: Applied, database: Database) -> None:
    path = await _subscribe(api, applied)
    seen = []
    for minutes in (0, 4, 1):
        await database.clock.advance(timedelta(minutes=minutes))
        await _get(api, path)
        seen.append((await fetch(connection(), "SELECT last_read_at FROM calendar_feed"))[0]["last_read_at"])
    assert seen == [START, START, START + timedelta(minutes=5)]
