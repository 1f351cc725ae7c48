"""Noting: writes down how attempts ended, and what follows: sent, repeated, given up, or put to a person.

A note counts only for the worker whose claim it is. One whose lease was taken over changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import random
from uuid import UUID

import structlog

from models.base.clock import CLOCK, database_now
from models.base.database import Connection, connection, fetch, transaction
from models.base.metrics import DISPATCH_ATTEMPTS, STALE_NOTES
from models.feed.journal import Journal
from models.feed.kinds import MessageTemplate
from models.messages.bounces import bounced_at_once
from models.messages.channels.channel import Channel, Code, Result
from models.messages.charges import cents_of, charge_of
from models.messages.claim import SET_ASIDE, Claimed, Undelivered, tell_undelivered
from models.messages.devices.remove import note_accepted, note_gone
from models.messages.isolate import batch, isolate
from models.messages.parcels import Parcel, read_parcels
from models.messages.sending_context import SendingContext
from models.messages.tables import DispatchState
from models.messages.webhooks.outcome import (
    is_deleted,
    is_news,
    lock_endpoints_of,
    lock_endpoints_of_ended,
    note_endpoints,
)
from rules import decide
from rules.engine.decision import Decision
from rules.messages.dispatch import DispatchChannel, Necessity
from rules.messages.retry import DispatchOutcome, RetryFacts, RetryVerdict, retry, retry_delay

_log = structlog.get_logger(__name__)

_OURS = """SELECT dispatch.id FROM dispatch
    JOIN unnest($1::uuid[], $2::uuid[]) AS mine (id, claim)
        ON mine.id = dispatch.id AND mine.claim = dispatch.claim
    ORDER BY dispatch.id FOR NO KEY UPDATE OF dispatch"""
_ACCEPT = f"""WITH {CLOCK}, mine AS (
        UPDATE dispatch SET state = 'SENT', sent_at = (SELECT now FROM clock), claim = NULL,
            lease_until = NULL, retry_decision_id = NULL, version = version + 1,
            provider_reference = coalesce(accepted.reference, provider_reference)
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
            AS accepted (id, claim, reference, code, detail)
        WHERE dispatch.id = accepted.id AND dispatch.claim = accepted.claim
        RETURNING dispatch.id, dispatch.attempts, accepted.code, accepted.detail)
    UPDATE dispatch_attempt SET ended_at = (SELECT now FROM clock), outcome = 'ACCEPTED', code = mine.code,
        detail = nullif(mine.detail, '')
    FROM mine WHERE dispatch_id = mine.id AND number = mine.attempts RETURNING mine.id"""
_EXPIRED = """SELECT dispatch.id FROM dispatch
    JOIN outbox_message AS message ON message.id = dispatch.message_id
    WHERE dispatch.channel = $1 AND dispatch.state = 'SENDING' AND dispatch.lease_until <= $2
      AND message.template = ANY($4::text[]) AND ($5::uuid[] IS NULL OR dispatch.id = ANY($5))
    ORDER BY dispatch.lease_until LIMIT $3 FOR NO KEY UPDATE OF dispatch SKIP LOCKED"""
_STEP = """UPDATE dispatch SET state = step.state, due_at = coalesce(step.due_at, dispatch.due_at),
        sent_at = CASE WHEN step.state = 'SENT' THEN $7::timestamptz END,
        provider_reference = coalesce(step.reference, provider_reference), cost_cents = step.cost,
        retry_decision_id = step.decision_id, claim = NULL, lease_until = NULL, version = version + 1
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::uuid[], $6::int[])
        AS step (id, state, due_at, reference, decision_id, cost)
    WHERE dispatch.id = step.id"""
_END = """UPDATE dispatch_attempt SET ended_at = $6, outcome = ended.outcome, code = ended.code,
        detail = nullif(ended.detail, '')
    FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[])
        AS ended (dispatch_id, number, outcome, code, detail)
    WHERE dispatch_attempt.dispatch_id = ended.dispatch_id AND dispatch_attempt.number = ended.number"""


_GONE = frozenset({Code.DEVICE_GONE, Code.ADDRESS_NOT_ALLOWED})  # a device that can never be reached


@dataclass(frozen=True, slots=True)
class Noted:
    """How the attempt of a claimed parcel ended."""

    claimed: Claimed
    result: Result


@dataclass(slots=True)
class _Steps:
    now: datetime
    rows: list[tuple[UUID, DispatchState, datetime | None, str | None, UUID | None, int | None]] = field(
        default_factory=list
    )
    ends: list[tuple[UUID, int, DispatchOutcome, Code, str]] = field(default_factory=list)
    undelivered: list[Undelivered] = field(default_factory=list)


async def note_results(context: SendingContext, channel: Channel, noted: Sequence[Noted]) -> int:
    """Note how attempts ended: the accepted ones of a channel without charges in one statement, the others in
    one transaction, with their charges, and webhooks together with their endpoints; return how many of the
    notes counted.
    """

    def at_once(one: Noted) -> bool:
        return one.result.outcome is DispatchOutcome.ACCEPTED and not channel.charged

    accepted = [one for one in noted if at_once(one)]
    others = [one for one in noted if not at_once(one)]
    if channel.kind is DispatchChannel.WEBHOOK:
        counted = await _note_webhooks(context, channel, accepted, others)
    else:
        counted = len(await _note_accepted(connection(), channel, accepted))
        counted += await _note_others(context, channel, others)
    stale = len(noted) - counted
    if stale:
        STALE_NOTES.labels(channel.kind).inc(stale)
        _log.warning("note_is_stale", channel=channel.kind, count=stale)
    return counted


async def _note_accepted(conn: Connection, channel: Channel, noted: Sequence[Noted]) -> set[UUID]:
    """Note what was accepted; return the dispatches whose notes counted."""
    if not noted:
        return set()
    rows = await fetch(
        conn,
        _ACCEPT,
        [one.claimed.parcel.id for one in noted],
        [one.claimed.claim for one in noted],
        [one.result.reference for one in noted],
        [one.result.code for one in noted],
        [one.result.detail[:200] for one in noted],
    )
    DISPATCH_ATTEMPTS.labels(channel.kind, DispatchOutcome.ACCEPTED).inc(len(rows))
    if channel.kind is DispatchChannel.PUSH:
        await note_accepted(conn, [row["id"] for row in rows])
    return {row["id"] for row in rows}


async def _note_others(context: SendingContext, channel: Channel, noted: Sequence[Noted]) -> int:
    if not noted:
        return 0
    async with transaction() as conn:
        mine = await _ours(conn, noted)
        journal = Journal(await database_now(conn))
        await _note(conn, context, channel, mine, journal)
        await journal.write(conn)
    if journal.recipients:
        await context.wake.send(journal.recipients, ())
    return len(mine)


async def _note_webhooks(
    context: SendingContext, channel: Channel, accepted: Sequence[Noted], others: Sequence[Noted]
) -> int:
    """Note webhooks and their endpoints, which are locked first; of a deleted one, attempts end CANCELLED."""
    noted = [*accepted, *others]
    async with transaction() as conn:
        endpoints = await lock_endpoints_of(conn, [one.claimed.parcel for one in noted])
        over = {one.claimed.parcel.id for one in noted if is_deleted(endpoints, one.claimed.parcel)}
        counted = await _note_accepted(
            conn, channel, [one for one in accepted if one.claimed.parcel.id not in over]
        )
        rest = [*others, *(one for one in accepted if one.claimed.parcel.id in over)]
        if not rest and not is_news(endpoints):
            return len(counted)
        mine = await _ours(conn, rest)
        journal = Journal(await database_now(conn))
        await _note(conn, context, channel, mine, journal, over)
        sent = [(one.claimed.parcel, one.result) for one in accepted if one.claimed.parcel.id in counted]
        await note_endpoints(conn, journal, endpoints, [*sent, *mine.values()])
        await journal.write(conn)
    await context.wake.send(journal.recipients, journal.due)
    return len(counted) + len(mine)


async def _ours(conn: Connection, noted: Sequence[Noted]) -> dict[UUID, tuple[Parcel, Result]]:
    """Lock and return the dispatches that are still claimed as when their attempts began."""
    by_id = {one.claimed.parcel.id: one for one in noted}
    rows = await fetch(conn, _OURS, list(by_id), [one.claimed.claim for one in by_id.values()])
    return {row["id"]: (by_id[row["id"]].claimed.parcel, by_id[row["id"]].result) for row in rows}


async def end_leases(context: SendingContext, channel: Channel, most: int = 100) -> int:
    """Note the attempts of workers that ended, or hang, as uncertain; return their number."""

    async def attempt(only: Collection[UUID] | None) -> int:
        return await _end(context, channel, most, only)

    return sum(await isolate(attempt, _leave, channel.kind))


async def _end(context: SendingContext, channel: Channel, most: int, only: Collection[UUID] | None) -> int:
    result = Result(DispatchOutcome.UNCERTAIN, Code.LEASE_ENDED)
    async with transaction() as conn:
        now = await database_now(conn)
        allowed = None if only is None else list(only)
        webhooks = channel.kind is DispatchChannel.WEBHOOK
        endpoints = await lock_endpoints_of_ended(conn, now) if webhooks else {}
        rows = await fetch(conn, _EXPIRED, channel.kind, now, most, list(MessageTemplate), allowed)
        if not rows:
            return 0
        journal = Journal(now)
        with batch([row["id"] for row in rows]):
            parcels = await read_parcels(conn, context, [row["id"] for row in rows], now)
            over = {parcel.id for parcel in parcels if is_deleted(endpoints, parcel)}
            await _note(
                conn, context, channel, {parcel.id: (parcel, result) for parcel in parcels}, journal, over
            )
            await journal.write(conn)
    _log.warning("leases_ended", channel=channel.kind, count=len(rows))
    if journal.recipients:
        await context.wake.send(journal.recipients, ())
    return len(rows)


async def _leave(dispatch_id: UUID) -> None:
    """Look at the ended lease of a dispatch again after a while."""
    await fetch(
        connection(),
        """UPDATE dispatch SET lease_until = leadgate_clock() + $2::interval
           WHERE id = $1 AND state = 'SENDING' AND lease_until <= leadgate_clock()""",
        dispatch_id,
        SET_ASIDE,
    )


async def _note(
    conn: Connection,
    context: SendingContext,
    channel: Channel,
    results: Mapping[UUID, tuple[Parcel, Result]],
    journal: Journal,
    cancelled: Collection[UUID] = (),
) -> None:
    """Write what follows from results whose dispatches are locked; events and decisions are left to the
    journal. What is cancelled is not repeated, however its attempt ended.
    """
    if not results:
        return
    steps = _Steps(journal.now)
    sealed = sum(result.code is Code.SEALED_OTHERWISE for _, result in results.values())
    if sealed:
        remedy = "Set KEY_FILE to the file that all servers and workers use."
        _log.error("secrets_not_opened", channel=channel.kind, count=sealed, remedy=remedy)
    for parcel, result in results.values():
        _follow(parcel, result, channel, journal, steps, is_cancelled=parcel.id in cancelled)
        DISPATCH_ATTEMPTS.labels(channel.kind, result.outcome).inc()
    await fetch(conn, _STEP, *map(list, zip(*steps.rows, strict=True)), journal.now)
    await fetch(conn, _END, *map(list, zip(*steps.ends, strict=True)), journal.now)
    if channel.kind is DispatchChannel.PUSH:
        await note_gone(conn, [parcel.id for parcel, result in results.values() if result.code in _GONE])
    await bounced_at_once(conn, context, journal, results.values())
    await tell_undelivered(conn, journal, steps.undelivered)


def _follow(
    parcel: Parcel,
    result: Result,
    channel: Channel,
    journal: Journal,
    steps: _Steps,
    *,
    is_cancelled: bool,
) -> None:
    """Decide what follows one result."""
    steps.ends.append((parcel.id, parcel.attempts, result.outcome, result.code, result.detail[:200]))
    if result.outcome is DispatchOutcome.ACCEPTED and not is_cancelled:
        charge = charge_of(channel.kind, parcel.policy, parcel.recipient.account_id, parcel.id)
        if charge is not None:
            journal.movements.append(charge)
        steps.rows.append((parcel.id, DispatchState.SENT, None, result.reference, None, cents_of(charge)))
        return
    began = parcel.first_attempt_at or steps.now
    facts = RetryFacts(
        channel=channel.kind,
        outcome=result.outcome,
        attempts=parcel.attempts,
        age=int((steps.now - began).total_seconds()),
        repeatable=channel.repeatable,
        charged=channel.charged,
    )
    decision = decide(retry, parcel.policy, facts, steps.now)
    decision_id = journal.record(parcel.id, decision)
    state, due_at = _next(parcel, result, decision, steps.now)
    if is_cancelled:
        state, due_at = DispatchState.CANCELLED, None
    steps.rows.append((parcel.id, state, due_at, result.reference, decision_id, None))
    if state is DispatchState.DEAD and parcel.necessity is Necessity.REQUIRED_BY_LAW:
        steps.undelivered.append(Undelivered.of(parcel))


def _next(
    parcel: Parcel, result: Result, decision: Decision, now: datetime
) -> tuple[DispatchState, datetime | None]:
    if decision.verdict is RetryVerdict.STOP:
        return DispatchState.DEAD, None
    if decision.verdict is RetryVerdict.ASK:
        return DispatchState.UNCERTAIN, None
    delay = retry_delay(parcel.policy, parcel.attempts, random())  # noqa: S311 - spreads repeats
    wanted = min(max(0.0, result.retry_after or 0.0), float(parcel.policy.messages.longest_delay))
    return DispatchState.WAITING, now + timedelta(seconds=max(delay, wanted))
