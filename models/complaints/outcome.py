"""What follows from decided items: they are stored and remedied, and a finished complaint is closed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.accounts.staff import operator_ids
from models.base.database import Connection, fetch
from models.base.ids import new_id
from models.base.pace import unhurried
from models.complaints.case import Weighed
from models.complaints.deadlines import COMPLAINT
from models.complaints.remedies import Accepted, grant
from models.deadlines.settle import withdraw
from models.feed.journal import EventRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate, NotificationKind
from rules.complaint import ComplaintVerdict


async def write_items(
    conn: Connection, journal: Journal, complaint_id: UUID, weighed: Sequence[Weighed]
) -> None:
    """Store the items with their evidence and decisions, and grant the remedies of items that the rules
    accept.
    """
    items: list[tuple[object, ...]] = []
    evidence: list[tuple[object, ...]] = []
    accepted: list[Accepted] = []
    async for one in unhurried(weighed):
        item_id = one.draft.key
        decision_id = journal.record(item_id, one.decision)
        verdict = one.decision.verdict
        decided_at = None if verdict is ComplaintVerdict.UNDER_REVIEW else journal.now
        items.append(
            (
                item_id,
                complaint_id,
                one.draft.row,
                one.delivered.id,
                one.draft.reason,
                one.draft.explanation,
                verdict,
                decision_id,
                decided_at,
            )
        )
        evidence.extend(
            (
                new_id(),
                item_id,
                finding.check,
                finding.source,
                finding.at,
                finding.speaks,
                finding.conclusive,
                finding.confidence,
                finding.detail,
            )
            for finding in one.findings
        )
        if verdict is ComplaintVerdict.ACCEPTED:
            accepted.append(
                Accepted(item_id, one.delivered, one.draft.reason, decision_id, one.delivered.remedied)
            )
    await fetch(
        conn,
        """INSERT INTO complaint_item (id, complaint_id, row, delivery_id, reason, explanation, verdict,
                                       decision_id, decided_at, version)
           SELECT *, 1 FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[],
                                   $7::text[], $8::uuid[], $9::timestamptz[])""",
        *map(list, zip(*items, strict=True)),
    )
    if evidence:
        await fetch(
            conn,
            """INSERT INTO evidence (id, item_id, "check", source, at, speaks, conclusive, confidence, detail)
               SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[],
                                    $6::text[], $7::boolean[], $8::int[], $9::text[])""",
            *map(list, zip(*evidence, strict=True)),
        )
    await grant(conn, journal, accepted)


async def notify_filed(
    conn: Connection,
    journal: Journal,
    complaint_id: UUID,
    account_id: UUID,
    policy_id: UUID,
    weighed: Sequence[Weighed],
) -> None:
    """Confirm a complaint to its vendor (S5.7), and notify operators if it is waiting for them."""
    waits = any(one.decision.verdict is ComplaintVerdict.UNDER_REVIEW for one in weighed)
    parameters: dict[str, object] = {"complaintId": str(complaint_id), "items": len(weighed)}
    events = [
        EventRow(recipient, NotificationKind.COMPLAINT_FILED, journal.now, parameters=parameters)
        for recipient in (account_id, *(await operator_ids(conn) if waits else ()))
    ]
    journal.events += events
    journal.messages.append(
        MessageRow(
            MessageTemplate.COMPLAINT_FILED,
            account_id,
            complaint_id,
            policy_id,
            f"complaint_filed:{complaint_id}",
            journal.now,
            event_id=events[0].id,
        )
    )


async def finish(conn: Connection, journal: Journal, complaint_ids: Collection[UUID]) -> set[UUID]:
    """Close those of these complaints that have no open items, and notify the vendor; return their ids.

    Their deadlines become moot. A complaint that was decided before, for example when a rejection is
    overruled, keeps its decision time and gets a new answer. The answer file is created later, outside the
    transaction.
    """
    rows = await fetch(
        conn,
        """UPDATE complaint
           SET decided_at = coalesce(decided_at, $2), answer_file_id = NULL, version = version + 1
           WHERE id = ANY($1::uuid[]) AND NOT EXISTS (
               SELECT FROM complaint_item
               WHERE complaint_item.complaint_id = complaint.id AND complaint_item.decided_at IS NULL)
           RETURNING id, account_id, policy_id, version""",
        sorted(complaint_ids),
        journal.now,
    )
    decided = {row["id"] for row in rows}
    journal.deadlines = [row for row in journal.deadlines if row.subject not in decided]
    await withdraw(conn, COMPLAINT, decided, journal, "decided")
    for row in rows:
        event = EventRow(
            row["account_id"],
            NotificationKind.COMPLAINT_DECIDED,
            journal.now,
            parameters={"complaintId": str(row["id"])},
        )
        journal.events.append(event)
        journal.messages.append(
            MessageRow(
                MessageTemplate.COMPLAINT_DECIDED,
                row["account_id"],
                row["id"],
                row["policy_id"],
                f"complaint_decided:{row['id']}:{row['version']}",
                journal.now,
                event_id=event.id,
            )
        )
    return decided
