"""Expansion of outbox messages into dispatches: one for each recipient and channel.

A message to an account goes to its owners and members, one to a prospect to its users, and one to a user to
that user; a push message goes to each of their devices. A prospect without a user, such as one whose lead was
imported, is written to at the lead's contact address, but only what the law or the contract requires. Text
messages cost the account money: they go to its users who have switched them on and have a mobile number, each
message once to a number. A message about a call goes to an employee; an email also to each of the employee's
further recipients, separately.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.feed.journal import Journal
from models.feed.kinds import MessageSubject, MessageTemplate
from models.messages.claim import Undelivered, tell_undelivered
from models.messages.devices.list import live_devices
from models.messages.isolate import batch, isolate
from models.messages.letters import LETTERS
from rules.messages.dispatch import DispatchChannel, Necessity

BATCH = 500
MOST_USERS = 10_000  # whom a batch reaches, unless one message reaches more; transactions stay short

_USERS = """SELECT users.id, reached.recipient, users.mobile,
        CASE WHEN users.account_id IS NULL OR users.mobile IS NULL THEN '{}' ELSE ARRAY(
            SELECT grouping::text FROM notification_preference AS preference
            WHERE preference.user_id = users.id AND preference.channel = 'SMS' AND preference.is_on) END
            AS texted
    FROM (SELECT id, account_id AS recipient FROM users
          WHERE account_id = ANY($1::uuid[]) AND account_role IN ('OWNER', 'MEMBER')
          UNION ALL SELECT id, prospect_id FROM users WHERE prospect_id = ANY($1::uuid[])
          UNION ALL SELECT id, id FROM users WHERE id = ANY($1::uuid[])) AS reached
    JOIN users ON users.id = reached.id AND users.disabled_at IS NULL ORDER BY users.id"""
# Only those without any user: the user of a prospect who is disabled has not become a contact.
_WITHOUT_USERS = """SELECT prospect.id FROM prospect WHERE prospect.id = ANY($1::uuid[])
    AND NOT EXISTS (SELECT FROM users WHERE users.prospect_id = prospect.id)"""
_EMPLOYEES = "SELECT id, cardinality(cc) AS copies FROM employee WHERE id = ANY($1::uuid[])"
# The messages that newer ones of the same key replace, and what of them is not on its way yet.
_OLDER = """SELECT DISTINCT older.id FROM unnest($1::text[], $2::bigint[]) AS newer (replaces, position)
    JOIN outbox_message AS older ON older.replaces = newer.replaces AND older.position < newer.position"""
_CANCEL = """WITH replaced AS (
        SELECT id FROM dispatch WHERE message_id = ANY($1::uuid[]) AND state = 'WAITING'
        FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE dispatch SET state = 'CANCELLED', version = version + 1
    WHERE id IN (SELECT id FROM replaced) AND state = 'WAITING'"""


async def expand_messages(most: int = BATCH) -> int:
    """Make the dispatches of up to `most` messages, oldest first; return the number of messages.

    Messages that another worker is expanding are skipped. Those of a template that this process doesn't know
    wait for a worker of the newer version that wrote them. One that cannot be expanded, through a fault of
    ours, stays as it is.
    """

    async def attempt(only: Collection[UUID] | None) -> int:
        return await _expand(most, only)

    return sum(await isolate(attempt, _leave, "outbox"))


async def _leave(_: UUID) -> None:
    """Do nothing: the message is tried again with the next batch."""


async def _expand(most: int, only: Collection[UUID] | None) -> int:
    async with transaction() as conn:
        rows: Sequence[Record] = await fetch(
            conn,
            """SELECT id, template, necessity, grouping, recipient, subject, not_before, replaces, position
               FROM outbox_message WHERE expanded_at IS NULL AND template = ANY($2::text[])
                 AND ($3::uuid[] IS NULL OR id = ANY($3))
               ORDER BY id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED""",
            most,
            list(MessageTemplate),
            None if only is None else list(only),
        )
        if not rows:
            return 0
        with batch([row["id"] for row in rows]):
            users = await _users(conn, rows)
            rows = _fitting(rows, users)
            addressed = await _insert(conn, rows, users)
        now = await database_now(conn)
        await fetch(
            conn,
            "UPDATE outbox_message SET expanded_at = $2 WHERE id = ANY($1::uuid[])",
            [row["id"] for row in rows],
            now,
        )
        with batch([row["id"] for row in rows]):
            await _follow(conn, rows, now, [row for row in rows if row["id"] not in addressed])
        await _cancel_replaced(conn, [row for row in rows if row["replaces"] is not None])
    return len(rows)


async def _follow(
    conn: Connection, rows: Sequence[Record], now: datetime, to_nobody: Collection[Record]
) -> None:
    """Write the messages that follow from these, which are expanded next, and tell operators of those that
    the law requires and that go `to_nobody`: the person's users are disabled.
    """
    subjects: dict[str, set[UUID]] = {}
    for row in rows:
        subjects.setdefault(row["template"], set()).add(row["subject"])
    journal = Journal(now)
    for template, of_template in subjects.items():
        letter = LETTERS.get(template)
        if letter is not None and letter.follow is not None:
            await letter.follow(conn, journal, of_template)
    await _tell_operators(conn, journal, to_nobody)
    if journal.messages or journal.events:
        await journal.write(conn)


async def _tell_operators(conn: Connection, journal: Journal, to_nobody: Collection[Record]) -> None:
    by_template: dict[MessageTemplate, set[UUID]] = {}
    for row in to_nobody:
        if row["necessity"] == Necessity.REQUIRED_BY_LAW and row["template"] in LETTERS:
            by_template.setdefault(MessageTemplate(row["template"]), set()).add(row["subject"])
    undelivered: list[Undelivered] = []
    for template, subjects in by_template.items():
        missed = subjects - set(await LETTERS[template].moot(conn, subjects))
        undelivered += [Undelivered(None, subject, template.about) for subject in sorted(missed)]
    await tell_undelivered(conn, journal, undelivered)


async def _cancel_replaced(conn: Connection, newer: Sequence[Record]) -> None:
    if not newer:
        return
    keys, positions = [row["replaces"] for row in newer], [row["position"] for row in newer]
    older = [row["id"] for row in await fetch(conn, _OLDER, keys, positions)]
    if older:
        await fetch(conn, _CANCEL, older)


async def _users(conn: Connection, rows: Sequence[Record]) -> Mapping[UUID, Sequence[Record]]:
    """Return the users of each recipient."""
    users: dict[UUID, list[Record]] = {}
    for user in await fetch(conn, _USERS, list({row["recipient"] for row in rows})):
        users.setdefault(user["recipient"], []).append(user)
    return users


def _fitting(rows: Sequence[Record], users: Mapping[UUID, Sequence[Record]]) -> Sequence[Record]:
    """Return as many of the oldest messages as fit into one transaction, at least one."""
    total = 0
    for position, row in enumerate(rows):
        total += len(users.get(row["recipient"], ()))
        if position and total > MOST_USERS:
            return rows[:position]
    return rows


@dataclass(frozen=True, slots=True)
class _Addressee:
    """Whom a dispatch is for: one of the ids is set; of an employee, `copy` too."""

    user_id: UUID | None = None
    lead_id: UUID | None = None
    device_id: UUID | None = None
    employee_id: UUID | None = None
    copy: int | None = None


async def _insert(
    conn: Connection, rows: Sequence[Record], users: Mapping[UUID, Sequence[Record]]
) -> Collection[UUID]:
    """Make the dispatches of these messages; return the messages that have any."""
    of_calls = [row for row in rows if MessageTemplate(row["template"]).about is MessageSubject.CALL]
    copies = await _copies(conn, {row["recipient"] for row in of_calls})
    others = [row for row in rows if row["recipient"] not in users and row["recipient"] not in copies]
    leads = await _leads(conn, others)
    devices = await _devices(conn, rows, users)
    made: list[tuple[Record, DispatchChannel, _Addressee]] = []
    for row in rows:
        if row["id"] in leads and DispatchChannel.EMAIL in _channels(row["template"]):
            made.append((row, DispatchChannel.EMAIL, _Addressee(lead_id=leads[row["id"]])))
        for channel in _channels(row["template"]):
            reached = _reached(channel, row["grouping"], users.get(row["recipient"], ()))
            addressees = [_Addressee(user_id=user["id"]) for user in reached]
            if channel is DispatchChannel.PUSH:
                pushed = [one for user in reached for one in devices.get(user["id"], ())]
                addressees = [_Addressee(device_id=one) for one in pushed]
            elif row["recipient"] in copies:
                last = copies[row["recipient"]] if channel is DispatchChannel.EMAIL else 0
                addressees = [_Addressee(employee_id=row["recipient"], copy=n) for n in range(last + 1)]
            made += [(row, channel, one) for one in addressees]
    if made:
        columns = [
            (
                new_id(),
                row["id"],
                channel,
                one.user_id,
                one.lead_id,
                one.device_id,
                one.employee_id,
                one.copy,
                row["not_before"],
            )
            for row, channel, one in made
        ]
        await fetch(
            conn,
            """INSERT INTO dispatch (id, message_id, channel, user_id, lead_id, device_id, employee_id, copy,
                                     due_at, state, version, attempts)
               SELECT *, 'WAITING', 1, 0
               FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[],
                           $7::uuid[], $8::smallint[], $9::timestamptz[])
               ON CONFLICT DO NOTHING""",
            *map(list, zip(*columns, strict=True)),
        )
    return {row["id"] for row, _, _ in made}


async def _copies(conn: Connection, recipients: Collection[UUID]) -> Mapping[UUID, int]:
    """Return the number of further recipients of each employee."""
    if not recipients:
        return {}
    return {row["id"]: row["copies"] for row in await fetch(conn, _EMPLOYEES, list(recipients))}


def _reached(channel: DispatchChannel, group: str, users: Sequence[Record]) -> Collection[Record]:
    """Return the users who get messages of a group on a channel: by text, one for each number."""
    if channel is not DispatchChannel.SMS:
        return users
    return {user["mobile"]: user for user in reversed(users) if group in user["texted"]}.values()


async def _devices(
    conn: Connection, rows: Collection[Record], users: Mapping[UUID, Sequence[Record]]
) -> Mapping[UUID, Sequence[UUID]]:
    """Return the devices of the users who get one of these messages as a push message."""
    pushed = {
        user["id"]
        for row in rows
        if DispatchChannel.PUSH in _channels(row["template"])
        for user in users.get(row["recipient"], ())
    }
    return await live_devices(conn, pushed) if pushed else {}


def _channels(template: str) -> Sequence[DispatchChannel]:
    """Return the channels of a template; none for one that nothing composes."""
    return MessageTemplate(template).channels if template in LETTERS else ()


async def _leads(conn: Connection, rows: Collection[Record]) -> Mapping[UUID, UUID]:
    """Return the lead whose contact is written to, by message."""
    wanted = [row for row in rows if row["necessity"] != Necessity.OPTIONAL and row["template"] in LETTERS]
    if not wanted:
        return {}
    found = await fetch(conn, _WITHOUT_USERS, list({row["recipient"] for row in wanted}))
    without = {row["id"] for row in found}
    leads: dict[UUID, UUID] = {}
    for template in {row["template"] for row in wanted}:
        messages = [row for row in wanted if row["template"] == template and row["recipient"] in without]
        if messages:
            by_subject = await LETTERS[template].leads(conn, {row["subject"] for row in messages})
            leads |= {
                row["id"]: by_subject[row["subject"]] for row in messages if row["subject"] in by_subject
            }
    return leads
