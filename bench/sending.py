"""Benchmark of sending: emails through a mail server, against a bare loop with ready bytes; the same next to
a channel whose provider never answers; and claiming and noting alone, against the sweep of the same run.

What is timed is all that a worker does about an email, from the expansion of its message to the note of the
result; the sweep that wrote the message is not. The mail server offers PIPELINING, which the product uses and
aiosmtplib, and so the bare loop, doesn't; the same without it is measured as well.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from aiosmtplib import SMTP

from bench import environment
from bench.cases import load_cases
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median, percentile
from bench.mail_sink import mail_sink
from jobs.sending import Sender
from jobs.sweeping import Sweeper
from models.base.clock import database_now
from models.base.database import connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.messages.calendar.application_event import Invitation
from models.messages.channels.channel import Channel, Code, Lane, Preview, Result
from models.messages.channels.mail import MailForm
from models.messages.channels.smtp import MailServer, Smtp
from models.messages.parcels import Parcel, read_parcels
from models.messages.sending_context import SendingContext
from models.process.gc_tuning import look_less_often
from models.process.wake import Silence
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome

VENDORS, ROUNDS, LANES, MANY_LANES = 200, 5, 4, 100
CONTEXT = SendingContext(
    KeyedHash(b"a-key-of-hashes-in-the-benchmark-"),
    "https://leads.example",
    Silence(),
    Sealer(b"a-key-of-seals-in-the-benchmark--"),
)
FORM = MailForm(CONTEXT, "hello@leads.example", "mail.leads.example")
_LEFT = "SELECT count(*) AS n FROM dispatch WHERE channel = 'EMAIL' AND state <> 'SENT'"
_SENT = """SELECT dispatch.id, extract(epoch FROM sent_at - $1)::float8 AS waited FROM dispatch
    WHERE channel = 'EMAIL' AND sent_at >= $1"""
# The same messages on another channel, all of them due.
_AS_TEXTS = """INSERT INTO dispatch
        (id, message_id, channel, user_id, lead_id, due_at, state, version, attempts)
    SELECT gen_random_uuid(), message_id, 'SMS', user_id, lead_id, clock_timestamp(), 'WAITING', 1, 0
    FROM dispatch WHERE channel = 'EMAIL' ORDER BY id DESC LIMIT 100"""
_USERS = """INSERT INTO users (id, email, name, locale, time_zone, account_id, account_role, agent, operator,
                               created_at)
    SELECT gen_random_uuid(), 'v' || row_number() OVER () || '@vendor.example', 'Vendor', 'en', 'UTC', id,
           'OWNER', false, false, now()
    FROM account WHERE NOT EXISTS (SELECT FROM users WHERE users.account_id = account.id)"""


class Instant:
    """A channel that accepts everything at once."""

    kind = DispatchChannel.EMAIL
    lanes = MANY_LANES
    seconds = 60.0
    repeatable = True
    charged = False

    def lane(self) -> Lane:
        """Return the channel itself."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the email."""
        return FORM.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Accept."""
        del parcel
        return Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED)

    async def close(self) -> None:
        """Do nothing."""


class Silent:
    """A channel whose provider never answers: each attempt takes as long as the benchmark."""

    kind = DispatchChannel.SMS
    lanes = LANES
    seconds = 60.0
    repeatable = True
    charged = False

    def __init__(self) -> None:
        """Begin to say nothing."""
        self._over = asyncio.Event()

    def lane(self) -> Lane:
        """Return the channel itself."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return the email."""
        return FORM.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Wait until the measurement is over."""
        del parcel
        await self._over.wait()
        return Result(DispatchOutcome.TEMPORARY, Code.TIMED_OUT)

    async def close(self) -> None:
        """Do nothing."""

    @contextlib.asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Send in the background, in the same process, as a worker does."""
        await fetch(connection(), _AS_TEXTS)
        running = asyncio.create_task(Sender(CONTEXT, self).run())
        try:
            yield
        finally:
            self._over.set()
            running.cancel()
            await asyncio.wait({running})


async def run(options: Options) -> list[Figure]:
    """Sweep reveals, each of which writes three emails, and send these in turns of four kinds."""
    per_turn = options.pick(500, 100)
    cases = per_turn * ROUNDS * 4
    with (
        environment.services() as pair,
        mail_sink(pipelining=True) as port,
        mail_sink(pipelining=False) as plain,
    ):
        url = await environment.make_database(pair, "sending")
        async with loading(url, leads=cases) as loaded:
            await load_marketplace(loaded, leads=cases, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(
                loaded,
                f"""SELECT n, n, n % {VENDORS} + 1, 'DUE',
                           date_trunc('hour', clock_timestamp()) - interval '3 days'
                    FROM generate_series(1::bigint, {cases}) AS n""",
            )
            await loaded.execute(_USERS)
        async with environment.models_on(url):
            look_less_often()
            return await _in_turns(port, plain, per_turn)


async def _in_turns(port: int, plain: int, per_turn: int) -> list[Figure]:
    sweeper = Sweeper(Silence(), per_turn, most_batches=1)
    server = MailServer("127.0.0.1", port, "none")
    swept: list[float] = []
    rates: dict[str, list[float]] = {"instant": [], "sent": [], "plain": [], "bare": []}
    longest: dict[str, list[float]] = {"sent": [], "next to silence": []}

    async def turn(channel: Channel) -> tuple[float, Sequence[float], Sequence[UUID]]:
        """Sweep and send; return the rate, how long each dispatch waited, and which they were."""
        await connection().execute_script("VACUUM ANALYZE")
        began = time.perf_counter()
        await sweeper.settle_due()
        swept.append(per_turn / (time.perf_counter() - began))
        start = await database_now(connection())
        began = time.perf_counter()
        attempts = await Sender(CONTEXT, channel).send_due()
        seconds = time.perf_counter() - began
        rows = await fetch(connection(), _SENT, start)
        if len(rows) != attempts:
            raise RuntimeError(f"{attempts} attempts sent {len(rows)} emails")
        return attempts / seconds, [row["waited"] for row in rows], [row["id"] for row in rows]

    for _ in range(ROUNDS):
        rate, _, _ = await turn(Instant())
        rates["instant"].append(rate)
        rate, waited, ids = await turn(Smtp(FORM, server, lanes=LANES))
        rates["sent"].append(rate)
        longest["sent"].append(percentile(waited, 0.99))
        ready = await _ready(ids)
        began = time.perf_counter()
        await _bare(port, ready)
        rates["bare"].append(len(ready) / (time.perf_counter() - began))
        rate, _, _ = await turn(Smtp(FORM, MailServer("127.0.0.1", plain, "none"), lanes=LANES))
        rates["plain"].append(rate)
        async with Silent().sending():
            _, waited, _ = await turn(Smtp(FORM, server, lanes=LANES))
        longest["next to silence"].append(percentile(waited, 0.99))
    left = (await fetch(connection(), _LEFT))[0]["n"]
    if left:
        raise RuntimeError(f"{left} dispatches were not sent")

    def ratio(one: Sequence[float], other: Sequence[float]) -> float:
        return median([a / b for a, b in zip(one, other, strict=True)])

    to_sweep = ratio(rates["instant"], swept[::4])
    return [
        Figure(
            "sent through a mail server, relative to a bare loop",
            ratio(rates["sent"], rates["bare"]),
            "times",
            least=0.5,
        ),
        Figure("sent through a mail server", median(rates["sent"]), "emails per second"),
        Figure(
            "the same without PIPELINING, relative to a bare loop",
            ratio(rates["plain"], rates["bare"]),
            "times",
        ),
        Figure(
            "bare loop with ready bytes and the same connections", median(rates["bare"]), "emails per second"
        ),
        Figure(
            "99th percentile of waiting next to a provider that never answers, relative to without",
            ratio(longest["next to silence"], longest["sent"]),
            "times",
            most=1.2,
        ),
        Figure("claimed and noted, relative to the sweep", to_sweep, "times", least=0.3),
        Figure("claimed and noted", median(rates["instant"]), "dispatches per second"),
        Figure("swept", median(swept), "deadlines per second"),
    ]


async def _ready(ids: Sequence[UUID]) -> Sequence[tuple[str, str, bytes]]:
    """Return the bytes of these emails, composed in advance."""
    now = datetime.now(UTC)
    mails = [
        FORM.mail(
            replace(parcel, invitation=Invitation(parcel.event, 0, now)) if parcel.event else parcel, now
        )
        for parcel in await read_parcels(connection(), CONTEXT, ids, now)
    ]
    return [(mail.sender, mail.recipient, mail.content) for mail in mails]


async def _bare(port: int, ready: Sequence[tuple[str, str, bytes]]) -> None:
    """Send ready bytes by as many connections as the product has."""

    async def lane(part: Sequence[tuple[str, str, bytes]]) -> None:
        async with SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for sender, recipient, content in part:
                await client.mail(sender)
                await client.rcpt(recipient)
                await client.data(content)

    await asyncio.gather(*(lane(ready[number::LANES]) for number in range(LANES)))


BENCHMARK = Benchmark(
    "sending",
    "Sending emails",
    "Emails about reveals (for each, a notice and two calendar events), sent through a mail server on this "
    "machine that discards them, by one worker with 4 connections: expanded, claimed, decided, composed, "
    "sent and noted, compared with a bare loop of aiosmtplib that sends ready bytes over as many "
    "connections. The mail server offers PIPELINING, which the worker uses and aiosmtplib doesn't; then the "
    "same with a server that doesn't offer it. And the same while another channel of the same worker has "
    "work for a provider that never answers, and claiming and noting alone, with a channel that accepts "
    "everything at once and 100 lanes, compared with the sweep that wrote the messages. Before each turn the "
    "tables are vacuumed and analysed, as autovacuum does within a minute.",
    run,
)
