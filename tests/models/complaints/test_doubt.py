"""If the evaluators of the rules disagree, nothing is accepted, delivered, credited or lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import rules
from models.base.database import connection, fetch
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from models.policies.versions import policies_by_id
from rules.complaint import complaint
from rules.engine.durable import Engine
from tests.support.complaints import (
    PROVEN,
    QUIET,
    RECORD,
    deliver,
    filed,
    make_contact,
    offer,
    remedy_of,
)
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace
from tests.support.reading import refused, row, rows_of


def _forget(policies: list[rules.Policy]) -> None:
    for policy in policies:
        rules.visibility.for_policy(policy).clear_cache()
        complaint.for_policy(policy).clear_cache()


@contextmanager
def _doubt(monkeypatch: pytest.MonkeyPatch, policies: list[rules.Policy]) -> Iterator[None]:
    """Make durable_rules return no rule, with empty caches."""
    _forget(policies)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "fires", lambda *_: frozenset())
        yield
    _forget(policies)


async def _policies() -> list[rules.Policy]:
    return list((await policies_by_id(connection(), [one["id"] for one in await rows_of("policy")])).values())


async def test_a_claim_goes_to_the_operator_if_the_evaluators_disagree(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = await deliver(place, place.vendor, kind=RECORD)
    policies = await _policies()
    with _doubt(monkeypatch, policies):
        _, (item,) = await filed(place.vendor, [delivery], PROVEN)
    assert item["verdict"] == "UNDER_REVIEW"
    assert (await row("decision", id=item["decision_id"]))["rule_id"] == rules.DISAGREEMENT


async def test_a_delivery_is_refused_if_the_evaluators_disagree(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    await offer(place, place.lead)
    before = await snapshot(connection())
    with _doubt(monkeypatch, await _policies()):
        call = purchase_lead(place.vendor.owner, QUIET, lead_id=place.lead.id, idempotency_key="k")
        await refused(call, RefusalCode.REFUSED_BY_RULE, "leadId")
    assert await snapshot(connection()) == before


async def test_a_replacement_waits_while_the_evaluators_disagree(
    place: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait continues without a fault, and the replacement is delivered once the evaluators agree."""
    faulty = await deliver(place, place.vendor)
    await filed(place.vendor, [faulty], PROVEN)
    lead = await make_contact(place.market)
    await fetch(
        connection(),
        """INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
           VALUES (gen_random_uuid(), $1, 'LEAD_CLUB', 'SHARED', 5, 1, 0, $2)""",
        lead.id,
        START,
    )
    before = await snapshot(connection())
    with _doubt(monkeypatch, await _policies()):
        await sweep(QUIET)
    assert await snapshot(connection()) == before
    await sweep(QUIET)
    assert (await row("delivery", lead_id=lead.id))["id"] == (await remedy_of(faulty))["replacement_id"]
