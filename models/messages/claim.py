"""Claiming: takes due dispatches for the lanes of a channel, decides about each, and commits before anything
is sent.

Only what is decided SEND is claimed. The decision is made under the lock of the dispatch, from facts read
then: an answer that was given meanwhile makes a reminder moot.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from models.accounts.staff import operator_ids
from models.base.clock import database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.ids import new_id
from models.feed.journal import EventRow, Journal
from models.feed.kinds import MessageSubject, MessageTemplate, NotificationKind
from models.messages.channels.channel import Channel
from models.messages.events import lock_events, store_versions
from models.messages.isolate import batch, isolate
from models.messages.links import store_links
from models.messages.parcels import Parcel, read_parcels
from models.messages.sending_context import SendingContext
from models.messages.tables import DispatchState
from models.messages.webhooks.due import due_webhooks
from rules import DISAGREEMENT, Decision, decide
from rules.messages.dispatch import DispatchChannel, DispatchVerdict, Necessity, dispatch

MOST_PUSHES = 4  # to the devices of one user at the same time: clients choose addresses, also slow ones
FRESH_SECONDS = 10.0  # that a claimed dispatch may wait for a lane; then it is given back
SET_ASIDE = timedelta(minutes=5)  # until a dispatch that failed through a fault of ours is tried again
LEASE_MARGIN = 30.0  # seconds, beyond that and the time limit of the attempt

# An earlier one of the same order and addressee that is not final keeps the others waiting, and so does one
# whose dispatches do not exist yet. Templates that this process doesn't know are left to newer workers. A
# user whose devices keep lanes waiting keeps a few of them, and none of the others. OFFSET 0 and the
# subqueries leave no choice of joins: rows are read in the order of their index, and no more than are wanted,
# even if the statistics are from before a backlog.
_DUE = """SELECT dispatch.id, message.template, message.subject,
        (SELECT user_id FROM device WHERE device.id = dispatch.device_id) AS pushed_to
    FROM dispatch CROSS JOIN LATERAL (
        SELECT template, subject, ordering, position FROM outbox_message
        WHERE id = dispatch.message_id AND template = ANY($4::text[]) OFFSET 0) AS message
    WHERE dispatch.channel = $1 AND dispatch.state = 'WAITING' AND dispatch.due_at <= $2
      AND ($6::uuid[] IS NULL OR dispatch.id = ANY($6))
      AND (dispatch.device_id IS NULL OR (
          SELECT count(*) FROM device JOIN device AS other ON other.user_id = device.user_id
          JOIN dispatch AS open ON open.device_id = other.id
          WHERE device.id = dispatch.device_id AND open.state = 'SENDING') < $5)
      AND (message.ordering IS NULL OR NOT EXISTS (
          SELECT FROM outbox_message AS earlier
          WHERE earlier.ordering = message.ordering AND earlier.position < message.position
            AND (earlier.expanded_at IS NULL OR EXISTS (
                SELECT FROM dispatch AS before
                WHERE before.message_id = earlier.id AND before.channel = dispatch.channel
                  AND before.user_id IS NOT DISTINCT FROM dispatch.user_id
                  AND before.lead_id IS NOT DISTINCT FROM dispatch.lead_id
                  AND before.device_id IS NOT DISTINCT FROM dispatch.device_id
                  AND before.employee_id IS NOT DISTINCT FROM dispatch.employee_id
                  AND before.copy IS NOT DISTINCT FROM dispatch.copy
                  AND before.state IN ('WAITING', 'SENDING', 'UNCERTAIN')))))
    ORDER BY dispatch.due_at, dispatch.id LIMIT $3 FOR NO KEY UPDATE OF dispatch SKIP LOCKED"""
_STEP = """UPDATE dispatch SET state = step.state, due_at = step.due_at, decision_id = step.decision_id,
        claim = step.claim, version = version + 1,
        address_key = coalesce(step.address_key, dispatch.address_key),
        lease_until = CASE WHEN step.claim IS NULL THEN NULL ELSE $7::timestamptz END,
        attempts = attempts + (step.claim IS NOT NULL)::int,
        first_attempt_at = CASE WHEN step.claim IS NULL THEN first_attempt_at
                                ELSE coalesce(first_attempt_at, $8) END
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::text[])
        AS step (id, state, due_at, decision_id, claim, address_key)
    WHERE dispatch.id = step.id"""
_BEGIN = """INSERT INTO dispatch_attempt (id, dispatch_id, number, started_at)
    SELECT id, dispatch_id, number, $4 FROM unnest($1::uuid[], $2::uuid[], $3::int[])
        AS begun (id, dispatch_id, number)"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A parcel that is this worker's until `lease_until`; `claim` is its proof when it notes the result."""

    parcel: Parcel
    claim: UUID
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """What was claimed, and how many dispatches were looked at: claimed, held, suppressed or expired."""

    claimed: Sequence[Claimed] = ()
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was not delivered: by which dispatch, or None if it has nobody to go to.

    `about` is None for a template of a newer version.
    """

    dispatch_id: UUID | None
    subject: UUID
    about: MessageSubject | None

    @classmethod
    def of(cls, parcel: Parcel) -> "Undelivered":
        """Return that of a parcel."""
        return cls(parcel.id, parcel.message.subject, parcel.message.template.about)


@dataclass(slots=True)
class _Steps:
    """What becomes of the dispatches of one transaction."""

    now: datetime
    claimed: list[Claimed] = field(default_factory=list)
    rows: list[tuple[UUID, DispatchState, datetime, UUID | None, UUID | None]] = field(default_factory=list)
    undelivered: list[Undelivered] = field(default_factory=list)


async def claim_due(context: SendingContext, channel: Channel, wanted: int) -> Claim:
    """Claim up to `wanted` due dispatches of a channel, and settle those that are not to be sent.

    One that cannot be read or decided, through a fault of ours, is tried again after a while.
    """

    async def attempt(only: Collection[UUID] | None) -> Claim:
        return await _claim(context, channel, wanted, only)

    claims = await isolate(attempt, _set_aside, channel.kind)
    return Claim([one for claim in claims for one in claim.claimed], sum(claim.settled for claim in claims))


async def _claim(
    context: SendingContext, channel: Channel, wanted: int, only: Collection[UUID] | None
) -> Claim:
    async with transaction() as conn:
        now = await database_now(conn)
        due = await _due(conn, channel, now, wanted, only)
        if not due:
            return Claim()
        journal, steps = Journal(now), _Steps(now)
        with batch([row["id"] for row in due]):
            await lock_events(conn, [(row["template"], row["subject"]) for row in due])
            parcels = await read_parcels(conn, context, [row["id"] for row in due], now)
            lease_until = now + timedelta(seconds=FRESH_SECONDS + channel.seconds + LEASE_MARGIN)
            kept = await _decided_before(conn, parcels)
            for parcel in parcels:
                _decide(parcel, journal, steps, kept, lease_until)
            await _write(conn, context, journal, steps, lease_until)
    if journal.recipients:
        await context.wake.send(journal.recipients, ())
    return Claim(steps.claimed, len(due))


async def _due(
    conn: Connection, channel: Channel, now: datetime, wanted: int, only: Collection[UUID] | None
) -> Sequence[Record]:
    """Lock and return up to `wanted` due dispatches, with the template and the subject of their messages."""
    if channel.kind is DispatchChannel.WEBHOOK:
        return [row for row in await due_webhooks(conn, now, wanted) if only is None or row["id"] in only]
    templates, allowed = list(MessageTemplate), None if only is None else list(only)
    return _fair(await fetch(conn, _DUE, channel.kind, now, wanted, templates, MOST_PUSHES, allowed))


def _fair(rows: Sequence[Record]) -> Sequence[Record]:
    """Return these dispatches without those that are too many for one user's devices; these stay due."""
    counts: Counter[UUID] = Counter()
    kept = []
    for row in rows:
        if row["pushed_to"] is not None:
            counts[row["pushed_to"]] += 1
            if counts[row["pushed_to"]] > MOST_PUSHES:
                continue
        kept.append(row)
    return kept


async def _set_aside(dispatch_id: UUID) -> None:
    """Let a dispatch wait that could not be claimed."""
    await fetch(
        connection(),
        """UPDATE dispatch SET due_at = leadgate_clock() + $2::interval, version = version + 1
           WHERE id = $1 AND state = 'WAITING'""",
        dispatch_id,
        SET_ASIDE,
    )


async def give_back(claimed: Collection[Claimed]) -> None:
    """Give back what was claimed and never begun, as when a worker stops; it is due as before."""
    if not claimed:
        return
    await fetch(
        connection(),
        """WITH mine AS (
               UPDATE dispatch SET state = 'WAITING', claim = NULL, lease_until = NULL, version = version + 1,
                   attempts = attempts - 1,
                   first_attempt_at = CASE WHEN attempts > 1 THEN first_attempt_at END
               FROM unnest($1::uuid[], $2::uuid[]) AS back (id, claim)
               WHERE dispatch.id = back.id AND dispatch.claim = back.claim
               RETURNING dispatch.id, dispatch.attempts)
           DELETE FROM dispatch_attempt USING mine
           WHERE dispatch_attempt.dispatch_id = mine.id AND dispatch_attempt.number = mine.attempts + 1""",
        [one.parcel.id for one in claimed],
        [one.claim for one in claimed],
    )


async def _decided_before(conn: Connection, parcels: Collection[Parcel]) -> dict[UUID, UUID]:
    """Return the last decision of each dispatch that has one."""
    ids = [parcel.id for parcel in parcels if parcel.decided_by is not None]
    if not ids:
        return {}
    rows = await fetch(conn, "SELECT id, decision_id FROM dispatch WHERE id = ANY($1::uuid[])", ids)
    return {row["id"]: row["decision_id"] for row in rows}


def _decide(
    parcel: Parcel, journal: Journal, steps: _Steps, kept: dict[UUID, UUID], lease_until: datetime
) -> None:
    """Decide about one parcel; the decision is recorded unless the last one was by the same rule."""
    decision = decide(dispatch, parcel.policy, parcel.facts, steps.now)
    decision_id = kept.get(parcel.id)
    if decision_id is None or parcel.decided_by != decision.rule_id:
        decision_id = journal.record(parcel.id, decision)
    state, due_at, claim = _step(parcel, decision, steps.now)
    steps.rows.append((parcel.id, state, due_at, decision_id, claim))
    if claim is not None:
        began = replace(
            parcel,
            attempts=parcel.attempts + 1,
            first_attempt_at=parcel.first_attempt_at or steps.now,
        )
        steps.claimed.append(Claimed(began, claim, lease_until))
    elif state is DispatchState.SUPPRESSED and parcel.necessity is Necessity.REQUIRED_BY_LAW:
        steps.undelivered.append(Undelivered.of(parcel))


def _step(parcel: Parcel, decision: Decision, now: datetime) -> tuple[DispatchState, datetime, UUID | None]:
    match decision.verdict:
        case DispatchVerdict.SEND:
            return DispatchState.SENDING, now, new_id()
        case DispatchVerdict.SUPPRESS:
            return DispatchState.SUPPRESSED, now, None
        case DispatchVerdict.EXPIRE:
            return DispatchState.EXPIRED, now, None
    until = parcel.quiet_until
    if until is None or decision.rule_id == DISAGREEMENT:
        until = now + timedelta(seconds=parcel.policy.messages.first_delay)
    return DispatchState.WAITING, until, None


async def _write(
    conn: Connection, context: SendingContext, journal: Journal, steps: _Steps, lease_until: datetime
) -> None:
    columns = map(list, zip(*steps.rows, strict=True))
    keys = {
        one.parcel.id: context.address_key(one.parcel.channel, one.parcel.recipient.address)
        for one in steps.claimed
        if one.parcel.recipient.address is not None
    }
    met = [keys.get(row[0]) for row in steps.rows]
    await fetch(conn, _STEP, *columns, met, lease_until, steps.now)
    if steps.claimed:
        parcels = [one.parcel for one in steps.claimed]
        begun = [(new_id(), parcel.id, parcel.attempts) for parcel in parcels]
        await fetch(conn, _BEGIN, *map(list, zip(*begun, strict=True)), steps.now)
        await store_links(conn, context, parcels, steps.now)
        sent = await store_versions(conn, context, parcels, steps.now)
        steps.claimed = [replace(one, parcel=parcel) for one, parcel in zip(steps.claimed, sent, strict=True)]
    await tell_undelivered(conn, journal, steps.undelivered)
    await journal.write(conn)


async def tell_undelivered(conn: Connection, journal: Journal, undelivered: Collection[Undelivered]) -> None:
    """Tell the operators of messages that the law requires and that could not be delivered."""
    if not undelivered:
        return
    operators = await operator_ids(conn)
    for one in undelivered:
        is_complaint = one.about is MessageSubject.COMPLAINT
        journal.events.extend(
            EventRow(
                operator,
                NotificationKind.NOTICE_UNDELIVERED,
                journal.now,
                application_id=one.subject if one.about is MessageSubject.APPLICATION else None,
                delivery_id=one.subject if one.about is MessageSubject.DELIVERY else None,
                parameters={
                    **({"dispatchId": str(one.dispatch_id)} if one.dispatch_id else {}),
                    **({"complaintId": str(one.subject)} if is_complaint else {}),
                },
            )
            for operator in operators
        )
