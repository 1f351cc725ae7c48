"""Benchmark of sending: emails through a mail server, against a bare loop with ready bytes; and claiming and
noting alone, against the sweep of the same run.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

from aiosmtplib import SMTP

from bench import environment
from bench.cases import load_cases
from bench.data import load_marketplace, loading
from bench.figures import Benchmark, Figure, Options, median
from bench.mail_sink import mail_sink
from jobs.sending import Sender
from jobs.sweeping import Sweeper
from models.base.database import connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.messages.channels.channel import Channel, Code, Lane, Preview, Result
from models.messages.channels.mail import MailForm
from models.messages.channels.smtp import MailServer, Smtp
from models.messages.expand import expand_messages
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
_LEFT = "SELECT count(*) AS n FROM dispatch WHERE state <> 'SENT'"
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


async def run(options: Options) -> list[Figure]:
    """Sweep reveals, each of which writes an email, and send these in turns of two kinds."""
    per_turn = options.pick(1_000, 300)
    cases = per_turn * ROUNDS * 2
    with environment.services() as pair, mail_sink() as port:
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
            return await _in_turns(port, per_turn)


async def _in_turns(port: int, per_turn: int) -> list[Figure]:
    sweeper = Sweeper(Silence(), per_turn, most_batches=1)
    server = MailServer("127.0.0.1", port, "none")
    swept, instant, sent, bare = [], [], [], []
    for _ in range(ROUNDS):
        swept.append(await _rate(per_turn, sweeper.settle_due))
        instant.append(await _rate(per_turn, lambda: _send(Instant(), per_turn)))
        swept.append(await _rate(per_turn, sweeper.settle_due))
        ready = await _ready(per_turn)
        bare.append(await _rate(per_turn, lambda ready=ready: _bare(port, ready)))  # type: ignore[misc]
        sent.append(await _rate(per_turn, lambda: _send(Smtp(FORM, server, lanes=LANES), per_turn)))
    left = (await fetch(connection(), _LEFT))[0]["n"]
    if left:
        raise RuntimeError(f"{left} dispatches were not sent")
    to_bare = [one / other for one, other in zip(sent, bare, strict=True)]
    to_sweep = [one / other for one, other in zip(instant, swept[::2], strict=True)]
    return [
        Figure("sent through a mail server, relative to a bare loop", median(to_bare), "times", least=0.5),
        Figure("sent through a mail server", median(sent), "emails per second"),
        Figure("bare loop with ready bytes and the same connections", median(bare), "emails per second"),
        Figure("claimed and noted, relative to the sweep", median(to_sweep), "times", least=0.3),
        Figure("claimed and noted", median(instant), "dispatches per second"),
        Figure("swept", median(swept), "deadlines per second"),
    ]


async def _rate(count: int, work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return count / (time.perf_counter() - began)


async def _send(channel: Channel, count: int) -> None:
    attempts = await Sender(CONTEXT, channel).send_due()
    if attempts != count:
        raise RuntimeError(f"{attempts} attempts instead of {count}")


async def _ready(count: int) -> Sequence[tuple[str, str, bytes]]:
    """Return the bytes of as many emails as are due, composed in advance."""
    await expand_messages(count)
    rows = await fetch(connection(), "SELECT id FROM dispatch WHERE state = 'WAITING' LIMIT $1", count)
    ids: list[UUID] = [row["id"] for row in rows]
    now = datetime.now(UTC)
    mails = [FORM.mail(parcel, now) for parcel in await read_parcels(connection(), CONTEXT, ids, now)]
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
    "Emails about reveals, sent through a mail server on this machine that discards them, by one worker with "
    "4 connections: expanded, claimed, decided, composed, sent and noted, compared with a bare loop of "
    "aiosmtplib that sends ready bytes over as many connections. And claiming and noting alone, with a "
    "channel that accepts everything at once and 100 lanes, compared with the sweep that wrote the messages.",
    run,
)
