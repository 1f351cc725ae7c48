"""The verdicts of a page are those of its rows, each decided alone from its own facts."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

import pytest
from asyncpg import Record

from models.base.clock import instant
from models.base.database import Connection
from models.base.ids import new_id
from models.leads import verdicts
from models.leads.facts import visibility_facts
from models.leads.verdicts import Verdict, verdicts_of
from rules import Policy, decide
from rules.visibility import Basis, Closed, DeliveryKind, ViewerKind, VisibilityFacts, visibility
from tests.rules.support import make_policy

NOW_US = 1_772_784_000_000_001
NOW, TICK = instant(NOW_US), timedelta(microseconds=1)
WAITS = (timedelta(hours=1), timedelta(hours=24), timedelta(hours=48))
_BASES = {DeliveryKind.LEAD_CLUB: Basis.LEAD_CLUB, DeliveryKind.RECORD: Basis.RECORD}
_REMINDER: dict[str, int | bool | str] = {"review_reminder_after": 60}  # before any reveal


class Row(dict[str, Any]):
    """A row of a list, read by names and by places."""

    def __missing__(self, place: object) -> object:
        if isinstance(place, int):
            return [*self.values()][place]
        raise KeyError(place)


def some_row(random: Random, policy_id: UUID, wait: timedelta) -> Row:
    """A row with a case, or without one; around the due time, in any state."""
    applied, delivered = random.choice(((False, False), (True, False), (True, True), (False, True)))
    received = (
        NOW - random.choice((timedelta(), wait - TICK, wait, wait + TICK, 9 * wait)) if applied else None
    )
    after = random.choice((timedelta(), TICK, wait - TICK, wait, wait + TICK))
    answered = None if received is None or received + after > NOW else received + after
    accepted, declined = random.choice(((None, None), (answered, None), (None, answered), (answered, NOW)))
    if answered is None:
        accepted = declined = None
    return Row(
        declined_at=declined,
        declined_s=_seconds(declined),
        policy_id=policy_id,
        closed=random.choice((None, None, None, "NO_CONSENT", "DO_NOT_CONTACT")) if applied else None,
        application_id=new_id() if applied else None,
        received_at=received,
        received_s=_seconds(received),
        now_us=NOW_US,
        unsettled=accepted is None and declined is None and random.random() < 0.8 if applied else None,
        delivery_kind=random.choice([*DeliveryKind]).value if delivered else None,
        accepted_at=accepted,
        accepted_s=_seconds(accepted),
        erased_at=random.choice((None, None, None, NOW)) if applied or delivered else None,
    )


def _seconds(at: datetime | None) -> float | None:
    return None if at is None else at.timestamp()


def alone(row: Row, kind: ViewerKind, policy: Policy, wait: timedelta, silent: set[UUID]) -> object:
    """The verdict of a row, with the rule that decides and the instant."""
    received, at = row["received_at"], NOW
    if row["unsettled"] and received + wait <= NOW and row["application_id"] not in silent:
        at = received + wait - TICK
    basis = _BASES.get(row["delivery_kind"])
    if basis is None:
        basis = Basis.APPLICATION if row["application_id"] else Basis.NONE
    closed = Closed.ERASED if row["erased_at"] else Closed(row["closed"] or "NO")
    facts: VisibilityFacts = visibility_facts(
        kind, basis, closed, at, received, row["accepted_at"], row["declined_at"]
    )
    decision = decide(visibility, policy, facts, at)
    return decision.verdict, decision.rule_id, decision.decided_at, decision.changes_at


def told(verdict: Verdict) -> object:
    decision = verdict.decision
    return decision.verdict, decision.rule_id, decision.decided_at, decision.changes_at


@pytest.mark.parametrize("kind", [ViewerKind.VENDOR, ViewerKind.PROSPECT_OWNER, ViewerKind.OPERATOR])
@pytest.mark.parametrize("mixed", [False, True])
async def test_each_row_of_a_page_has_the_verdict_that_it_has_alone(
    monkeypatch: pytest.MonkeyPatch, kind: ViewerKind, mixed: bool
) -> None:
    """Also beside rows of other policies, and beside due applications that somebody may be answering."""
    policies = {
        new_id(): make_policy(
            f"v{number}", reveal={"reveal_after": int(wait.total_seconds())}, reminder=_REMINDER
        )
        for number, wait in enumerate(WAITS)
    }
    waits = dict(zip(policies, WAITS, strict=True))

    async def known(_: object, ids: Collection[UUID]) -> dict[UUID, Policy]:
        return {one: policies[one] for one in ids}

    monkeypatch.setattr(verdicts, "policies_by_id", known)
    random = Random(f"{kind} {mixed}")
    for _ in range(400):
        ids = [random.choice([*policies])] * random.randrange(1, 12)
        if mixed:
            ids = [random.choice([*policies]) for _ in ids]
        rows = [some_row(random, policy_id, waits[policy_id]) for policy_id in ids]
        silent = {row["application_id"] for row in rows if random.random() < 0.5}
        found = await verdicts_of(cast("Connection", None), cast("list[Record]", rows), kind, silent)
        expected = [
            alone(row, kind, policies[one], waits[one], silent) for row, one in zip(rows, ids, strict=True)
        ]
        assert [told(one) for one in found] == expected
