"""Merges a telephone system's fact into its call, in one transaction."""

from collections.abc import Collection, Sequence
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
from models.calls.facts import WantedChain, WantedMatch, chains_of, company_of, matches_of
from models.calls.list import answers, secretariats_by_id
from models.calls.merge import CalledCompany, PhoneFact, begin_call, merge
from models.calls.routes import find_routes
from models.deadlines.settle import settle_due
from models.feed.journal import Journal
from models.policies.versions import policies_by_id, policy_in_force
from models.process.wake import Wake

_SYSTEM = Viewer(roles=frozenset({Role.OPERATOR}))  # a telephone system tells of all companies' calls
_COMPANIES = f"""SELECT wanted.number, company.*, in_force.id AS policy_id
    FROM unnest($1::text[]) AS wanted (number)
    CROSS JOIN LATERAL (
        SELECT secretariat.id, account_id, retention_days, market_id FROM secretariat
        WHERE {answers("wanted.number")} LIMIT 1) AS company
    LEFT JOIN LATERAL (
        SELECT policy.id FROM policy
        WHERE policy.market_id = company.market_id AND policy.effective_from <= $2
        ORDER BY policy.effective_from DESC LIMIT 1) AS in_force ON true"""


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
        await merge_facts(conn, [(case, [fact])], journal)
        await save_merged(conn, [case], journal)
    await wake.send(journal.recipients, journal.due)
    return case.id


async def merge_facts(
    conn: Connection, told: Sequence[tuple[CallCase, Sequence[PhoneFact]]], journal: Journal
) -> None:
    """Merge facts into locked or new calls, none of them twice, with the decisions, the events and the
    deadlines that follow.
    """
    for place in range(max((len(facts) for _, facts in told), default=0)):
        changes = [(case, merge(case, facts[place])) for case, facts in told if place < len(facts)]
        await _decide_attempts(conn, [case for case, _ in changes], journal)
        for case, change in changes:
            if change is not None:
                moved(case, change, journal)
            elif case.changed:
                move_deadline(case, journal)


async def save_merged(conn: Connection, cases: Sequence[CallCase], journal: Journal, *also: Change) -> None:
    """Save calls and what their talks are evidence for, and write the journal, with further changes."""
    journal.own += changes_of(cases)
    talks = [
        case
        for case in cases
        if any(one.result is TransferResult.ACCEPTED and one.measured for one in case.attempts)
    ]
    if talks:
        own, journal.own = journal.own, []
        await write_together(conn, own)  # the evidence is read from the rows
        for case in talks:
            await record_talk(conn, case, journal)
    journal.own += also
    await journal.write(conn)


async def company_called(conn: Connection, dialled: str | None, journal: Journal) -> CalledCompany | None:
    """Return the company that answers a number (E.164), with the policy in force; None for nobody's."""
    if dialled is None:
        return None
    return (await companies_called(conn, [dialled], journal)).get(dialled)


async def companies_called(
    conn: Connection, dialled: Collection[str], journal: Journal
) -> dict[str, CalledCompany]:
    """Return the companies that answer these numbers (E.164), with the policies in force, in one statement;
    a number that is nobody's is left out.
    """
    rows = await fetch(conn, _COMPANIES, list(dialled), journal.now)
    for row in rows:
        if row["policy_id"] is None:
            await policy_in_force(conn, row["market_id"], journal.now)  # raises
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    return {
        row["number"]: CalledCompany(
            row["id"], row["account_id"], row["retention_days"], row["policy_id"], policies[row["policy_id"]]
        )
        for row in rows
    }


async def _decide_attempts(conn: Connection, cases: Sequence[CallCase], journal: Journal) -> None:
    """Record what the rules say about attempts that the telephone system told of; they were made anyway."""
    undecided = [(case, one) for case in cases for one in case.attempts if one.decision_id is None]
    if not undecided:
        return
    companies = await secretariats_by_id(conn, _SYSTEM, {case.secretariat_id for case, _ in undecided})
    chains = await chains_of(
        conn,
        [
            WantedChain(
                companies[case.secretariat_id],
                case.wanted_employee_id or one.employee_id,
                one.started_at,
                case.policy.call.deputy_hops,
            )
            for case, one in undecided
        ],
    )
    apart = [
        place
        for place, (_, one) in enumerate(undecided)
        if one.employee_id not in [candidate.id for candidate in chains[place]]
    ]
    if apart:
        wanted = [
            WantedChain(companies[case.secretariat_id], one.employee_id, one.started_at, 0)
            for case, one in (undecided[place] for place in apart)
        ]
        for place, chain in zip(apart, await chains_of(conn, wanted), strict=True):
            chains[place] = chain
    entries = await matches_of(
        conn,
        [
            WantedMatch(case.secretariat_id, case.caller, [each.id for each in chain])
            for (case, _), chain in zip(undecided, chains, strict=True)
        ],
    )
    for (case, one), chain, vips in zip(undecided, chains, entries, strict=True):
        if not chain:  # removed meanwhile
            case.attempts.remove(one)
            case.flags |= {CallFlag.UNKNOWN_EMPLOYEE}
            continue
        company = company_of(companies[case.secretariat_id], case.policy)
        routes = find_routes(company, case.caller, chain, vips, one.started_at)
        decision = next(
            route.decision
            for route in (*routes.skipped, *routes.routes)
            if route.employee_id == one.employee_id
        )
        put_attempt(case, replace(one, decision_id=journal.record(case.id, decision)))
