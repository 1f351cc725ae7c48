"""Feeds that are due become appointments: what is kept, replaced, told and tried again (S4 R.hours)."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from models.base.database import connection, fetch
from models.calls.calendars.limits import LONGEST_PAUSE
from models.calls.calendars.refresh import LEASE, claim_due, pause_after
from models.calls.facts import availabilities
from models.calls.presence import Availability
from rules.calls.presence import Presence
from tests.models.calls.calendars.conftest import Office
from tests.rules.support import make_policy
from tests.support.calendars import (
    ics,
    make_calendar,
    meeting,
    publishes,
    read_due,
    rounds,
    row_of,
    told,
)
from tests.support.calls import make_absence
from tests.support.webhook_receiver import answer

NOON, ONE = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 13, tzinfo=UTC)
LUNCH = meeting("20260302T120000", "20260302T130000", "SUMMARY:Lunch with Bob")
REFRESH = timedelta(seconds=900)


async def availability(office: Office, at: datetime) -> Availability:
    return (await availabilities(connection(), [(office.agnes, at)]))[office.agnes, at]


async def test_an_event_becomes_an_appointment_in_the_companys_language_without_its_title(
    office: Office,
) -> None:
    office.server.script = publishes(ics(LUNCH))
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    assert await read_due(office.server) == 1
    assert await told(office.agnes) == [(NOON, ONE, "In einem Termin bis 14:00 Uhr.")]
    there = await availability(office, NOON)
    assert (there.state, there.said, there.until) == (Presence.AWAY, "In einem Termin bis 14:00 Uhr.", ONE)
    row = await row_of(calendar)
    assert (row["problem"], row["failures"], row["failing_since"]) == (None, 0, None)
    assert row["fetched_at"] == row["read_at"]


async def test_titles_are_told_only_if_they_may_be_and_never_of_private_events(office: Office) -> None:
    private = meeting("20260303T120000", "20260303T130000", "SUMMARY:Heart surgery", "CLASS:PRIVATE")
    secret = meeting("20260304T120000", "20260304T130000", "SUMMARY:Merger", "CLASS:CONFIDENTIAL")
    office.server.script = publishes(ics(LUNCH, private, secret))
    await make_calendar(office.owner, office.agnes, office.server, titles=True)
    await read_due(office.server)
    assert [text for _, _, text in await told(office.agnes)] == [
        "Lunch with Bob: In einem Termin bis 14:00 Uhr.",
        "In einem Termin bis 14:00 Uhr.",
        "In einem Termin bis 14:00 Uhr.",
    ]


SAID = {
    "en": (
        "In an appointment until 14:00.",
        "Away up to and including 6 March 2026.",
        "Away until 10:00 on 12 March 2026.",
    ),
    "de": (
        "In einem Termin bis 14:00 Uhr.",
        "Abwesend bis einschließlich 6. März 2026.",
        "Abwesend bis 12. März 2026, 10:00 Uhr.",
    ),
    "pl": (
        "Na spotkaniu do godziny 14:00.",
        "Nieobecność do 6 marca 2026 włącznie.",
        "Nieobecność do 12 marca 2026, godz. 10:00.",
    ),
    "ro": (
        "Într-o întâlnire până la ora 14:00.",
        "Absență până pe 6 martie 2026 inclusiv.",
        "Absență până pe 12 martie 2026, ora 10:00.",
    ),
}


@pytest.mark.parametrize(("language", "expected"), SAID.items())
async def test_absences_are_told_in_the_language_of_the_company(
    office: Office, language: str, expected: tuple[str, ...]
) -> None:
    await fetch(connection(), "UPDATE secretariat SET language = $1", language)
    days = ["DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260307"]
    office.server.script = publishes(ics(LUNCH, days, meeting("20260310T120000", "20260312T090000")))
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    assert [text for _, _, text in await told(office.agnes)] == list(expected)


async def test_an_absence_without_a_known_end_is_told_without_one(office: Office) -> None:
    office.server.script = publishes(ics(meeting("20200101T000000", "20300101T000000")))
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    [(begin, end, text)] = await told(office.agnes)
    assert begin == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert end - begin < timedelta(days=182)
    assert text == "Abwesend; ein Datum der Rückkehr ist nicht bekannt."


async def test_an_occurrence_that_is_there_again_keeps_its_appointment(office: Office) -> None:
    later = meeting("20260303T120000", "20260303T130000", "UID:moves@example.com")
    gone = meeting("20260304T120000", "20260304T130000", "UID:goes@example.com")
    office.server.script = publishes(ics(LUNCH, later, gone))
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    before = await fetch(connection(), "SELECT * FROM appointment ORDER BY starts_at")
    moved = meeting("20260303T150000", "20260303T160000", "UID:moves@example.com")
    office.server.script = publishes(ics(LUNCH, moved))
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    after = await fetch(connection(), "SELECT * FROM appointment ORDER BY starts_at")
    assert dict(after[0]) == dict(before[0])
    assert (after[1]["id"], after[1]["version"]) == (before[1]["id"], 2)
    assert after[1]["starts_at"] == datetime(2026, 3, 3, 15, tzinfo=UTC)
    assert len(after) == 2


async def test_what_a_person_wrote_is_never_touched(office: Office) -> None:
    mine = await make_absence(office.owner, office.agnes, date(2026, 3, 9), date(2026, 3, 10))
    office.server.script = publishes(ics(LUNCH))
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    office.server.script = publishes(ics())
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    rows = await fetch(connection(), "SELECT id, version FROM appointment")
    assert [(row["id"], row["version"]) for row in rows] == [(mine, 1)]


async def test_hours_of_a_calendar_replace_those_of_before(office: Office) -> None:
    def hours(day: str) -> bytes:
        lines = [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VAVAILABILITY", "UID:v", "BEGIN:AVAILABLE", "UID:a"),
            *(f"DTSTART:{day}T080000Z", f"DTEND:{day}T160000Z", "END:AVAILABLE", "END:VAVAILABILITY"),
        ]
        return "\r\n".join([*lines, "END:VCALENDAR"]).encode()

    office.server.script = publishes(hours("20260303"))
    await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    tuesday, wednesday = (datetime(2026, 3, day, 10, tzinfo=UTC) for day in (3, 4))
    assert (await availability(office, tuesday)).state is Presence.PRESENT
    assert (await availability(office, wednesday)).state is Presence.OUTSIDE_HOURS
    office.server.script = publishes(hours("20260304"))
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    assert (await availability(office, tuesday)).state is Presence.OUTSIDE_HOURS
    assert (await availability(office, wednesday)).state is Presence.PRESENT


async def test_a_feed_is_due_again_after_the_time_of_the_policy(office: Office) -> None:
    office.server.script = publishes(ics(LUNCH))
    await make_calendar(office.owner, office.agnes, office.server)
    assert await read_due(office.server) == 1
    await office.clock.advance(REFRESH - timedelta(microseconds=1))
    assert await read_due(office.server) == 0
    await office.clock.advance(timedelta(microseconds=1))
    assert await read_due(office.server) == 1


async def test_what_has_not_changed_is_not_read_again_on_the_same_day(office: Office) -> None:
    office.server.script = publishes(
        ics(LUNCH), 'ETag: "one"', "Last-Modified: Mon, 02 Mar 2026 08:00:00 GMT"
    )
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    office.server.script = answer("304 Not Modified")
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    asked = office.server.received[-1].headers
    assert asked["if-none-match"] == '"one"'
    assert asked["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    row = await row_of(calendar)
    assert row["fetched_at"] > row["read_at"]  # type: ignore[operator]
    assert (row["etag"], row["problem"]) == ('"one"', None)
    assert len(await told(office.agnes)) == 1


async def test_the_same_content_is_read_once_a_day_so_that_later_occurrences_appear(office: Office) -> None:
    daily = [*meeting("20260302T120000", "20260302T130000"), "RRULE:FREQ=DAILY"]
    office.server.script = publishes(ics(daily), 'ETag: "one"')
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    last = (await told(office.agnes))[-1][0]
    read_at = (await row_of(calendar))["read_at"]
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    assert (await row_of(calendar))["read_at"] == read_at
    await office.clock.advance(timedelta(days=1))
    await read_due(office.server)
    assert "if-none-match" not in office.server.received[-1].headers
    assert (await told(office.agnes))[-1][0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 15), (1, 1), (2, 2), (5, 16), (9, 256), (10, 360), (1_000, 360)]
)
def test_a_feed_that_fails_is_tried_later_each_time_up_to_six_hours(failures: int, minutes: int) -> None:
    policy = make_policy()
    assert pause_after(policy, failures, 0.5) == timedelta(minutes=minutes)
    assert pause_after(policy, failures, 0.0) == timedelta(minutes=minutes) * 0.9
    assert pause_after(policy, failures, 1.0) == timedelta(minutes=minutes) * 1.1


def test_a_pause_that_the_policy_has_longer_is_not_shortened() -> None:
    policy = make_policy("slow", call={"calendar_refresh_seconds": 86_400})
    assert pause_after(policy, 0, 0.5) == timedelta(days=1)
    assert pause_after(policy, 30, 0.5) == timedelta(days=1) > LONGEST_PAUSE


async def test_a_failure_keeps_what_was_read_last_and_a_success_forgets_it(office: Office) -> None:
    office.server.script = publishes(ics(LUNCH))
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    before = await told(office.agnes)
    office.server.script = answer("500 Broken")
    await office.clock.advance(REFRESH)
    await read_due(office.server)
    row = await row_of(calendar)
    assert (row["problem"], row["failures"]) == ("UNREACHABLE", 1)
    assert row["next_at"] == row["failing_since"] + timedelta(minutes=1)  # type: ignore[operator]
    assert await told(office.agnes) == before
    office.server.script = publishes(ics(LUNCH))
    await office.clock.advance(timedelta(minutes=1))
    await read_due(office.server)
    row = await row_of(calendar)
    assert (row["problem"], row["failures"], row["failing_since"]) == (None, 0, None)


async def _fail_for(office: Office, length: timedelta) -> None:
    passed = timedelta()
    while passed < length:
        await read_due(office.server)
        step = min(timedelta(hours=6), length - passed)
        await office.clock.advance(step)
        passed += step


async def test_the_company_is_told_once_after_a_day_of_failures(office: Office) -> None:
    office.server.script = answer("500 Broken")
    calendar = await make_calendar(office.owner, office.agnes, office.server)
    await read_due(office.server)
    since = (await row_of(calendar))["failing_since"]
    told_of = "SELECT recipient, parameters FROM feed_event WHERE kind = 'CALENDAR_STALE'"
    await _fail_for(office, timedelta(days=1) - timedelta(microseconds=1))
    await read_due(office.server)
    assert await fetch(connection(), told_of) == []
    assert (await row_of(calendar))["stale_since"] is None
    await _fail_for(office, timedelta(days=1))
    await read_due(office.server)
    [event] = await fetch(connection(), told_of)
    assert event["recipient"] == office.owner.vendor_id
    assert str(calendar) in event["parameters"]
    assert (await row_of(calendar))["stale_since"] == since
    office.server.script = publishes(ics(LUNCH))
    await office.clock.advance(timedelta(hours=7))
    await read_due(office.server)
    assert (await row_of(calendar))["stale_since"] is None


async def test_two_workers_never_read_one_feed_at_the_same_time(office: Office) -> None:
    for number in range(4):
        await make_calendar(office.owner, office.agnes, office.server, f"/{number}.ics")
    claims = await asyncio.gather(*(claim_due(2) for _ in range(4)))
    claimed = [one.id for claim in claims for one in claim]
    assert len(claimed) == len(set(claimed)) == 4
    await office.clock.advance(LEASE - timedelta(microseconds=1))
    assert await claim_due(10) == []
    await office.clock.advance(timedelta(microseconds=1))
    assert len(await claim_due(10)) == 4  # their worker was killed


async def test_a_feed_that_hangs_does_not_keep_the_others_waiting(office: Office) -> None:
    release = asyncio.Event()

    async def hangs(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await release.wait()

    office.server.script = publishes(ics(LUNCH))
    office.server.scripts["/hangs.ics"] = hangs
    slow = await make_calendar(office.owner, office.agnes, office.server, "/hangs.ics")
    fast = [await make_calendar(office.owner, office.agnes, office.server, f"/{n}.ics") for n in range(6)]
    running = rounds(office.server, at_once=4)
    assert await running.read_due() == 7
    assert {(await row_of(one))["failures"] for one in fast} == {0}
    assert all([(await row_of(one))["fetched_at"] for one in fast])
    assert (await row_of(slow))["fetched_at"] is None
    release.set()
    await running.close()
