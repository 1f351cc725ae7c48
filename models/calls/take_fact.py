"""Merges a telephone system's fact into its call, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.one_statement import Change, write_together
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_case import CallCase, move_deadline, moved, put_attempt
from models.calls.call_store import changes_of, lock_call
from models.calls.call_tables import CallFlag, TransferResult
from models.calls.closing import CALL
from models.calls.evidence import record_talk
from models.calls.facts import chain_of, company_of, matching_vips
from models.calls.list import find_secretariat, secretariats_by_id
from models.calls.merge import CalledCompany, PhoneFact, begin_call, merge
from models.calls.routes import find_routes
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from models.policies.versions import policy_in_force
from models.process.wake import Wake

_SYSTEM = Viewer(roles=frozenset({Role.OPERATOR}))  # a telephone system tells of all companies' calls


async def take_fact(wake: Wake, external_id: str, dialled: str | None, fact: PhoneFact) -> UUID | None:
    """Merge a fact into the call with this id of its telephone system, and return the call.

    An unknown call begins, in whatever order its facts come, if `dialled` (E.164) is answered for a company.
    None for a call that is unknown and reaches nobody.
    """
    async with transaction() as conn:
        # Two facts of a new call that arrive together must not begin it twice.
        await fetch(conn, "SELECT pg_advisory_xact_lock(hashtextextended('call:' || $1, 0))", external_id)
        row = await fetch_one(conn, "SELECT id FROM call WHERE external_id = $1", external_id)
        if row is not None:
            case, now = await lock_call(conn, row["id"])
            journal = Journal(now)
            await settle_due(conn, CALL, [case], journal)
        else:
            journal = Journal(await database_now(conn))
            company = await company_called(conn, dialled, journal)
            if company is None or dialled is None:
                return None
            case = begin_call(external_id, dialled, company, fact)
        await merge_facts(conn, case, [fact], journal)
        await save_merged(conn, case, journal)
    await wake.send(journal.recipients, journal.due)
    return case.id


async def merge_facts(conn: Connection, case: CallCase, facts: Sequence[PhoneFact], journal: Journal) -> None:
    """Merge facts into a locked or new call, with the decisions, the events and the deadline that follow."""
    for fact in facts:
        change = merge(case, fact)
        await _decide_attempts(conn, case, journal)
        if change is not None:
            moved(case, change, journal)
        elif case.changed:
            move_deadline(case, journal)


async def save_merged(conn: Connection, case: CallCase, journal: Journal, *also: Change) -> None:
    """Save a call and what its talks are evidence for, and write the journal, with further changes."""
    journal.own += changes_of([case])
    if any(one.result is TransferResult.ACCEPTED and one.measured for one in case.attempts):
        own, journal.own = journal.own, []
        await write_together(conn, own)  # the evidence is read from the rows
        await record_talk(conn, case, journal)
    journal.own += also
    await journal.write(conn)


async def company_called(conn: Connection, dialled: str | None, journal: Journal) -> CalledCompany | None:
    """Return the company that answers a number (E.164), with the policy in force; None for nobody's."""
    if dialled is None:
        return None
    secretariat = await find_secretariat(conn, _SYSTEM, number=dialled)
    if secretariat is None:
        return None
    policy_id, policy = await policy_in_force(conn, secretariat.market_id, journal.now)
    return CalledCompany(
        secretariat.id, secretariat.account_id, secretariat.own_retention_days, policy_id, policy
    )


async def _decide_attempts(conn: Connection, case: CallCase, journal: Journal) -> None:
    """Record what the rules say about attempts that the telephone system told of; they were made anyway."""
    undecided = [one for one in case.attempts if one.decision_id is None]
    if not undecided:
        return
    secretariat = (await secretariats_by_id(conn, _SYSTEM, [case.secretariat_id]))[case.secretariat_id]
    company = company_of(secretariat, case.policy)
    hops = case.policy.call.deputy_hops
    for one in undecided:
        chain = await chain_of(
            conn, secretariat, case.wanted_employee_id or one.employee_id, one.started_at, hops=hops
        )
        if one.employee_id not in [candidate.id for candidate in chain]:
            chain = await chain_of(conn, secretariat, one.employee_id, one.started_at, hops=0)
        if not chain:  # removed meanwhile
            case.attempts.remove(one)
            case.flags |= {CallFlag.UNKNOWN_EMPLOYEE}
            continue
        entries = await matching_vips(conn, secretariat.id, case.caller, [each.id for each in chain])
        routes = find_routes(company, case.caller, chain, entries, one.started_at)
        decision = next(
            route.decision
            for route in (*routes.skipped, *routes.routes)
            if route.employee_id == one.employee_id
        )
        put_attempt(case, replace(one, decision_id=journal.record(case.id, decision)))
