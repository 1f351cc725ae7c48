"""Merging of what a telephone system says about a call into what is known of it; pure.

Telephone systems repeat their events and send them in any order. A fact is therefore merged, not applied:
times are the earliest told, results the strongest told, and everything else follows from the legs. Any order
and repetition of the same facts gives the same call. A fact without a time is dated by its receipt, so there
the order still decides on times.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from models.base.ids import new_id
from models.calls.attempts import Attempt, Leg, settled_attempts
from models.calls.call_case import CallCase, put_attempt
from models.calls.call_tables import (
    AttemptSource,
    CallFlag,
    LegKind,
    TransferResult,
)
from models.calls.caller_id import WITHHELD_CALLER, Caller, CallerKind, CallerTrust
from models.calls.state import CallChange
from models.contact_data.redaction import Redacted
from rules import Policy

# A fact that claims to be from further away than this is dated by its receipt: the system's clock is wrong.
LATEST_AHEAD = timedelta(minutes=5)
OLDEST = timedelta(days=1)


class FactKind(StrEnum):
    """What a telephone system says happened to a leg."""

    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    CONSULTING = "CONSULTING"  # the agent rings an employee
    CONSULT_ENDED = "CONSULT_ENDED"  # the agent is with the caller again
    TRANSFERRED = "TRANSFERRED"  # the employee has the call
    HUNG_UP = "HUNG_UP"
    VOICEMAIL = "VOICEMAIL"  # a mailbox answered


@dataclass(frozen=True, slots=True, repr=False)
class PhoneFact(Redacted):
    """One thing that a telephone system says about one leg of a call.

    `at` is the system's time, None if it gives none. `agent_id` is who answered, on an agent's leg;
    `employee_id` whose extension `number` is, on an employee's leg; `wanted_id` whom the caller wants.
    """

    kind: FactKind
    leg: str
    leg_kind: LegKind
    received_at: datetime
    at: datetime | None = None
    caller: Caller = WITHHELD_CALLER
    diverted_from: str | None = None
    agent_id: UUID | None = None
    employee_id: UUID | None = None
    number: str | None = None
    wanted_id: UUID | None = None
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class CalledCompany:
    """What a new call needs of the company that was called, and the policy in force."""

    secretariat_id: UUID
    account_id: UUID
    retention_days: int | None
    policy_id: UUID
    policy: Policy


def begin_call(external_id: str, dialled: str, company: CalledCompany, fact: PhoneFact) -> CallCase:
    """Return the case of a call of which this fact is the first that is known. Merge the fact into it."""
    return CallCase(
        new_id(),
        1,
        company.secretariat_id,
        company.account_id,
        company.policy_id,
        company.policy,
        company.retention_days,
        external_id,
        fact.caller,
        dialled,
        dated(fact)[0],
        new=True,
    )


def dated(fact: PhoneFact) -> tuple[datetime, bool]:
    """Return when a fact happened, and whether its time was replaced by its receipt: the clocks differ."""
    if fact.at is None:
        return fact.received_at, False
    plausible = fact.received_at - OLDEST <= fact.at <= fact.received_at + LATEST_AHEAD
    return (fact.at, False) if plausible else (fact.received_at, True)


def merge(case: CallCase, fact: PhoneFact) -> CallChange | None:
    """Merge a fact into a working copy; return what changed, None if nothing did that anybody sees.

    A leg may have changed all the same: then the case is marked as changed. A fact about a call that has
    ended corrects its times, which are flagged, and nothing else: the outcome stays.
    """
    before, legs, times = _seen(case), dict(case.legs), _times(case)
    at, differs = dated(fact)
    case.legs[fact.leg] = _merged_leg(case.legs.get(fact.leg), fact, at)
    case.ringing_at = min(case.ringing_at, at)
    _merge_answer(case, fact, at)
    case.hung_up_at = _hung_up_at(case)
    _merge_attempt(case, fact)
    case.wanted_employee_id = case.wanted_employee_id or fact.wanted_id
    case.attempts = settled_attempts(case.attempts, case.legs, case.ends)
    if case.forgotten_at is None:
        case.caller = min(case.caller, fact.caller, key=_caller_rank)
        case.diverted_from = _text(case.diverted_from, fact.diverted_from)
    case.cause = _cause(case)
    case.flags |= _flags(fact, differs=differs)
    if case.ended and _corrected(case, times):
        case.flags |= {CallFlag.TIMES_CORRECTED}
    case.changed = case.changed or case.new or legs != case.legs or before != _seen(case)
    if before == _seen(case) and not case.new:
        return None
    return CallChange.CORRECTED if case.ended else _change(case, before)


def _merged_leg(known: Leg | None, fact: PhoneFact, at: datetime) -> Leg:
    """Return a leg with the earliest start, answer and end that were told, and the strongest result."""
    leg = known or Leg(fact.leg, fact.leg_kind, at)
    leg = replace(
        leg, kind=min(leg.kind, fact.leg_kind, key=_KINDS.index), started_at=min(leg.started_at, at)
    )
    if fact.kind is FactKind.ANSWERED:
        return replace(leg, answered_at=_earliest(leg.answered_at, at))
    if fact.kind is FactKind.HUNG_UP:
        return replace(leg, ended_at=_earliest(leg.ended_at, at), cause=_text(leg.cause, fact.cause))
    result = _RESULTS.get(fact.kind)
    if result is None or fact.leg_kind is not LegKind.EMPLOYEE:
        return leg
    leg = replace(leg, cause=_text(leg.cause, fact.cause))
    if leg.result is not result:
        weaker = leg.result is not None and _STRENGTH.index(result) < _STRENGTH.index(leg.result)
        return leg if weaker else replace(leg, result=result, result_at=at)
    return replace(leg, result_at=_earliest(leg.result_at, at))


_KINDS = list(LegKind)
_RESULTS = {
    FactKind.CONSULT_ENDED: TransferResult.CANCELLED,
    FactKind.VOICEMAIL: TransferResult.VOICEMAIL,
    FactKind.TRANSFERRED: TransferResult.ACCEPTED,
}
_STRENGTH = list(_RESULTS.values())


def _merge_answer(case: CallCase, fact: PhoneFact, at: datetime) -> None:
    """The agent who answered first has the call, unless a colleague has taken it over."""
    if fact.kind is not FactKind.ANSWERED or fact.agent_id is None or fact.leg_kind is LegKind.EMPLOYEE:
        return
    told = (at, fact.agent_id)
    if case.answered_at is None or case.agent_id is None:
        case.answered_at, case.agent_id = told
    elif case.taken_over_at is not None:
        case.answered_at = min(case.answered_at, at)
    else:
        case.answered_at, case.agent_id = min((case.answered_at, case.agent_id), told)


def _hung_up_at(case: CallCase) -> datetime | None:
    """Return the end of the caller's leg; of a system that has none, the last end, if no leg is open.

    A call that was forwarded when its first leg ended rings again as soon as its next leg joins.
    """
    callers = [leg for leg in case.legs.values() if leg.kind is LegKind.CALLER]
    if callers:
        return min((leg.ended_at for leg in callers if leg.ended_at is not None), default=None)
    ended = [leg.ended_at for leg in case.legs.values() if leg.ended_at is not None]
    return max(ended) if len(ended) == len(case.legs) else None


def _merge_attempt(case: CallCase, fact: PhoneFact) -> None:
    """Find or add the attempt that an employee's leg belongs to: the agent may have begun it.

    Or even ended it, if the agent was faster than the telephone system's report.
    """
    if fact.employee_id is None or fact.leg_kind is not LegKind.EMPLOYEE:
        return
    number = fact.number or ""
    known = next((one for one in case.attempts if one.leg == fact.leg), None)
    if known is not None:
        put_attempt(case, replace(known, number=max(known.number, number)))
        return
    started_at = case.legs[fact.leg].started_at
    begun = next(
        (
            one
            for one in case.attempts
            if one.leg is None
            and one.employee_id == fact.employee_id
            and (one.result_at is None or one.result_at >= started_at)
        ),
        None,
    )
    ordinal = max((one.ordinal for one in case.attempts), default=0) + 1
    new = Attempt(ordinal, fact.employee_id, number, started_at, AttemptSource.SYSTEM, leg=fact.leg)
    put_attempt(case, new if begun is None else replace(begun, leg=fact.leg))


def _flags(fact: PhoneFact, *, differs: bool) -> set[CallFlag]:
    flags = {CallFlag.CLOCK_DIFFERS} if differs else set()
    employees = fact.leg_kind is LegKind.EMPLOYEE
    if fact.kind is FactKind.VOICEMAIL and not employees:
        flags.add(CallFlag.VOICEMAIL)
    if fact.kind is FactKind.CONSULTING and fact.employee_id is None:
        flags.add(CallFlag.UNKNOWN_EMPLOYEE)
    return flags


def _cause(case: CallCase) -> str | None:
    """Return why the call ended, as the telephone system says: of the caller's leg first, then the last."""
    ended = [leg for leg in case.legs.values() if leg.ended_at is not None and leg.cause is not None]
    first = min(
        ended,
        key=lambda leg: (
            leg.kind is not LegKind.CALLER,
            -(leg.ended_at or leg.started_at).timestamp(),
            leg.external_id,
        ),
        default=None,
    )
    return case.cause if first is None else first.cause


_Seen = tuple[object, ...]


def _seen(case: CallCase) -> _Seen:
    return (
        case.ringing_at,
        case.answered_at,
        case.agent_id,
        case.hung_up_at,
        tuple(case.attempts),
        case.caller,
        case.diverted_from,
        case.cause,
        case.flags,
        _put_through(case),
    )


def _put_through(case: CallCase) -> frozenset[UUID]:
    """Return the attempts that an employee accepted."""
    return frozenset(one.id for one in case.attempts if one.result is TransferResult.ACCEPTED)


def _times(case: CallCase) -> list[datetime | None]:
    return [case.ringing_at, case.answered_at, case.hung_up_at]


def _corrected(case: CallCase, before: list[datetime | None]) -> bool:
    """Whether a known time of an ended call has changed; of a closed one, also whether one became known.

    The hang-up of a call that its agent finished while caller and employee still talked is no correction.
    """
    changes = [(was, now) for was, now in zip(before, _times(case), strict=True) if was != now]
    return any(was is not None or case.closed_at is not None for was, _ in changes)


def _change(case: CallCase, before: _Seen) -> CallChange:
    """Return what happened, in the words of those who watch the call."""
    _, answered_at, _, hung_up_at, attempts, *_, put_through = before
    if case.hung_up_at != hung_up_at:
        return CallChange.RINGING if case.hung_up_at is None else CallChange.HUNG_UP
    if tuple(case.attempts) != attempts:
        return CallChange.ATTEMPT if _put_through(case) == put_through else CallChange.TRANSFERRED
    return CallChange.ANSWERED if case.answered_at != answered_at else CallChange.RINGING


_TRUST = [CallerTrust.VERIFIED, CallerTrust.PRESENTED, CallerTrust.UNREADABLE, CallerTrust.WITHHELD]


def _caller_rank(caller: Caller) -> tuple[bool, int, str]:
    """Rank what is known of the caller: a number comes first, and before others one that was attested."""
    return caller.kind is not CallerKind.NUMBER, _TRUST.index(caller.trust), caller.shown


def _text(known: str | None, told: str | None) -> str | None:
    """Return the text that is known; of two, which systems do not send, always the same one."""
    return min((text for text in (known, told) if text), default=None)


def _earliest(known: datetime | None, told: datetime) -> datetime:
    return told if known is None else min(known, told)
