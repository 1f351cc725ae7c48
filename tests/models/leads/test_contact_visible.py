"""The SQL filter `contactVisible` selects the same rows as the rules, for every state and viewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.leads.list import LeadFilter, LeadOrder, count_leads, list_leads
from rules import Visibility, production_parameters
from tests.support.database import Database
from tests.support.leads import (
    ApplicationRow,
    DeliveryRow,
    LeadRow,
    insert_applications,
    insert_deliveries,
    insert_leads,
)
from tests.support.marketplace import (
    HOUR,
    LONG_AGO,
    SECOND,
    START,
    Marketplace,
    make_marketplace,
    publish_policy,
)
from tests.support.stops import insert_stop

REVEALS = (48 * HOUR, 60 * HOUR)  # of the first policy version and of the current one
TICK = timedelta(microseconds=1)
AROUND = (-SECOND, -TICK, timedelta(), TICK, SECOND)
NO, ACCEPTED, DECLINED, WITHDRAWN, ENDED = "NO", "ACCEPTED", "DECLINED", "WITHDRAWN", "ENDED"


@dataclass(frozen=True, slots=True)
class State:
    """One state of a vendor's case on a lead."""

    answer: str
    received_at: datetime
    answered_after: timedelta
    delivery: str | None
    closed: str
    policy_id: UUID


def _states(policies: list[UUID]) -> Iterator[State]:
    """Return all combinations, with times close to the boundaries of both policies."""
    deliveries = [(None, "NO"), *product(("APPLICATION", "LEAD_CLUB"), ("NO", "NO_CONSENT", "ERASED"))]
    deliveries += [("RECORD", "NO")]
    for policy_id, reveal, (delivery, closed) in product(policies, REVEALS, deliveries):
        for around in AROUND:
            received_at = START - reveal + around
            yield State(NO, received_at, timedelta(), delivery, closed, policy_id)
            if delivery is None:
                yield State(ENDED, received_at, timedelta(), delivery, closed, policy_id)
            for answer in (ACCEPTED, DECLINED, WITHDRAWN):
                for after in (timedelta(), reveal + around):
                    yield State(answer, START - 100 * HOUR, after, delivery, closed, policy_id)


async def _insert(market: Marketplace, states: list[State]) -> None:
    """Half of the leads belong to one prospect, half to another; some have a delivery and no application."""
    leads, applications, deliveries = [], [], []
    own = (market.prospect.id, market.other_prospect.id)
    for number, state in enumerate(states):
        lead = LeadRow(market.market.id, own[number % 2], published_at=START - timedelta(seconds=number))
        leads.append(lead)
        answered_at = state.received_at + state.answered_after
        if state.delivery not in {"LEAD_CLUB", "RECORD"} or number % 3:
            applications.append(
                ApplicationRow(
                    lead.id,
                    market.vendor.id,
                    state.policy_id,
                    state.received_at,
                    accepted_at=(
                        answered_at
                        if state.answer == ACCEPTED
                        else state.received_at
                        if state.answer == WITHDRAWN
                        else None
                    ),
                    declined_at=answered_at if state.answer in {DECLINED, WITHDRAWN} else None,
                    ended_at=answered_at if state.answer == ENDED else None,
                )
            )
        if state.delivery is not None:
            deliveries.append(
                DeliveryRow(lead.id, market.vendor.id, state.policy_id, state.delivery, state.closed)
            )
    untouched = [LeadRow(market.market.id, own[number % 2]) for number in range(4)]
    await insert_leads([*leads, *untouched])
    await insert_applications(applications)
    await insert_deliveries(deliveries)


async def _verdicts(viewer: Viewer, criteria: LeadFilter) -> dict[UUID, Visibility]:
    """Return the rules' verdict on each listed lead, page by page."""
    found, position = dict[UUID, Visibility](), None
    while True:
        page = await list_leads(connection(), viewer, Slice(100, after=position), LeadOrder.NEWEST, criteria)
        for lead in page.items:
            assert isinstance(lead.visibility.verdict, Visibility)
            found[lead.id] = lead.visibility.verdict
        if not page.has_next:
            return found
        position = page.position(-1)


@pytest.fixture(name="market")
async def _market(database: Database) -> Marketplace:
    await database.clock.set(START)
    market = await make_marketplace()
    policies = [market.market.policy_id]
    for reveal, effective_from in (
        (REVEALS[1], START - HOUR),
        (timedelta(hours=1), START + timedelta(days=1)),  # not in force yet, and not pinned by any case
    ):
        parameters = production_parameters()
        parameters["reveal"]["reveal_after"] = int(reveal.total_seconds())
        policies.append((await publish_policy(market.market.id, "main", parameters, effective_from))[0])
    await _insert(market, list(_states(policies[:2])))
    return market


def _viewers(market: Marketplace) -> dict[str, Viewer]:
    owner = market.vendor.owner
    return {
        "vendor": owner,
        "other vendor": market.other_vendor.owner,
        "prospect": market.prospect.viewer,
        "operator": market.operator,
    }


async def test_the_filter_agrees_with_the_rules(market: Marketplace) -> None:
    """Both lists together are the whole list, and each row is in the list of its verdict in Python."""
    shares = {}
    for name, viewer in _viewers(market).items():
        everything = await _verdicts(viewer, LeadFilter())
        visible = await _verdicts(viewer, LeadFilter(contact_visible=True))
        hidden = await _verdicts(viewer, LeadFilter(contact_visible=False))
        assert set(visible.values()) <= {Visibility.VISIBLE}, name
        assert set(hidden.values()) <= {Visibility.HIDDEN}, name
        assert {**visible, **hidden} == everything, name
        assert len(visible) + len(hidden) == len(everything), name
        counts = [
            await count_leads(connection(), viewer, LeadFilter(contact_visible=wanted))
            for wanted in (True, False)
        ]
        assert counts == [(len(visible), True), (len(hidden), True)], name
        shares[name] = (len(visible) > 0, len(hidden) > 0)
    assert shares == {
        "vendor": (True, True),
        "other vendor": (False, True),
        "prospect": (True, False),
        "operator": (True, False),
    }


async def test_the_filter_follows_the_clock(database: Database, market: Marketplace) -> None:
    """The same rows a microsecond later: the lists are disjoint, and rows move only if nobody answered."""
    owner = market.vendor.owner
    before = await _verdicts(owner, LeadFilter(contact_visible=True))
    await database.clock.advance(TICK)
    after = await _verdicts(owner, LeadFilter(contact_visible=True))
    hidden = await _verdicts(owner, LeadFilter(contact_visible=False))
    assert before.keys() < after.keys()
    assert set(hidden.values()) == {Visibility.HIDDEN}
    opened = list(after.keys() - before.keys())
    rows = await fetch(
        connection(),
        """SELECT received_at, accepted_at, declined_at FROM application WHERE lead_id = ANY($1::uuid[])""",
        opened,
    )
    assert {(row["accepted_at"], row["declined_at"]) for row in rows} == {(None, None)}
    assert {START + TICK - row["received_at"] for row in rows} == set(REVEALS)


async def test_pending_applications_to_a_stopped_person_are_hidden(market: Marketplace) -> None:
    """By the list's condition as by the rules; cases that were answered or revealed stay as they were."""
    owner = market.vendor.owner
    before = await _verdicts(owner, LeadFilter(contact_visible=True))
    for row in await fetch(connection(), "SELECT id FROM prospect"):
        await insert_stop(row["id"])
    after = await _verdicts(owner, LeadFilter(contact_visible=True))
    hidden = await _verdicts(owner, LeadFilter(contact_visible=False))
    assert set(hidden.values()) == {Visibility.HIDDEN}
    assert after.keys() < before.keys()
    rows = await fetch(
        connection(),
        """SELECT lead_id FROM application
           WHERE accepted_at IS NULL AND declined_at IS NULL AND ended_at IS NULL
             AND lead_id = ANY($1::uuid[])
             AND NOT EXISTS (SELECT FROM delivery WHERE delivery.lead_id = application.lead_id)""",
        list(before),
    )
    assert {row["lead_id"] for row in rows} == before.keys() - after.keys()


async def test_erased_people_are_in_neither_list(market: Marketplace) -> None:
    """An erased person's leads are not listed at all."""
    await fetch(
        connection(), "UPDATE prospect SET erased_at = $2 WHERE id = $1", market.prospect.id, LONG_AGO
    )
    for viewer in (market.vendor.owner, market.prospect.viewer):
        listed = {
            lead
            for wanted in (True, False, None)
            for lead in await _verdicts(viewer, LeadFilter(contact_visible=wanted))
        }
        assert bool(listed) == (viewer is market.vendor.owner)
        rows = await fetch(
            connection(),
            "SELECT count(*) AS n FROM lead WHERE prospect_id = $1 AND id = ANY($2::uuid[])",
            market.prospect.id,
            list(listed),
        )
        assert rows[0]["n"] == 0
