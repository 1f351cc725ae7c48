"""Legs of a call and attempts to put it through, and how attempts end, from what is known; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from models.base.ids import new_id
from models.calls.call_tables import AttemptSource, LegKind, TransferResult
from models.contact_data.redaction import Redacted

_OPEN = frozenset({TransferResult.CALLING, TransferResult.CANCELLED})
_SECOND = timedelta(seconds=1)
# What telephone systems say when an employee's leg ends unanswered: in words, or codes of Q.850.
_BY_CAUSE: Mapping[str, TransferResult] = {
    **dict.fromkeys(("busy", "user busy", "17"), TransferResult.BUSY),
    **dict.fromkeys(("declined", "rejected", "call rejected", "21"), TransferResult.DECLINED),
    **dict.fromkeys(
        ("unreachable", "notfound", "congestion", "unallocated (unassigned) number", "1", "3", "20", "34"),
        TransferResult.UNREACHABLE,
    ),
    "failed": TransferResult.FAILED,
}


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a call, as a telephone system counts them; replaced, never changed.

    `result` and `result_at` are of an employee's leg: ACCEPTED, VOICEMAIL, or CANCELLED when the agent is
    with the caller again.
    """

    external_id: str
    kind: LegKind
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    result: TransferResult | None = None
    result_at: datetime | None = None
    cause: str | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, repr=False)
class Attempt(Redacted):
    """An attempt to put the call through; replaced, never changed.

    `decision_id` is None only between the merge of a telephone system's fact and its decision.
    """

    ordinal: int
    employee_id: UUID
    number: str
    started_at: datetime
    by: AttemptSource
    decision_id: UUID | None = None
    result: TransferResult = TransferResult.CALLING
    result_at: datetime | None = None
    ended_at: datetime | None = None
    talk_seconds: int | None = None
    measured: bool = False
    message_for_caller: str | None = None
    leg: str | None = None
    id: UUID = field(default_factory=new_id)


def settled_attempts(
    attempts: Sequence[Attempt], legs: Mapping[str, Leg], ends: Collection[datetime]
) -> list[Attempt]:
    """Return attempts with the results that follow from what is known, by ordinal.

    `ends` are the times of the hang-up and of the call's end. An attempt without a result is CANCELLED when
    the next one begins, the caller hangs up or the call ends, by the earliest of these, whatever order they
    became known in.
    """
    told = [_told(one, legs.get(one.leg or ""), legs) for one in attempts]
    by_start = sorted(told, key=lambda one: (one.started_at, one.leg or "", one.ordinal))
    settled = []
    for place, one in enumerate(by_start, start=1):
        over = [*ends, *(following.started_at for following in by_start[place : place + 1])]
        settled.append(_measured(_cancelled(one, over, ends), legs.get(one.leg or "")))
    return sorted(settled, key=lambda one: one.ordinal)


def _told(one: Attempt, leg: Leg | None, legs: Mapping[str, Leg]) -> Attempt:
    """Return an attempt with what the telephone system said of the employee's leg.

    An agent's word on a result counts, unless the system saw the employee accept the call.
    """
    if leg is None:
        return one
    told = leg.result is TransferResult.ACCEPTED
    accepted_at = leg.result_at if told else _joined_at(leg, legs)
    if accepted_at is not None:
        return _begun(replace(one, result=TransferResult.ACCEPTED, result_at=accepted_at), leg)
    if one.by is AttemptSource.AGENT and one.result is not TransferResult.CALLING:
        return one
    if leg.result is TransferResult.VOICEMAIL:
        return _begun(replace(one, result=leg.result, result_at=leg.result_at), leg)
    over = min((at for at in (leg.result_at, leg.ended_at) if at is not None), default=None)
    if over is None:
        return _begun(replace(one, result=TransferResult.CALLING, result_at=None), leg)
    answered = leg.answered_at is not None
    unanswered = _BY_CAUSE.get((leg.cause or "").lower(), TransferResult.NO_ANSWER)
    result = TransferResult.DECLINED if answered else unanswered
    return _begun(replace(one, result=result, result_at=over), leg)


def _joined_at(leg: Leg, legs: Mapping[str, Leg]) -> datetime | None:
    """Return since when the employee alone talked to the caller: the agent's leg ended while this one was up.

    None while an agent is with them, and if the caller or the employee was the first to hang up.
    """
    agents = [one for one in legs.values() if one.kind is LegKind.AGENT and one.answered_at is not None]
    left = [one.ended_at for one in agents if one.ended_at is not None]
    if leg.result is not None or leg.answered_at is None or not agents or len(left) < len(agents):
        return None
    at = max(leg.answered_at, *left)
    parties = [leg, *(one for one in legs.values() if one.kind is LegKind.CALLER)]
    gone = [one.ended_at for one in parties if one.ended_at is not None]
    return None if any(end <= at for end in gone) else at


def _begun(one: Attempt, leg: Leg) -> Attempt:
    return replace(one, started_at=leg.started_at) if one.by is AttemptSource.SYSTEM else one


def _cancelled(one: Attempt, over: Collection[datetime], ends: Collection[datetime]) -> Attempt:
    """Return the attempt as CANCELLED if it was open when it was over.

    A leg that the telephone system ends because the caller has hung up says nothing about the employee.
    """
    unheard = one.by is AttemptSource.SYSTEM and one.result is TransferResult.NO_ANSWER
    if unheard and one.result_at is not None:
        over = [at for at in ends if at <= one.result_at]
    elif one.result not in _OPEN:
        return one
    known = [*over] if one.result_at is None or unheard else [*over, one.result_at]
    if not known:
        return one
    at = max(min(known), one.started_at)
    return replace(one, result=TransferResult.CANCELLED, result_at=at)


def _measured(one: Attempt, leg: Leg | None) -> Attempt:
    """Return an accepted attempt with the seconds that the telephone system measured, and any other without
    those measured while it seemed to be accepted.
    """
    if leg is None:
        return one
    if one.result is not TransferResult.ACCEPTED or one.result_at is None:
        return replace(one, ended_at=None, talk_seconds=None, measured=False) if one.measured else one
    ended_at = leg.ended_at
    if ended_at is None:
        return replace(one, ended_at=None, talk_seconds=None, measured=True)
    seconds = max(0, (ended_at - one.result_at) // _SECOND)
    return replace(one, ended_at=ended_at, talk_seconds=seconds, measured=True)
