"""A page of leads is made of the leads that its viewer sees one by one, with the same verdicts."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.viewer import ANONYMOUS, Viewer
from models.leads.list import LeadFilter, LeadOrder, lead_rows, leads_by_id, list_leads, viewer_kind
from models.leads.verdicts import FACTS_OF_ROW, verdicts_of
from models.leads.views import LeadView
from rules import Decision, production_parameters
from tests.support.database import Database
from tests.support.leads import (
    ApplicationRow,
    DeliveryRow,
    LeadRow,
    insert_applications,
    insert_deliveries,
    insert_leads,
    random_leads,
)
from tests.support.marketplace import (
    HOUR,
    LONG_AGO,
    START,
    MadeMarket,
    make_market,
    make_operator,
    make_prospect,
    make_vendor,
    publish_policy,
)
from tests.support.stops import insert_stop

TICK, WAIT, LATER_WAIT = timedelta(microseconds=1), 48 * HOUR, 60 * HOUR
FILTERS = (
    LeadFilter(),
    LeadFilter(category="web", country="DE", city="BERLIN", budget_min=900),
    LeadFilter(market="second"),
    LeadFilter(query="website"),
)


async def _markets() -> list[tuple[MadeMarket, list[tuple[UUID, timedelta]]]]:
    """Make two markets, each with its policies in force and how long these wait for an answer."""
    parameters = production_parameters()
    parameters["reveal"]["reveal_after"] = int(LATER_WAIT.total_seconds())
    made = []
    for code in ("main", "second"):
        market = await make_market(code)
        later, _ = await publish_policy(market.id, code, parameters, START - HOUR)
        made.append((market, [(market.policy_id, WAIT), (later, LATER_WAIT)]))
    return made


async def _persons(random: Random, vendors: list[UUID]) -> dict[UUID, Viewer]:
    """Make persons: free, erased, and under stops that bind all or one account, for all media or one."""
    persons = {one.id: one.viewer for one in [await make_prospect() for _ in range(12)]}
    for number, person in enumerate(persons):
        for account in random.sample((None, *vendors), number % 3):
            medium, until = random.choice((None, None, "PHONE")), random.choice((None, START, START + TICK))
            stop = await insert_stop(person, LONG_AGO, until=until, medium=medium, account_id=account)
            if random.random() < 0.2:
                await fetch(
                    connection(), "UPDATE do_not_contact SET lifted_at = $2 WHERE id = $1", stop, START
                )
    await fetch(
        connection(), "UPDATE prospect SET erased_at = $2 WHERE id = ANY($1)", [*persons][4:6], LONG_AGO
    )
    return persons


async def _insert_cases(
    random: Random,
    leads: list[LeadRow],
    vendors: list[UUID],
    policies: dict[UUID, list[tuple[UUID, timedelta]]],
) -> None:
    """Insert what accounts have of leads: nothing or any, received and answered around the due time."""
    applications, deliveries = [], []
    for lead, account in ((lead, account) for lead in leads for account in vendors):
        policy, wait = random.choice(policies[lead.market_id])
        if random.random() < 0.5:
            received = START - random.choice((TICK, wait - TICK, wait, wait + TICK))
            answered = min(START, received + random.choice((TICK, wait - TICK, wait)))
            accepted, declined, ended = random.choice(
                ((None,) * 3, (answered, None, None), (None, answered, None), (None, None, answered))
            )
            applications.append(ApplicationRow(lead.id, account, policy, received, accepted, declined, ended))
        if random.random() < 0.3:
            kind = random.choice(("APPLICATION", "LEAD_CLUB", "RECORD"))
            deliveries.append(
                DeliveryRow(lead.id, account, policy, kind, random.choice(("NO", "NO_CONSENT")))
            )
    await insert_applications(applications)
    await insert_deliveries(deliveries)


def _place(order: LeadOrder, lead: LeadView) -> tuple[object, ...]:
    if order is LeadOrder.NEWEST:
        return START - lead.published_at, -lead.id.int
    if order is LeadOrder.BUDGET:
        most = lead.budget_min if lead.budget_max is None else lead.budget_max
        return lead.currency, 2**63 if most is None else -most, lead.id.int
    return lead.closes_at or START + timedelta(days=9_999), lead.id.int


def _kept(criteria: LeadFilter, lead: LeadView) -> bool:
    least, most = criteria.budget_min, lead.budget_min if lead.budget_max is None else lead.budget_max
    return criteria.market in {None, lead.market.code} and (
        least is None or (most is not None and most >= least)
    )


def _told(decision: Decision) -> object:
    return decision.verdict, decision.rule_id, decision.decided_at, decision.changes_at


def _case(lead: LeadView) -> object:
    case, delivery = lead.application, lead.delivery
    ids = case and (case.id, case.status), delivery and delivery.id
    return lead.id, *ids, _told(lead.visibility)


async def _read(viewer: Viewer, order: LeadOrder, criteria: LeadFilter, *, backwards: bool) -> list[LeadView]:
    """Read the list page by page, and check each page's rows and verdicts on the way."""
    part, found = Slice(17, backwards=backwards), list[LeadView]()
    while True:
        page = await list_leads(connection(), viewer, part, order, criteria)
        names = ("id", *FACTS_OF_ROW)
        rows = await lead_rows(connection(), viewer, part, order, criteria, names, positions=False)
        verdicts = await verdicts_of(connection(), rows.cut.rows, viewer_kind(viewer), rows.silent)
        assert [row["id"] for row in rows.cut.rows] == [lead.id for lead in page.items]
        assert [_told(one.decision) for one in verdicts] == [_told(lead.visibility) for lead in page.items]
        found = [*page.items, *found] if backwards else [*found, *page.items]
        if not (page.has_previous if backwards else page.has_next):
            return found
        if backwards:
            part = Slice(17, before=page.position(0), backwards=True)
        else:
            part = Slice(17, after=page.position(-1))


@pytest.mark.parametrize("seed", range(2))
async def test_pages_are_the_leads_one_by_one(database: Database, seed: int) -> None:
    """In each order and both directions, whatever stops, cases and policies they have."""
    await database.clock.set(START)
    random, markets = Random(seed), await _markets()
    vendors = [await make_vendor(), await make_vendor(name="Other Fake Vendor Ltd")]
    accounts = [one.id for one in vendors]
    persons = await _persons(random, accounts)
    leads = [
        lead
        for market, _ in markets
        for person in persons
        for lead in random_leads(random, 3, market.id, person)
    ]
    await insert_leads(leads)
    await _insert_cases(random, leads, accounts, {market.id: policies for market, policies in markets})
    ids, everyone = [lead.id for lead in leads], [*persons.values()]
    viewers = [vendors[0].owner, vendors[1].member, vendors[0].employee, await make_operator(), ANONYMOUS]
    for viewer in (*viewers, everyone[1], everyone[4]):
        alone = await leads_by_id(connection(), viewer, [*ids, new_id()])
        for criteria in FILTERS:
            kept = [lead for lead in alone.values() if _kept(criteria, lead)]
            for order in LeadOrder:
                expected = [_case(lead) for lead in sorted(kept, key=lambda lead: _place(order, lead))]
                for backwards in (False, True):
                    found = await _read(viewer, order, criteria, backwards=backwards)
                    assert [_case(lead) for lead in found] == expected
