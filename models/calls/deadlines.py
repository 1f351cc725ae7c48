"""Timed transition of secretariats: the company is asked to look at its set-up again (S4.1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.base.database import Connection, fetch
from models.deadlines.registry import Subject, nothing_to_save, timed
from models.deadlines.settle import start
from models.feed.journal import DeadlineRow, EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from models.policies.versions import policy_in_force
from rules import Policy


@dataclass(frozen=True, slots=True)
class Checked:
    """A secretariat under lock, and the policy in force."""

    id: UUID
    account_id: UUID
    policy_id: UUID


async def _lock(conn: Connection, ids: Collection[UUID]) -> list[Checked]:
    rows = await fetch(
        conn,
        """SELECT id, account_id, market_id, leadgate_clock() AS now FROM secretariat
           WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE""",
        list(ids),
    )
    policies = {
        market: (await policy_in_force(conn, market, rows[0]["now"]))[0]
        for market in {row["market_id"] for row in rows}
    }
    return [Checked(row["id"], row["account_id"], policies[row["market_id"]]) for row in rows]


SECRETARIAT: Subject[Checked] = Subject("secretariat", "id", _lock, nothing_to_save, lambda _: None)


def _check_at(policy: Policy, confirmed_at: datetime) -> Sequence[datetime]:
    """Return when a confirmation is a policy's number of days old; in a demo, a day is shorter."""
    days = policy.call.check_after_days
    seconds = policy.complaint.shortened(days)
    after = timedelta(days=days) if seconds is None else timedelta(seconds=seconds)
    return [confirmed_at + after] if days else []


def check_due(secretariat_id: UUID, policy: Policy, confirmed_at: datetime) -> list[DeadlineRow]:
    """Return the deadline of a confirmation; none if the policy has turned it off."""
    return start(SECRETARIAT, secretariat_id, policy, confirmed_at)


@timed(
    "SECRETARIAT_CHECK",
    SECRETARIAT,
    description="A company is asked to check its phone secretariat again.",
    starts=_check_at,
)
def ask_to_check(checked: Checked, due_at: datetime, journal: Journal) -> str:
    """Ask the company, in its feed and by e-mail."""
    event = EventRow(checked.account_id, NotificationKind.SECRETARIAT_CHECK, due_at)
    journal.events.append(event)
    journal.messages.append(
        MessageRow(
            MessageTemplate.SECRETARIAT_CHECK,
            checked.account_id,
            checked.id,
            checked.policy_id,
            f"secretariat_check:{event.id}",
            due_at,
            event_id=event.id,
        )
    )
    return "asked"
