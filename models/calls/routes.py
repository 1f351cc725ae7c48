"""The routes of a call: the wanted employee, then deputies, and at the end a message (S4.13 to S4.18).

Nothing here reads a clock or the database.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.refusal import in_language
from models.calls.caller_id import Caller
from models.calls.presence import Availability, CompanyTime, EmployeeTimes, availability
from models.calls.recognition import VipView, effective, standing, stronger
from models.calls.words import CallWords, announcement
from models.contact_data.redaction import Redacted
from rules import Decision, Policy, decide
from rules.calls.call_route import (
    AnswerSoFar,
    CallerStanding,
    CallRoute,
    CallRouteFacts,
    TransferWish,
    call_route,
)
from rules.calls.presence import Presence


@dataclass(frozen=True, slots=True, repr=False)
class Candidate(Redacted):
    """An employee who may get the call."""

    id: UUID
    wish: TransferWish
    extension: str | None
    times: EmployeeTimes


@dataclass(frozen=True, slots=True)
class Company:
    """What a company's set-up says about all its calls."""

    policy: Policy
    time: CompanyTime
    language: str
    transfer_included: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class SoFar:
    """What has happened in this call: who was tried, and what was answered."""

    tried: Collection[UUID] = ()
    answer: AnswerSoFar = AnswerSoFar.NONE


@dataclass(frozen=True, slots=True)
class Route:
    """One possibility for the call. `number` and `announcement` are only of a transfer."""

    employee_id: UUID | None
    hop: int
    decision: Decision
    ring_seconds: int
    number: str | None = None
    said: str | None = None
    announcement: str | None = None

    @property
    def action(self) -> CallRoute:
        """The verdict."""
        return CallRoute(self.decision.verdict)


@dataclass(frozen=True, slots=True)
class Routes:
    """The routes in order, the last of which takes a message; who was skipped; and when any of it changes."""

    routes: Sequence[Route]
    skipped: Sequence[Route]
    standing: CallerStanding
    vip: VipView | None
    changes_at: datetime | None


NOTHING_YET = SoFar()


def find_routes(
    company: Company,
    caller: Caller,
    chain: Sequence[Candidate],
    entries: Sequence[VipView],
    at: datetime,
    *,
    fallback_id: UUID | None = None,
    so_far: SoFar = NOTHING_YET,
) -> Routes:
    """Return the routes of a call at an instant.

    `chain` is the wanted employee, the deputy, the deputy's deputy, none twice; empty if nobody in particular
    is wanted: then a message is taken for `fallback_id`. `entries` are the VIPs that match the caller.
    """
    wanted_id = chain[0].id if chain else None
    towards_wanted = standing(caller, entries, wanted_id)
    vip = effective(entries, wanted_id)
    if not chain:
        nobody = _decide(company, _NOBODY, 0, towards_wanted, Presence.PRESENT, so_far, at)
        route = Route(fallback_id, 0, nobody, company.policy.call.attempt_ring_seconds, said=_said(company))
        return Routes([route], [], towards_wanted, vip, None)
    routes: list[Route] = []
    skipped: list[Route] = []
    changes: list[datetime] = []
    spoken_of = vip.name if vip and vip.name else caller.e164
    for hop, one in enumerate(chain[: company.policy.call.deputy_hops + 1]):
        there = availability(one.times, company.time, company.policy, at)
        towards = stronger(towards_wanted, standing(caller, entries, one.id))
        decision = _decide(company, one, hop, towards, there.state, so_far, at)
        if there.until is not None:
            changes.append(there.until)
        if decision.verdict is CallRoute.TRANSFER:
            said = announcement(company.language, spoken_of)
            routes.append(_route(company, one, hop, decision, there, one.extension, said))
        else:
            skipped.append(_route(company, one, hop, decision, there))
        if hop == 0:
            wanted_there = there
    wanted = chain[0]
    tried = SoFar({*so_far.tried, wanted.id}, so_far.answer) if routes else so_far
    last = _decide(company, wanted, 0, towards_wanted, wanted_there.state, tried, at)
    routes.append(_route(company, wanted, 0, last, wanted_there))
    return Routes(routes, skipped, towards_wanted, vip, min(changes, default=None))


_NOBODY = Candidate(UUID(int=0), TransferWish.ALL, None, EmployeeTimes((), (), None))


def _said(company: Company) -> str | None:
    return None if company.transfer_included else in_language(CallWords.NOBODY_IN_PERSON, company.language)


def _route(
    company: Company,
    one: Candidate,
    hop: int,
    decision: Decision,
    there: Availability,
    number: str | None = None,
    announced: str | None = None,
) -> Route:
    ring = company.policy.call.attempt_ring_seconds
    return Route(one.id, hop, decision, ring, number, there.said, announced)


def _decide(
    company: Company,
    one: Candidate,
    hop: int,
    towards: CallerStanding,
    there: Presence,
    so_far: SoFar,
    at: datetime,
) -> Decision:
    facts = CallRouteFacts(
        plan_transfers=company.transfer_included,
        confirmed=company.confirmed,
        hop=hop,
        wish=one.wish,
        standing=towards,
        has_extension=one.extension is not None,
        presence=there,
        tried=one.id in so_far.tried,
        answer=so_far.answer,
    )
    return decide(call_route, company.policy, facts, at)
