"""Bounces: what a refused address, or a report about a message, does to the address.

The rules decide; an address is stored as its keyed hash only.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.base.metrics import BOUNCES, CALENDAR_REPLIES
from models.feed.journal import Journal
from models.messages.bounce_report import BounceMail
from models.messages.channels.channel import Result
from models.messages.claim import Undelivered, tell_undelivered
from models.messages.links import read_bounce
from models.messages.met_address import lock_met_address
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext
from models.messages.tables import DispatchReceipt, SuppressionReason
from rules import Decision, Policy, decide
from rules.messages.bounce import (
    BounceAction,
    BounceFacts,
    BounceReport,
    BounceVerdict,
    StatusClass,
    bounce,
)
from rules.messages.dispatch import DispatchChannel, Necessity

_EARLIER = """SELECT count(*) AS many FROM suppression
    WHERE channel = $1 AND address_key = $2 AND reason = 'SOFT_BOUNCE' AND lifted_at IS NULL"""
# What can follow: a delayed message can still be delivered, a delivered one can still bounce further on.
_RANKS = (
    DispatchReceipt.DELAYED,
    DispatchReceipt.DELIVERED,
    DispatchReceipt.BOUNCED,
    DispatchReceipt.REPORTED_AS_ABUSE,
)
_SUPPRESS = """INSERT INTO suppression (id, channel, address_key, reason, since, until, dispatch_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7)"""


async def bounced_at_once(
    conn: Connection,
    context: SendingContext,
    journal: Journal,
    results: Iterable[tuple[Parcel, Result]],
) -> None:
    """Apply the rules to addresses that the provider refused during the conversation."""
    for parcel, result in results:
        if result.bounce is None or parcel.recipient.address is None:
            continue
        key = context.address_key(parcel.channel, parcel.recipient.address)
        facts = BounceFacts(
            report=BounceReport.DELIVERY_STATUS,
            action=BounceAction.FAILED,
            status_class=StatusClass.PERMANENT,
            about=result.bounce,
            matched=True,
            required_by_law=parcel.necessity is Necessity.REQUIRED_BY_LAW,
            earlier=await _earlier(conn, parcel.channel, key),
        )
        decision = decide(bounce, parcel.policy, facts, journal.now)
        journal.record(parcel.id, decision)
        await _carry_out(conn, (parcel.channel, key, parcel.id), decision, parcel.policy, journal.now)


async def take_report(context: SendingContext, mail: BounceMail) -> BounceVerdict:
    """Carry out a report of a mail server; return the verdict, IGNORE for one that matches no message.

    Repeating it has no further effect, and neither has one that says less than an earlier one: a recipient
    could send such reports in turn, each with a suppression and a notification to operators.
    """
    if mail.calendar_reply:  # decides nothing: answers are given in the product
        CALENDAR_REPLIES.inc()
        return BounceVerdict.IGNORE
    genuine = (read_bounce(context, token) for token in mail.tokens)
    dispatch_id = next((found for found in genuine if found is not None), None)
    if dispatch_id is None:
        BOUNCES.labels(mail.report, BounceVerdict.IGNORE).inc()
        return BounceVerdict.IGNORE
    recipients: set[UUID] = set()
    async with transaction() as conn:
        met = await lock_met_address(conn, context, dispatch_id)
        if met is None or not met.attempted:
            BOUNCES.labels(mail.report, BounceVerdict.IGNORE).inc()
            return BounceVerdict.IGNORE
        now = await database_now(conn)
        facts = BounceFacts(
            report=mail.report,
            action=mail.action,
            status_class=mail.status_class,
            about=mail.about,
            matched=True,
            required_by_law=met.necessity is Necessity.REQUIRED_BY_LAW,
            earlier=await _earlier(conn, met.channel, met.key),
        )
        decision = decide(bounce, met.policy, facts, now)
        receipt = _receipt(mail)
        if receipt is not None and _is_news(receipt, met.receipt):
            journal = Journal(now)
            journal.record(dispatch_id, decision)
            await fetch(
                conn,
                "UPDATE dispatch SET receipt = $2, receipt_at = $3, version = version + 1 WHERE id = $1",
                dispatch_id,
                receipt,
                now,
            )
            await _carry_out(conn, (met.channel, met.key, dispatch_id), decision, met.policy, now)
            if receipt is DispatchReceipt.BOUNCED and met.necessity is Necessity.REQUIRED_BY_LAW:
                await tell_undelivered(conn, journal, [Undelivered(dispatch_id, met.subject, met.about)])
            await journal.write(conn)
            recipients = journal.recipients
    if recipients:
        await context.wake.send(recipients, ())
    verdict = BounceVerdict(decision.verdict)
    BOUNCES.labels(mail.report, verdict).inc()
    return verdict


def _is_news(receipt: DispatchReceipt, earlier: DispatchReceipt | None) -> bool:
    return earlier is None or _RANKS.index(receipt) > _RANKS.index(earlier)


def _receipt(mail: BounceMail) -> DispatchReceipt | None:
    if mail.report is BounceReport.ABUSE:
        return DispatchReceipt.REPORTED_AS_ABUSE
    if mail.report is BounceReport.OTHER:
        return None
    return {
        BounceAction.FAILED: DispatchReceipt.BOUNCED,
        BounceAction.DELAYED: DispatchReceipt.DELAYED,
        BounceAction.DELIVERED: DispatchReceipt.DELIVERED,
    }.get(mail.action)


async def _earlier(conn: Connection, channel: DispatchChannel, key: str) -> int:
    rows = await fetch(conn, _EARLIER, channel, key)
    many: int = rows[0]["many"]
    return many


async def _carry_out(
    conn: Connection,
    met: tuple[DispatchChannel, str, UUID],
    decision: Decision,
    policy: Policy,
    now: datetime,
) -> None:
    """Suppress the address (channel, key, and the dispatch that met it) if the rules say so."""
    if decision.verdict not in {BounceVerdict.SUPPRESS, BounceVerdict.SUPPRESS_FOR_A_WHILE}:
        return
    channel, key, dispatch_id = met
    reason, until = SuppressionReason.HARD_BOUNCE, None
    if decision.verdict is BounceVerdict.SUPPRESS_FOR_A_WHILE:
        reason = SuppressionReason.SOFT_BOUNCE
        until = now + timedelta(seconds=policy.messages.soft_bounce_hold)
    elif decision.facts["report"] == BounceReport.ABUSE:
        reason = SuppressionReason.ABUSE_REPORT
    await fetch(conn, _SUPPRESS, new_id(), channel, key, reason, now, until, dispatch_id)
