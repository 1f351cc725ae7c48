"""Who would get a call, and when nobody would: the same functions as for real calls; nothing is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection
from models.base.pace import unhurried
from models.base.viewer import Viewer
from models.calls.caller_id import Caller
from models.calls.coverage import Coverage, find_gaps
from models.calls.entries import asked_fields_of, faq_of
from models.calls.facts import (
    MOST_VIPS_SHOWN,
    WantedChain,
    WantedMatch,
    all_candidates,
    chains_of,
    check_near,
    company_of,
    matches_of,
    matching_vips,
    policy_now,
)
from models.calls.hours import SpanDraft, read_spans
from models.calls.limits import LONGEST_COVERAGE, MOST_COVERED_EMPLOYEES
from models.calls.managed import managed_secretariat
from models.calls.recognition import VipView, effective
from models.calls.refusals import CallRefusal
from models.calls.routes import NOTHING_YET, Candidate, Company, Routes, SoFar, find_routes
from models.calls.typed_number import read_typed_caller
from models.calls.views import AskedFieldView, FaqView, SecretariatView
from models.contact_data import InvalidPhone
from models.contact_data.redaction import Redacted
from rules.calls.call_route import CallerStanding


@dataclass(frozen=True, slots=True, repr=False)
class CallAsked(Redacted):
    """A call that is asked about: who calls whom, when, and what an agent would be shown."""

    secretariat: SecretariatView
    company: Company
    caller: Caller
    employee_id: UUID | None
    at: datetime
    past: bool  # before now: decided by what is stored now
    faq: Sequence[FaqView]
    asked_fields: Sequence[AskedFieldView]
    vips: Sequence[VipView]
    so_far: SoFar = NOTHING_YET

    def vip(self, employee_id: UUID | None) -> VipView | None:
        """Return the entry that holds towards an employee."""
        return effective(self.vips, employee_id)


async def ask_about_call(
    conn: Connection,
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    caller: str | None,
    employee_id: UUID | None,
    at: datetime | None,
) -> CallAsked:
    """Return what is known of a call at an instant, by default now; for those who manage the company.

    `caller` is a number as people type it; None is a withheld one. Raises `Refusal`.
    """
    secretariat = await managed_secretariat(conn, viewer, secretariat_id, "preview calls")
    now = await database_now(conn)
    then = now if at is None else at
    check_near(then, now, "at")
    try:
        who = read_typed_caller(caller, secretariat.holidays_of[:2])
    except InvalidPhone as error:
        raise error.refusal("caller") from error
    return CallAsked(
        secretariat,
        company_of(secretariat, await policy_now(conn, secretariat.market_id)),
        who,
        employee_id,
        then,
        then < now,
        (await faq_of(conn, [secretariat.id]))[secretariat.id],
        (await asked_fields_of(conn, [secretariat.id]))[secretariat.id],
        await matching_vips(conn, secretariat.id, who),
    )


async def routes_of_calls(
    conn: Connection, wanted: Sequence[tuple[CallAsked, UUID | None]]
) -> list[Routes | None]:
    """Return the routes of each call to an employee, or to nobody in particular; in at most four statements.

    None if the employee is not one of the company's, or was removed.
    """
    towards = [
        WantedChain(asked.secretariat, employee_id, asked.at, asked.company.policy.call.deputy_hops)
        for asked, employee_id in wanted
        if employee_id is not None
    ]
    read = iter(await chains_of(conn, towards) if towards else ())
    chains = [[] if employee_id is None else next(read) for _, employee_id in wanted]
    entries = await _entries_towards(conn, [asked for asked, _ in wanted], chains)
    found: list[Routes | None] = []
    async for place in unhurried(range(len(wanted)), 5):  # each decides up to eight times
        asked, employee_id = wanted[place]
        known = employee_id is None or chains[place]
        found.append(_routes(asked, chains[place], entries[place]) if known else None)
    return found


async def _entries_towards(
    conn: Connection, calls: Sequence[CallAsked], chains: Sequence[Sequence[Candidate]]
) -> list[Sequence[VipView]]:
    """Return the VIP entries of each call, again for those of which only the first entries were read."""
    entries: list[Sequence[VipView]] = [asked.vips for asked in calls]
    cut = [place for place, vips in enumerate(entries) if len(vips) >= MOST_VIPS_SHOWN]
    wanted = [
        WantedMatch(calls[place].secretariat.id, calls[place].caller, [one.id for one in chains[place]])
        for place in cut
    ]
    for place, all_entries in zip(cut, await matches_of(conn, wanted), strict=True):
        entries[place] = all_entries
    return entries


def _routes(asked: CallAsked, chain: Sequence[Candidate], entries: Sequence[VipView]) -> Routes:
    return find_routes(
        asked.company,
        asked.caller,
        chain,
        entries,
        asked.at,
        fallback_id=asked.secretariat.fallback_employee_id,
        so_far=asked.so_far,
    )


async def coverage_of(
    conn: Connection,
    viewer: Viewer,
    *,
    secretariat_id: UUID | None,
    period: tuple[datetime, datetime],
    expected: Sequence[SpanDraft] | None,
    standing: CallerStanding,
    employee_ids: Collection[UUID] | None,
) -> tuple[Company, Coverage]:
    """Return when nobody would get a call in a period; for those who manage the company. Raises `Refusal`."""
    secretariat = await managed_secretariat(conn, viewer, secretariat_id, "ask for coverage")
    if period[1] <= period[0]:
        raise CallRefusal.COVERAGE_PERIOD_INVALID.at("period")
    too_large = CallRefusal.COVERAGE_TOO_LARGE
    if period[1] - period[0] > LONGEST_COVERAGE:
        raise too_large.at("period", days=LONGEST_COVERAGE.days, most=MOST_COVERED_EMPLOYEES)
    now = await database_now(conn)
    for instant in period:
        check_near(instant, now, "period")
    spans = None if expected is None else read_spans(expected, "expected")
    candidates = await all_candidates(conn, secretariat, period, employee_ids, MOST_COVERED_EMPLOYEES)
    if len(candidates) > MOST_COVERED_EMPLOYEES:
        raise too_large.at("employeeIds", days=LONGEST_COVERAGE.days, most=MOST_COVERED_EMPLOYEES)
    if employee_ids is not None and len(candidates) < len(set(employee_ids)):
        raise CallRefusal.EMPLOYEE_NOT_FOUND.at("employeeIds")
    company = company_of(secretariat, await policy_now(conn, secretariat.market_id))
    return company, await find_gaps(company, candidates, standing, period, spans)
