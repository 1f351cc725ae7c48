"""Inserts many rows of leads, applications and deliveries in any state, bypassing all actions.

The states may be ones that no action would produce.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from models.base.database import connection, fetch
from models.base.ids import new_id
from tests.support.marketplace import START

CURRENCIES = ("EUR", "GBP", "USD")


@dataclass(frozen=True, slots=True)
class LeadRow:
    """The values that lists order and filter by."""

    market_id: UUID
    prospect_id: UUID
    title: str = "Website relaunch"
    category: str = "web"
    city: str | None = "Berlin"
    country: str = "DE"
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str = "EUR"
    published_at: datetime = START
    closes_at: datetime | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """The values of an application that the rules need."""

    lead_id: UUID
    account_id: UUID
    policy_id: UUID
    received_at: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    ended_at: datetime | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """The values of a delivery that the rules need."""

    lead_id: UUID
    account_id: UUID
    policy_id: UUID
    kind: str
    closed: str = "NO"
    received_at: datetime = START
    id: UUID = field(default_factory=new_id)


async def _insert(sql: str, rows: Sequence[LeadRow | ApplicationRow | DeliveryRow]) -> None:
    if rows:
        await fetch(connection(), sql, *map(list, zip(*map(astuple, rows), strict=True)))


async def insert_leads(rows: Sequence[LeadRow]) -> None:
    """Insert leads, without contact data."""
    await _insert(
        """INSERT INTO lead (market_id, prospect_id, title, category, city, country, budget_min, budget_max,
               currency, published_at, closes_at, id, brief, source, fee)
           SELECT *, 'A need in full.', 'OPPORTUNITY', 1
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
               $8::bigint[], $9::text[], $10::timestamptz[], $11::timestamptz[], $12::uuid[])""",
        rows,
    )


async def insert_applications(rows: Sequence[ApplicationRow]) -> None:
    """Insert applications, and the deadline of the reveal for those that nobody has answered."""
    await _insert(
        """INSERT INTO application (lead_id, account_id, policy_id, received_at, accepted_at, declined_at,
               ended_at, id, submitted_at, version, introduction, fee, hold, statement, both_joined,
               call_seconds)
           SELECT *, received_at, 1, 'We can.', 1, 'HELD', 'NONE', false, 0
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[],
               $6::timestamptz[], $7::timestamptz[], $8::uuid[])
               AS given (lead_id, account_id, policy_id, received_at, accepted_at, declined_at,
                         ended_at, id)""",
        rows,
    )
    await fetch(
        connection(),
        """INSERT INTO deadline (id, kind, subject, ordinal, due_at)
           SELECT gen_random_uuid(), 'REVEAL', application.id, 0, application.received_at
                  + make_interval(secs => (policy.parameters->'reveal'->>'reveal_after')::int)
           FROM application JOIN policy ON policy.id = application.policy_id
           WHERE application.id = ANY($1::uuid[]) AND accepted_at IS NULL AND declined_at IS NULL""",
        [row.id for row in rows],
    )


async def insert_deliveries(rows: Sequence[DeliveryRow], *, entered: bool = True) -> None:
    """Insert deliveries, and their entries in the register unless a test wants to enter them."""
    await _insert(
        """INSERT INTO delivery (lead_id, account_id, policy_id, kind, closed, received_at, id,
               decision_id, points, complaint_until)
           SELECT *, gen_random_uuid(), 1, received_at + interval '30 days'
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[],
               $7::uuid[])
               AS given (lead_id, account_id, policy_id, kind, closed, received_at, id)""",
        rows,
    )
    if entered:
        await enter_deliveries()


async def enter_deliveries() -> None:
    """Enter all deliveries into the register that a test has inserted without an action, with the decisions
    that they cite; nobody is told.
    """
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
                                 recorded_at)
           SELECT DISTINCT ON (decision_id) decision_id, 'visibility', delivery.id, 'VISIBLE',
               'delivered', policy.version, '{"viewer": "VENDOR", "basis": "RECORD", "closed": "NO"}'::jsonb,
               received_at, received_at
           FROM delivery JOIN policy ON policy.id = delivery.policy_id
           WHERE NOT EXISTS (SELECT FROM decision WHERE decision.id = delivery.decision_id)""",
    )
    await fetch(
        connection(),
        """INSERT INTO disclosure (delivery_id, prospect_id, basis, categories)
           SELECT delivery.id, lead.prospect_id, 'DELIVERY', '{NAME,EMAIL}'
           FROM delivery JOIN lead ON lead.id = delivery.lead_id
           WHERE NOT EXISTS (SELECT FROM disclosure WHERE disclosure.delivery_id = delivery.id)""",
    )


def random_leads(random: Random, count: int, market_id: UUID, prospect_id: UUID) -> list[LeadRow]:
    """Return random leads with many ties and nulls in the values that lists order by."""
    return [
        LeadRow(
            market_id,
            prospect_id,
            budget_min=random.choice([None, 0, 5, 900]),
            budget_max=random.choice([None, 900, 1_000, 2**31 - 1]),
            currency=random.choice(CURRENCIES),
            published_at=START - timedelta(microseconds=random.choice([0, 1, 500_000, 10**6, 10**12])),
            closes_at=random.choice([None, START, START + timedelta(days=random.randrange(3))]),
            id=UUID(int=random.getrandbits(128)),
        )
        for _ in range(count)
    ]
