"""Workers that are killed while they send: nothing is lost, a doubtful email is sent once more, and no text
message is sent or charged twice.
"""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs
from uuid import UUID

import orjson
import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.messages.settle_dispatch import settle_dispatch
from models.process.wake import Silence
from models.reconciliation import reconcile
from tests.chaos.breakable import BreakableMarket, until
from tests.support.mail_servers import running_mail_servers
from tests.support.marketplace import START, apply, make_lead
from tests.support.messages import want_texts
from tests.support.sms_server import SmsServer, says, sms_server

pytestmark = pytest.mark.chaos
MESSAGES, LANES = 10_000, 4
TEXTS, TEXT_KILLS = 80, 3
_COPY = f"""INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
        event_id, parameters, idempotency_key, created_at, not_before)
    SELECT gen_random_uuid(), template, necessity, grouping, recipient, subject, policy_id, event_id,
        parameters, 'copy:' || n, created_at, not_before
    FROM outbox_message, generate_series(2, {MESSAGES}) AS n WHERE template = 'application_received'"""
_MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f-]{36})@", re.MULTILINE)
_OPEN = "SELECT count(*) FROM dispatch WHERE state IN ('WAITING', 'SENDING')"


async def test_10000_emails_survive_workers_that_are_killed_each_second(
    breakable: BreakableMarket, tmp_path: Path
) -> None:
    """Each is sent; sent twice are at most as many as lanes were killed, and each of these was uncertain."""
    await breakable.apply(1)
    await fetch(connection(), _COPY)
    kills = 0
    with running_mail_servers(tmp_path) as mail:
        url = f"smtp://127.0.0.1:{mail.ports['plain']}"
        while (before := await _stored(mail.folder)) < MESSAGES * 0.9:
            worker = await breakable.worker(MAIL_URL=url, EMAIL_LANES=str(LANES))
            await until(lambda before=before: _grown(mail.folder, before))  # type: ignore[misc]
            await asyncio.sleep(1)
            await worker.kill()
            kills += 1
            await breakable.database.clock.advance(timedelta(minutes=2))  # the leases of the killed one end
        await breakable.worker(MAIL_URL=url, EMAIL_LANES=str(LANES))
        # What they left is repeated after a minute.
        for _ in range(3):
            await until(lambda: _nothing_waits(breakable), 300)
            await breakable.database.clock.advance(timedelta(hours=1))
        await until(lambda: _all_sent(breakable), 300)
        sent = Counter(await asyncio.to_thread(_dispatches, mail.folder))
    twice = {dispatch for dispatch, many in sent.items() if many > 1}
    print(f"{len(sent)} of {MESSAGES + 3} emails, {kills} kills, {len(twice)} sent twice")  # noqa: T201
    assert set(sent) == await _ids("SELECT id FROM dispatch")
    assert len(sent) == MESSAGES + 3  # with the calendar events of the prospect, the owner and the member
    assert kills > 1
    assert len(twice) <= kills * LANES
    assert twice <= await _ids("SELECT dispatch_id AS id FROM dispatch_attempt WHERE outcome = 'UNCERTAIN'")
    assert max(sent.values()) <= 2


@dataclass
class _Provider:
    """Either provider: it accepts a text, then takes a while to say so."""

    accepted: list[tuple[str, str]] = field(default_factory=list)  # numbers and titles of leads
    journal: list[dict[str, str]] = field(default_factory=list)

    async def answer(self, server: SmsServer, writer: asyncio.StreamWriter) -> None:
        """Answer the latest request."""
        head, body = server.requests[-1]
        if head.startswith("GET"):
            number = parse_qs(head.split(" ")[1].partition("?")[2])["to"][0]
            await says("200 OK", [one for one in self.journal if one["to"] == number])(server, writer)
            return
        is_json = b"{" in body[:1]
        sent = (
            orjson.loads(body)
            if is_json
            else {key: value[0] for key, value in parse_qs(body.decode()).items()}
        )
        number, text = sent.get("to") or sent["To"], sent.get("text") or sent["Body"]
        self.accepted.append((number, re.findall('"(.*)"', text)[0]))
        reference = str(len(self.accepted))
        if is_json:
            self.journal.append({"id": reference, "to": number, "foreign_id": sent["foreign_id"]})
        await asyncio.sleep(0.03)
        if is_json:
            await says("200 OK", {"success": "100", "messages": [{"id": reference}]})(server, writer)
        else:
            await says("201 Created", {"sid": reference})(server, writer)


@pytest.mark.parametrize("url", ["seven://:key@127.0.0.1", "twilio://AC1:token@127.0.0.1"])
async def test_no_text_is_sent_or_charged_twice_when_workers_are_killed(
    breakable: BreakableMarket, url: str
) -> None:
    """A provider that can be asked is asked; for one that can't, a person looks the doubtful ones up."""
    place, provider = breakable.place, _Provider()
    for viewer, number in ((place.vendor.owner, "+4915112345678"), (place.vendor.member, "+4915112345679")):
        await want_texts(viewer.user_id, mobile=number)
    for count in range(TEXTS // 2):
        lead = await make_lead(place.market, place.prospect, fee=1, title=f"Lead {count}")
        await accept(place.prospect.viewer, Silence(), await apply(place.vendor, lead))
    async with sms_server(provider.answer) as server:
        address = f"{url}:{server.port}"
        for _ in range(TEXT_KILLS):
            worker = await breakable.worker(SMS_URL=address, SMS_FROM="Leadgate")
            before = len(provider.accepted)
            await until(lambda before=before: _accepted(provider, before + 12))  # type: ignore[misc]
            await worker.kill()
        await breakable.worker(SMS_URL=address, SMS_FROM="Leadgate")
        for hours in range(1, 4):  # leases end, and repeats are due
            await until(lambda: _nothing_waits(breakable), 60)
            await breakable.database.clock.set(START + timedelta(hours=hours))
        await until(lambda: _all_sent(breakable), 60)
        doubtful = await _uncertain()
        for dispatch_id, number, title in doubtful:
            arrived = (number, title) in provider.accepted
            await settle_dispatch(place.operator, dispatch_id, arrived=arrived, comment="As in its log.")
        await until(lambda: _all_sent(breakable), 60)
    assert (0 < len(doubtful) <= 2 * TEXT_KILLS) == url.startswith("twilio")  # at most one for each lane
    assert len(provider.accepted) == len(set(provider.accepted)) == TEXTS
    charges = "SELECT count(*) FROM posting_group WHERE kind = 'SMS_CHARGE'"
    assert await breakable.value(charges) == TEXTS
    assert await breakable.value("SELECT owed FROM balance WHERE unit = 'EUR_CENTS'") == -10 * TEXTS
    attempts = "SELECT count(*) FROM dispatch_attempt WHERE outcome = 'UNCERTAIN'"
    assert await breakable.value(attempts) > 0
    assert (await reconcile(connection())).findings == ()


async def _accepted(provider: _Provider, count: int) -> bool:
    return len(provider.accepted) >= count


async def _uncertain() -> list[tuple[UUID, str, str]]:
    """Return the doubtful texts: the dispatch, the number and the title of the lead."""
    rows = await fetch(
        connection(),
        """SELECT dispatch.id, users.mobile, lead.title FROM dispatch
           JOIN outbox_message AS message ON message.id = dispatch.message_id
           JOIN application ON application.id = message.subject JOIN lead ON lead.id = application.lead_id
           JOIN users ON users.id = dispatch.user_id WHERE dispatch.state = 'UNCERTAIN'""",
    )
    return [(row["id"], row["mobile"], row["title"]) for row in rows]


async def _ids(sql: str) -> set[str]:
    return {str(row["id"]) for row in await fetch(connection(), sql)}


async def _stored(folder: Path) -> int:
    return await asyncio.to_thread(lambda: sum(path.suffix == ".eml" for path in folder.iterdir()))


async def _grown(folder: Path, size: int) -> bool:
    return await _stored(folder) > size


def _dispatches(folder: Path) -> list[str]:
    """Return the dispatch of each stored message."""
    found = (_MESSAGE_ID.search(path.read_bytes()) for path in folder.glob("*.eml"))
    return [match[1].decode() for match in found if match is not None]


async def _nothing_waits(breakable: BreakableMarket) -> bool:
    """Whether nothing is due: what is left is leased by killed workers."""
    due = "SELECT count(*) FROM dispatch WHERE state = 'WAITING' AND due_at <= leadgate_clock()"
    left = "SELECT count(*) FROM outbox_message WHERE expanded_at IS NULL"
    busy = "SELECT count(*) FROM dispatch WHERE state = 'SENDING' AND lease_until <= leadgate_clock()"
    return not any([await breakable.value(sql) for sql in (due, left, busy)])


async def _all_sent(breakable: BreakableMarket) -> bool:
    return await breakable.value(_OPEN) == 0
