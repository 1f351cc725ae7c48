"""Workers that are killed while they send: nothing is lost, and a doubtful email is sent once more."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from models.base.database import connection, fetch
from tests.chaos.breakable import BreakableMarket, until
from tests.support.mail_servers import running_mail_servers
from tests.support.marketplace import START

pytestmark = pytest.mark.chaos
MESSAGES, KILLS, LANES = 2_000, 8, 4
_COPY = f"""INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
        event_id, parameters, idempotency_key, created_at, not_before)
    SELECT gen_random_uuid(), template, necessity, grouping, recipient, subject, policy_id, event_id,
        parameters, 'copy:' || n, created_at, not_before
    FROM outbox_message, generate_series(2, {MESSAGES}) AS n WHERE template = 'application_received'"""
_OPEN = "SELECT count(*) FROM dispatch WHERE state IN ('WAITING', 'SENDING')"


async def test_emails_survive_workers_that_are_killed_each_second(
    breakable: BreakableMarket, tmp_path: Path
) -> None:
    """Each is sent; sent twice are at most as many as lanes were killed, and each of these was uncertain."""
    await breakable.apply(1)
    await fetch(connection(), _COPY)
    with running_mail_servers(tmp_path) as mail:
        url = f"smtp://127.0.0.1:{mail.ports['plain']}"
        for _ in range(KILLS):
            worker = await breakable.worker(MAIL_URL=url, EMAIL_LANES=str(LANES))
            before = len(list(mail.folder.glob("*.eml")))
            await until(lambda before=before: _grown(mail.folder, before + 20))  # type: ignore[misc]
            await worker.kill()
        await breakable.worker(MAIL_URL=url, EMAIL_LANES=str(LANES))
        # The leases of the killed ones end, and what they left is repeated after a minute.
        for hours in range(1, 4):
            await until(lambda: _nothing_waits(breakable), 300)
            await breakable.database.clock.set(START + timedelta(hours=hours))
        await until(lambda: _all_sent(breakable), 300)
        sent = Counter(message["Message-ID"] for message in mail.stored())
    assert len(sent) == MESSAGES
    twice = {message_id.strip("<>").partition("@")[0] for message_id, many in sent.items() if many > 1}
    assert len(twice) <= KILLS * LANES
    rows = await fetch(
        connection(), "SELECT dispatch_id::text AS id FROM dispatch_attempt WHERE outcome = 'UNCERTAIN'"
    )
    assert twice <= {row["id"] for row in rows}
    assert max(sent.values()) <= 2


async def _grown(folder: Path, size: int) -> bool:
    return await asyncio.to_thread(lambda: len(list(folder.glob("*.eml")))) >= size


async def _nothing_waits(breakable: BreakableMarket) -> bool:
    """Whether nothing is due: what is left is leased by killed workers."""
    due = "SELECT count(*) FROM dispatch WHERE state = 'WAITING' AND due_at <= leadgate_clock()"
    left = "SELECT count(*) FROM outbox_message WHERE expanded_at IS NULL"
    busy = "SELECT count(*) FROM dispatch WHERE state = 'SENDING' AND lease_until <= leadgate_clock()"
    return not any([await breakable.value(sql) for sql in (due, left, busy)])


async def _all_sent(breakable: BreakableMarket) -> bool:
    return await breakable.value(_OPEN) == 0
