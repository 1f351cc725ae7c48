"""Benchmark of calendars: composing a feed against `icalendar`, an unchanged feed against a whole one, and
composing an invitation against sending it.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import icalendar

from bench import environment
from bench.cases import load_cases
from bench.data import OWNER, VENDOR, load_marketplace, loading, row_id
from bench.figures import Benchmark, Figure, Options, median
from bench.mail_sink import mail_sink
from bench.sending import CONTEXT, FORM
from bench.serving import Server, running
from jobs.sending import Sender
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.base.role import Role
from models.base.viewer import Viewer
from models.messages.calendar.application_event import Invitation
from models.messages.calendar.published import MOST_ENTRIES, FeedEntry, published_calendar
from models.messages.calendar_feeds import create_feed
from models.messages.channels.smtp import MailServer, Smtp
from models.messages.expand import expand_messages
from models.messages.parcels import Parcel, read_parcels
from models.process.gc_tuning import look_less_often
from models.process.wake import Silence

ROUNDS, READS, COMPARED = 7, 25, 9  # of each kind in a round; a token can be read 60 times
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
ENTRIES = [
    FeedEntry(
        key=f"meeting-0000000{number:04}",
        title=f"Meeting with Fake Example GmbH: “Office kitchen {number}; new, for ten”",
        url="https://leads.example",
        changed_at=NOW,
        starts=NOW + timedelta(hours=number),
        ends=NOW + timedelta(hours=number + 1),
    )
    for number in range(MOST_ENTRIES)
]


def _by_icalendar(entries: Sequence[FeedEntry]) -> bytes:
    """Write the same calendar with `icalendar`."""
    calendar = icalendar.Calendar()
    head: Sequence[tuple[str, object]] = (
        ("VERSION", "2.0"),
        ("PRODID", "-//Leadgate//Leadgate//EN"),
        ("METHOD", "PUBLISH"),
        ("NAME", "Leadgate: meetings and deadlines"),
        ("X-WR-CALNAME", "Leadgate: meetings and deadlines"),
        ("REFRESH-INTERVAL", timedelta(minutes=15)),
        ("X-PUBLISHED-TTL", timedelta(minutes=15)),
    )
    for name, value in head:
        calendar.add(name, value)
    for entry in entries:
        event = icalendar.Event()
        properties: Sequence[tuple[str, object]] = (
            ("UID", f"{entry.key}@mail.leads.example"),
            ("SEQUENCE", 0),
            ("DTSTAMP", entry.changed_at),
            ("DTSTART", entry.starts),
            ("DTEND", entry.ends),
            ("STATUS", entry.state.value),
            ("TRANSP", "OPAQUE"),
            ("SUMMARY", entry.title),
            ("DESCRIPTION", entry.url),
            ("URL", entry.url),
        )
        for name, value in properties:
            event.add(name, value)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _ours(entries: Sequence[FeedEntry]) -> bytes:
    return published_calendar(entries, language="en", domain="mail.leads.example")


async def run(options: Options) -> list[Figure]:
    """Measure each pair in turns."""
    emails = options.pick(500, 100)
    cases = MOST_ENTRIES + emails * ROUNDS
    figures = _composing()
    with environment.services() as pair, mail_sink(pipelining=True) as port:
        url = await environment.make_database(pair, "calendars")
        async with loading(url, leads=cases) as loaded:
            await load_marketplace(loaded, leads=cases, vendors=2, now=datetime.now(UTC))
            await load_cases(
                loaded,
                f"""SELECT n, n, CASE WHEN n <= {MOST_ENTRIES} THEN 1 ELSE 2 END,
                           CASE WHEN n <= {MOST_ENTRIES} THEN 'ACCEPTED' ELSE 'DUE' END,
                           date_trunc('hour', clock_timestamp()) - interval '3 days'
                    FROM generate_series(1::bigint, {cases}) AS n""",
            )
        async with environment.models_on(url), running(pair, url) as server:
            look_less_often()
            figures += await _reading(server)
            figures += await _inviting(port, emails)
    return figures


def _composing() -> list[Figure]:
    ours, theirs = [], []
    for _ in range(ROUNDS * 3):
        theirs.append(_seconds(lambda: _by_icalendar(ENTRIES)))
        ours.append(_seconds(lambda: _ours(ENTRIES)))
    ratio = median([one / other for one, other in zip(ours, theirs, strict=True)])
    return [
        Figure("composing a feed of 500 entries, relative to icalendar", ratio, "times", most=1.5),
        Figure("composing a feed of 500 entries", median(ours) * 1_000, "ms"),
        Figure("the same with icalendar", median(theirs) * 1_000, "ms"),
    ]


async def _reading(server: Server) -> list[Figure]:
    """Read a vendor's feed of 500 complaint windows, whole and unchanged, over one connection."""
    owner = Viewer(row_id(OWNER, 1), row_id(VENDOR, 1), None, frozenset({Role.OWNER}))
    whole: list[float] = []
    unchanged: list[float] = []
    compared: list[float] = []
    for _ in range(ROUNDS):
        feed = await create_feed(owner, CONTEXT)
        path = urlsplit(feed.url or "").path
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        try:
            status, tag, size = await _get(reader, writer, path)
            if status != 200 or size < MOST_ENTRIES * 100:
                raise RuntimeError(f"the feed answered {status} with {size} bytes")
            for _ in range(READS):
                whole.append(await _timed(reader, writer, path, "", 200))
                unchanged.append(await _timed(reader, writer, path, tag, 304))
            await _tell(owner)
            compared += [await _timed(reader, writer, path, tag, 304) for _ in range(COMPARED)]
        finally:
            writer.close()
    return [
        Figure(
            "an unchanged feed, relative to a whole one", median(unchanged) / median(whole), "times", most=0.1
        ),
        Figure("a whole feed of 500 entries", median(whole) * 1_000, "ms"),
        Figure("an unchanged feed of 500 entries", median(unchanged) * 1_000, "ms"),
        Figure("the same after an event that changed no entry", median(compared) * 1_000, "ms"),
    ]


async def _tell(viewer: Viewer) -> None:
    """Raise the version of a viewer's calendar, as an event does."""
    await fetch(
        connection(),
        """INSERT INTO feed_counter (recipient, calendar_changes, last_seq, removed_through)
           VALUES ($1, 1, 0, 0)
           ON CONFLICT (recipient) DO UPDATE SET calendar_changes = feed_counter.calendar_changes + 1""",
        viewer.recipient,
    )


async def _timed(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, known: str, expected: int
) -> float:
    """Read the feed and return the seconds that it took."""
    began = time.perf_counter()
    status, _, _ = await _get(reader, writer, path, known)
    took = time.perf_counter() - began
    if status != expected:
        raise RuntimeError(f"the feed answered {status}")
    return took


async def _get(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, known: str = ""
) -> tuple[int, str, int]:
    """Send a request; return the status, the tag and the number of bytes of the answer."""
    condition = f"If-None-Match: {known}\r\n" if known else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n{condition}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
    size = int(fields.get("content-length", "0"))
    await reader.readexactly(size)
    return int(head[9:12]), fields.get("etag", ""), size


async def _inviting(port: int, emails: int) -> list[Figure]:
    """Compose the events of emails about reveals, and send these emails over one connection."""
    sweeper = Sweeper(Silence(), emails, most_batches=1)
    server = MailServer("127.0.0.1", port, "none")
    events, mails, sent = [], [], []
    for _ in range(ROUNDS):
        await sweeper.settle_due()
        parcels = await _invitations(emails)
        mails.append(_seconds_of_mails(parcels))
        events.append(mails[-1] - _seconds_of_mails([replace(one, invitation=None) for one in parcels]))
        began = time.perf_counter()
        attempts = await Sender(CONTEXT, Smtp(FORM, server, lanes=1)).send_due()
        sent.append((time.perf_counter() - began) / attempts)
    return [
        Figure(
            "composing an event, relative to sending its email",
            median([one / other for one, other in zip(events, sent, strict=True)]),
            "times",
            most=0.2,
        ),
        Figure("composing an event with its parts of the email", median(events) * 1_000, "ms"),
        Figure("composing the whole email with an event", median(mails) * 1_000, "ms"),
        Figure(
            "sending an email over one connection, with all that belongs to it", median(sent) * 1_000, "ms"
        ),
    ]


async def _invitations(emails: int) -> list[Parcel]:
    """Return the emails with events that are due."""
    while await expand_messages(emails):
        pass
    rows = await fetch(
        connection(),
        """SELECT dispatch.id FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
           WHERE dispatch.state = 'WAITING' AND message.template = 'calendar_updated' AND lead_id IS NULL""",
    )
    now = datetime.now(UTC)
    parcels = await read_parcels(connection(), CONTEXT, [row["id"] for row in rows], now)
    return [
        replace(parcel, invitation=Invitation(parcel.event, 1, now)) for parcel in parcels if parcel.event
    ]


def _seconds_of_mails(parcels: Sequence[Parcel]) -> float:
    """Compose these emails; return the seconds of one."""
    now, began = datetime.now(UTC), time.perf_counter()
    for parcel in parcels:
        FORM.mail(parcel, now)
    return (time.perf_counter() - began) / len(parcels)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


BENCHMARK = Benchmark(
    "calendars",
    "Calendars",
    "A feed of 500 entries: composed by the product and by icalendar 7 in turns; and read from a server "
    "over one connection, whole, with the tag of an unchanged one, and with a tag from before an "
    "unrelated event, so that the entries are compared. And the calendar event of an email about a "
    "reveal: composed with its parts of the email, compared with sending such emails over one connection "
    "to a mail server on this machine that discards them (claimed, decided, composed, sent and noted).",
    run,
)
