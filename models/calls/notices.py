"""Notices of a call that has ended: who is told by email and by text message, and why (S4.12, S4.16, S4.19).

The rules decide when the call ends, in its transaction, and their decisions are recorded. What a notice says,
and to which address it goes, is read when it is sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.calls.ended_call import EndedCall, accepted_by
from models.calls.facts import WantedMatch, matches_of
from models.calls.recognition import VipView, standing
from models.contact_data.redaction import Redacted
from models.feed.journal import EventRow, Journal, MessageRow, NoticeRow
from models.feed.kinds import MessageTemplate, NotificationKind
from rules import Decision, decide
from rules.calls.call_mail import CallMail, CallMailFacts, CallOutcome, call_mail
from rules.calls.call_route import CallerStanding
from rules.calls.call_sms import CallSms, CallSmsFacts, call_sms
from rules.messages.dispatch import DispatchChannel

_VIPS = frozenset({CallerStanding.VIP_OF_COMPANY, CallerStanding.VIP_OF_EMPLOYEE})

_COMPANIES = """SELECT id, transfer_included, fallback_employee_id FROM secretariat
    WHERE id = ANY($1::uuid[])"""
_EMPLOYEES = """SELECT id, sms_tick, vip_sms_tick, mobile IS NOT NULL AS has_mobile FROM employee
    WHERE id = ANY($1::uuid[]) AND removed_at IS NULL"""


@dataclass(frozen=True, slots=True, repr=False)
class Notifiable(Redacted):
    """An employee who may be told of a call, as of now; without addresses, because agents see who is told."""

    id: UUID
    sms_tick: bool
    vip_sms_tick: bool
    has_mobile: bool


@dataclass(frozen=True, slots=True, repr=False)
class Audience(Redacted):
    """Whom a company's calls can be told to: employees who were not removed, and the caller's VIP entries."""

    transfer_included: bool
    fallback_employee_id: UUID | None
    employees: Mapping[UUID, Notifiable]
    entries: Sequence[VipView]


@dataclass(frozen=True, slots=True, repr=False)
class Notice(Redacted):
    """What an employee gets if a call ends with an outcome, and what the text message costs, in EUR cents.

    `sms` is None for an employee who only gets a copy: the one who was wanted when another one accepted.
    """

    employee: Notifiable
    outcome: CallOutcome
    mail: Decision
    sms: Decision | None
    sms_cents: int


async def read_audiences(conn: Connection, calls: Collection[EndedCall]) -> dict[UUID, Audience]:
    """Return the audience of each of these calls, in three statements."""
    if not calls:
        return {}
    companies = {
        row["id"]: row for row in await fetch(conn, _COMPANIES, list({one.secretariat_id for one in calls}))
    }
    wanted = {one.wanted_employee_id for one in calls} | {accepted_by(one) for one in calls}
    wanted |= {row["fallback_employee_id"] for row in companies.values()}
    employees = {
        row["id"]: Notifiable(row["id"], row["sms_tick"], row["vip_sms_tick"], row["has_mobile"])
        for row in await fetch(conn, _EMPLOYEES, list(wanted - {None}))
    }
    entries = await matches_of(
        conn,
        [
            WantedMatch(
                one.secretariat_id,
                one.caller,
                {
                    one.wanted_employee_id,
                    accepted_by(one),
                    companies[one.secretariat_id]["fallback_employee_id"],
                }
                - {None},
            )
            for one in calls
        ],
    )
    return {
        one.id: Audience(
            companies[one.secretariat_id]["transfer_included"],
            companies[one.secretariat_id]["fallback_employee_id"],
            employees,
            matching,
        )
        for one, matching in zip(calls, entries, strict=True)
    }


def notices_of(call: EndedCall, audience: Audience) -> list[Notice]:
    """Decide who is told of a call: who accepted it, and the wanted employee, who gets a copy of that; else
    the wanted employee; else the fallback employee. Employees who were removed are left out.
    """
    outcome, at = call.outcome, call.finished_at or call.closed_at
    if outcome is None or at is None:
        raise ValueError("a call is told of when it has ended")
    told = _present(audience, accepted_by(call), call.wanted_employee_id)
    told = told or _present(audience, audience.fallback_employee_id)
    facts = CallMailFacts(outcome=outcome, answered=call.answered_at is not None)
    mail = decide(call_mail, call.policy, facts, at)
    notices = []
    for place, employee in enumerate(told):
        sms = (
            decide(call_sms, call.policy, _sms(call, outcome, audience, employee), at) if not place else None
        )
        cents = call.policy.messages.sms_cents if sms is not None and sms.verdict is not CallSms.NONE else 0
        notices.append(Notice(employee, outcome, mail, sms, cents))
    return notices


def _present(audience: Audience, *ids: UUID | None) -> list[Notifiable]:
    """Return these employees, each once, without those who were removed."""
    return [
        audience.employees[one] for one in dict.fromkeys(ids) if one is not None and one in audience.employees
    ]


def _sms(call: EndedCall, outcome: CallOutcome, audience: Audience, employee: Notifiable) -> CallSmsFacts:
    return CallSmsFacts(
        outcome=outcome,
        sms_tick=employee.sms_tick,
        vip_tick=employee.vip_sms_tick,
        vip=standing(call.caller, audience.entries, employee.id) in _VIPS,
        mobile=employee.has_mobile,
        plan_transfers=audience.transfer_included,
    )


def add_notices(call: EndedCall, audience: Audience, journal: Journal) -> list[Notice]:
    """Add the notices of a call that ends now to its transaction's journal, and the company's notification of
    a call that an agent has finished. Return the notices.
    """
    notices = notices_of(call, audience)
    for one in notices:
        _add(journal, call, one, DispatchChannel.EMAIL, one.mail)
        if one.sms is not None:
            _add(journal, call, one, DispatchChannel.SMS, one.sms)
    if call.finished_at is not None:
        parameters: dict[str, object] = {"callId": str(call.id), "outcome": str(call.outcome)}
        journal.events.append(
            EventRow(call.account_id, NotificationKind.CALL_TAKEN, call.finished_at, parameters=parameters)
        )
    return notices


async def write_notices(conn: Connection, call: EndedCall, journal: Journal) -> list[Notice]:
    """Read the audience of one call that ends in this transaction, and add its notices to the journal.

    A call is told of once: call this only in the transaction that ends it.
    """
    return add_notices(call, (await read_audiences(conn, [call]))[call.id], journal)


async def write_amended_notices(
    conn: Connection, call: EndedCall, note_version: int, journal: Journal
) -> None:
    """Tell those who got an email about a call that its note was corrected; never by text message.

    An employee who has become the wanted one gets the email of the call instead.
    """
    rows = await fetch(
        conn,
        "SELECT employee_id, message_id FROM call_notice WHERE call_id = $1 AND channel = 'EMAIL'",
        call.id,
    )
    for row in rows:
        if row["message_id"] is not None:
            journal.messages.append(_amended(call, row["employee_id"], note_version, journal.now))
    known = {row["employee_id"] for row in rows}
    audience = (await read_audiences(conn, [call]))[call.id]
    for one in notices_of(call, audience):
        if one.employee.id not in known:
            _add(journal, call, one, DispatchChannel.EMAIL, one.mail)


def _add(
    journal: Journal, call: EndedCall, notice: Notice, channel: DispatchChannel, decision: Decision
) -> None:
    message = _message(call, notice, channel, decision)
    if message is not None:
        journal.messages.append(message)
    journal.notices.append(
        NoticeRow(
            new_id(),
            call.id,
            notice.employee.id,
            channel,
            journal.record(call.id, decision),
            message.id if message is not None else None,
        )
    )


def _message(
    call: EndedCall, notice: Notice, channel: DispatchChannel, decision: Decision
) -> MessageRow | None:
    if decision.verdict in {CallMail.NOTHING, CallSms.NONE}:
        return None
    employee_id = notice.employee.id
    return MessageRow(
        _template(channel, decision.verdict, notice.outcome),
        employee_id,
        call.id,
        call.policy_id,
        f"call_notice:{call.id}:{employee_id}:{channel}",
        decision.decided_at,
        ordering=_ordering(call.id, employee_id) if channel is DispatchChannel.EMAIL else None,
    )


def _template(channel: DispatchChannel, verdict: object, outcome: CallOutcome) -> MessageTemplate:
    if channel is DispatchChannel.SMS:
        return MessageTemplate.CALL_TEXT
    if verdict == CallMail.FULL_NOTE:
        return MessageTemplate.CALL_TAKEN
    through = outcome is CallOutcome.TRANSFERRED
    return MessageTemplate.CALL_TRANSFERRED if through else MessageTemplate.CALL_MISSED


def _amended(call: EndedCall, employee_id: UUID, note_version: int, now: datetime) -> MessageRow:
    key = f"call_amended:{call.id}:{employee_id}"
    return MessageRow(
        MessageTemplate.CALL_AMENDED,
        employee_id,
        call.id,
        call.policy_id,
        f"{key}:{note_version}",
        now,
        ordering=_ordering(call.id, employee_id),
        replaces=key,
    )


def _ordering(call_id: UUID, employee_id: UUID) -> str:
    return f"call_mail:{call_id}:{employee_id}"
