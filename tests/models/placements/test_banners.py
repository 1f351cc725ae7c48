"""The banners of a viewer: the same as on each application and complaint, the one that ends soonest first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from models.applications.list import ApplicationFilter, list_applications
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.placements.banners import MOST_BANNERS, banners
from models.placements.placed import PlacedView, banner_of
from rules import production_parameters
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
    START,
    Marketplace,
    make_marketplace,
    make_prospect,
    publish_policy,
)
from tests.support.query_recorder import recorded_statements

REVEAL, DAY = 48 * HOUR, timedelta(days=1)
FAR = datetime.max.replace(tzinfo=UTC)
_STATES = ("PENDING", "DUE", "ACCEPTED", "REVEALED", "DECLINED", "LATE", "WITHDRAWN", "ENDED")


async def _insert(random: Random, market: Marketplace, policies: Sequence[UUID], count: int) -> None:
    """Insert applications of the vendor in every state, some with a meeting, a few to erased persons."""
    others = [(await make_prospect()).id for _ in range(count // 10)]
    prospects = [*others, *[market.prospect.id] * (count - len(others))]
    leads = [LeadRow(market.market.id, one, title=f"Lead {n}") for n, one in enumerate(prospects)]
    await insert_leads(leads)
    await fetch(
        connection(),
        """UPDATE prospect SET erased_at = given.at
           FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, at) WHERE given.id = prospect.id""",
        others,
        [START - timedelta(seconds=random.uniform(1, 20 * 86_400)) for _ in others],
    )
    rows, revealed, proposals, closings = [], [], [], []
    for lead in leads:
        state, policy = random.choice(_STATES), random.choice(policies)
        since = timedelta(seconds=random.randrange(1, 18 * 86_400), microseconds=random.randrange(10**6))
        received = START - (since % REVEAL if state == "PENDING" else REVEAL + since)
        early, late = received + HOUR, received + REVEAL + HOUR
        row = ApplicationRow(
            lead.id,
            market.vendor.id,
            policy,
            received,
            accepted_at=early if state in {"ACCEPTED", "WITHDRAWN"} else None,
            declined_at={"DECLINED": early, "LATE": late, "WITHDRAWN": late}.get(state),
            ended_at=early if state == "ENDED" else None,
        )
        rows.append(row)
        opened = {
            "ACCEPTED": early,
            "WITHDRAWN": early,
            "REVEALED": received + REVEAL,
            "LATE": received + REVEAL,
        }
        if state in opened:
            revealed.append((row, opened[state], random.choice(["NO", "NO", "NO", "NO_CONSENT"])))
            since = opened[state] - START + timedelta(microseconds=random.randrange(10**6))
            closings.append((row.id, START + random.random() * since))
        if random.random() < 0.4:
            at = START + timedelta(seconds=random.randrange(-86_400, 20 * 86_400))
            proposals.append((row.id, at, random.choice(["VENDOR", "PROSPECT"])))
    await insert_applications(rows)
    await insert_deliveries(
        [
            DeliveryRow(
                row.lead_id,
                row.account_id,
                row.policy_id,
                "LEAD_CLUB" if row.accepted_at and number % 2 else "APPLICATION",
                closed,
                at,
            )
            for number, (row, at, closed) in enumerate(revealed)
        ]
    )
    await fetch(
        connection(),
        """UPDATE application SET revealed_at = delivery.received_at FROM delivery
           WHERE delivery.lead_id = application.lead_id AND delivery.account_id = application.account_id""",
    )
    await fetch(
        connection(),
        """UPDATE delivery SET application_id = application.id FROM application
           WHERE delivery.lead_id = application.lead_id AND delivery.account_id = application.account_id
               AND delivery.kind = 'APPLICATION'""",
    )
    await fetch(
        connection(),
        """UPDATE application SET proposed_meeting_at = given.at, proposed_by = given.side
           FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS given (id, at, side)
           WHERE given.id = application.id""",
        *map(list, zip(*proposals, strict=True)),
    )
    await fetch(
        connection(),
        """UPDATE delivery SET closed_at = given.at
           FROM unnest($1::uuid[], $2::timestamptz[]) AS given (id, at)
           JOIN application ON application.id = given.id
           WHERE delivery.lead_id = application.lead_id AND delivery.account_id = application.account_id
               AND delivery.closed <> 'NO'""",
        *map(list, zip(*closings, strict=True)),
    )


async def _expected(viewer: Viewer) -> list[PlacedView]:
    """Return the banner of each application, by the rules, the one that ends soonest first."""
    page = await list_applications(connection(), viewer, Slice(1_000), ApplicationFilter())
    found = [banner for view in page.items if (banner := banner_of(view, viewer)) is not None]
    return sorted(found, key=lambda banner: banner.action_until or FAR)


def _said(found: Sequence[PlacedView]) -> list[tuple[UUID, str, datetime | None]]:
    return [(banner.subject.id, banner.rule_id, banner.action_until) for banner in found]


async def _dismiss(random: Random, viewer: Viewer, found: Sequence[PlacedView]) -> None:
    dismissed = [banner for banner in found if banner.dismissible and random.random() < 0.4]
    await fetch(
        connection(),
        """INSERT INTO banner_dismissal (id, user_id, subject, rule_id, dismissed_at)
           SELECT gen_random_uuid(), $1, subject, rule_id, leadgate_clock()
           FROM unnest($2::uuid[], $3::text[]) AS given (subject, rule_id)""",
        viewer.user_id,
        [banner.subject.id for banner in dismissed],
        [banner.rule_id for banner in dismissed],
    )


@pytest.mark.parametrize("seed", range(4))
async def test_the_statement_finds_the_banners_that_the_rules_decide(database: Database, seed: int) -> None:
    """In every state, with proposals, closed contacts, deliveries before the answer, two policies, and before
    and after dismissing some.
    """
    random = Random(seed)
    await database.clock.set(START)
    market = await make_marketplace()
    parameters = production_parameters()
    parameters["placement"]["news_for"] = 5 * 86_400
    other, _ = await publish_policy(market.market.id, "main", parameters, START - 100 * DAY)
    await _insert(random, market, [market.market.policy_id, other], 120)
    for viewer in (market.vendor.owner, market.prospect.viewer):
        for _ in range(2):
            expected = await _expected(viewer)
            assert len(expected) > MOST_BANNERS
            for first in (1, 5, MOST_BANNERS, 500):
                found = await banners(connection(), viewer, first)
                assert _said(found) == _said(expected[: min(first, MOST_BANNERS)])
            await _dismiss(random, viewer, expected)
    assert _said(await banners(connection(), market.vendor.member, 5)) == _said(
        (await _expected(market.vendor.member))[:5]
    )


async def test_the_number_of_statements_does_not_depend_on_the_number_of_banners(database: Database) -> None:
    await database.clock.set(START)
    market = await make_marketplace()
    counts = []
    await banners(connection(), market.vendor.owner, 20)  # policies are read once by each process
    for _ in range(2):
        await _insert(Random(1), market, [market.market.policy_id], 30)
        with recorded_statements() as statements:
            assert len(await banners(connection(), market.vendor.owner, 20)) == 20
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 4


async def test_those_without_a_side_have_no_banners(place: Marketplace) -> None:
    for viewer in (place.agent, place.vendor.employee, Viewer(user_id=new_id())):
        assert await banners(connection(), viewer, 5) == []
