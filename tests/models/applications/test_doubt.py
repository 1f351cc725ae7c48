"""If the rule evaluators disagree, or the database refuses a case, nothing is revealed and no points move.

The alarm itself is tested in `tests/rules`.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio

import rules
from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from models.policies.versions import policies_by_id
from models.process.wake import Silence
from rules.engine.durable import Engine
from tests.support.database import Database
from tests.support.invariants import assert_books_balance, snapshot
from tests.support.leads import enter_deliveries
from tests.support.marketplace import HOUR, START, Marketplace, apply, make_lead, make_marketplace
from tests.support.reading import (
    application,
    decided,
    event_kinds,
    movements,
    outcomes,
    points,
    refused,
    rows_of,
)

QUIET = Silence()
DUE = START + 48 * HOUR


@pytest_asyncio.fixture(loop_scope="session")
async def doubtful(database: Database) -> AsyncIterator[Marketplace]:
    """A marketplace that is not checked at the end; each test checks the books itself."""
    await database.clock.set(START)
    yield await make_marketplace()
    forget = await policies_by_id(connection(), [one["id"] for one in await rows_of("policy")])
    _forget(list(forget.values()))


def _forget(policies: list[rules.Policy]) -> None:
    for policy in policies:
        for ruleset in (rules.visibility, rules.refund, rules.review_reminder):
            ruleset.for_policy(policy).clear_cache()


@contextmanager
def _broken_engine(monkeypatch: pytest.MonkeyPatch, policies: list[rules.Policy]) -> Iterator[None]:
    """Make durable_rules return no rule, with empty caches."""
    _forget(policies)
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "fires", lambda *_: frozenset())
        yield


async def _policies() -> list[rules.Policy]:
    return list((await policies_by_id(connection(), [one["id"] for one in await rows_of("policy")])).values())


async def test_a_reveal_in_doubt_stays_due_and_is_later_made_as_of_its_time(
    doubtful: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failing closed is temporary: no deadline is lost."""
    made = await apply(doubtful.vendor, doubtful.lead)
    await database.clock.set(DUE)
    before = await snapshot(connection())
    with _broken_engine(monkeypatch, await _policies()):
        settled = await sweep(QUIET, batch=1)
        assert (list(settled.deadlines), settled.more) == ([], False), "it does not spin on it"
    assert await snapshot(connection()) == before
    await database.clock.advance(HOUR)
    await sweep(QUIET)
    assert (await application(made))["revealed_at"] == DUE
    assert await outcomes(made) == {"REVEAL": "revealed_by_silence", "REVIEW_REMINDER": "not_reviewed"}
    await assert_books_balance(connection())


async def test_an_acceptance_is_refused_while_the_evaluators_disagree(
    doubtful: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is accepted on a doubtful decision, and the prospect can retry."""
    made = await apply(doubtful.vendor, doubtful.lead)
    before = await snapshot(connection())
    with _broken_engine(monkeypatch, await _policies()):
        found = await refused(accept(doubtful.prospect.viewer, QUIET, made), RefusalCode.REFUSED_BY_RULE)
    assert found.decision is not None
    assert found.decision.rule_id == rules.DISAGREEMENT
    assert await snapshot(connection()) == before
    await accept(doubtful.prospect.viewer, QUIET, made)
    await assert_books_balance(connection())


async def test_a_refund_moves_no_points_while_the_evaluators_disagree(
    doubtful: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decline is recorded; the fee stays on hold, and reconciliation reports it."""
    made = await apply(doubtful.vendor, doubtful.lead)
    with _broken_engine(monkeypatch, await _policies()):
        await decline(doubtful.prospect.viewer, QUIET, made)
    stored = await application(made)
    assert (stored["declined_at"], stored["hold"], stored["refunded_at"]) == (START, "HELD", None)
    assert [kind for kind, _ in await movements(made)] == ["HOLD"]
    assert await decided(made, "refund") == []
    assert "FEE_REFUNDED" not in await event_kinds(doubtful.vendor.id)


async def test_an_application_without_a_reveal_time_is_not_created(
    doubtful: Marketplace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a deadline, it would hold its fee forever."""
    await apply(doubtful.other_vendor, doubtful.lead)
    before = await snapshot(connection())
    with (
        _broken_engine(monkeypatch, await _policies()),
        pytest.raises(RuntimeError, match="do not say when"),
    ):
        await apply(doubtful.vendor, doubtful.lead)
    assert await snapshot(connection()) == before


async def test_a_case_that_the_database_refuses_does_not_delay_the_others(
    doubtful: Marketplace, database: Database
) -> None:
    """Its lead was delivered without the application: the batch fails, and is settled one by one."""
    stuck = await apply(doubtful.vendor, doubtful.lead)
    free = [
        await apply(doubtful.vendor, await make_lead(doubtful.market, doubtful.prospect)) for _ in range(3)
    ]
    await fetch(
        connection(),
        """INSERT INTO delivery (id, account_id, lead_id, kind, policy_id, decision_id, received_at, points,
                                 complaint_until, closed)
           VALUES ($1, $2, $3, 'LEAD_CLUB', $4, $5, $6, 0, $6, 'NO')""",
        new_id(),
        doubtful.vendor.id,
        doubtful.lead.id,
        doubtful.market.policy_id,
        new_id(),
        START,
    )
    await enter_deliveries()
    await database.clock.set(DUE)
    assert len((await sweep(QUIET)).deadlines) == 6
    for one in free:
        assert (await application(one))["revealed_at"] == DUE
    assert (await application(stuck))["revealed_at"] is None
    assert await points(doubtful.vendor.id) == (60, 10)
    again = await sweep(QUIET)
    assert (list(again.deadlines), again.more) == ([], False)
