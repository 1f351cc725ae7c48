"""Owns what follows from decided items: they are written, remedies granted, and a finished complaint answered.

It must not decide: its items come with their verdicts.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.actions.remedy import Accepted, grant
from models.complaint_case import Weighed
from models.database import Connection, fetch
from models.feed import NotificationKind
from models.ids import new_id
from models.journal import EventRow, Journal, MessageRow
from models.outbox import OutboxKind
from rules.complaint import ComplaintVerdict


async def write_items(
    conn: Connection, journal: Journal, complaint_id: UUID, weighed: Sequence[Weighed]
) -> None:
    """Write the items with their evidence and decisions, and grant what the rules accept at once."""
    items: list[tuple[object, ...]] = []
    evidence: list[tuple[object, ...]] = []
    accepted: list[Accepted] = []
    for one in weighed:
        item_id = one.claim.key
        decision_id = journal.record(item_id, one.decision)
        verdict = one.decision.verdict
        decided_at = None if verdict is ComplaintVerdict.UNDER_REVIEW else journal.now
        items.append(
            (
                item_id,
                complaint_id,
                one.claim.row,
                one.delivered.id,
                one.claim.reason,
                one.claim.explanation.strip(),
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
            accepted.append(Accepted(item_id, one.delivered, one.claim.reason, decision_id))
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


async def finish(conn: Connection, journal: Journal, complaint_ids: Collection[UUID]) -> set[UUID]:
    """Close those of these complaints whose last item is decided, and tell the vendor; returns which.

    Their waiting deadlines are done with. The answer file is made when somebody can wait for it.
    """
    rows = await fetch(
        conn,
        """UPDATE complaint SET decided_at = $2, version = version + 1
           WHERE id = ANY($1::uuid[]) AND decided_at IS NULL AND NOT EXISTS (
               SELECT FROM complaint_item
               WHERE complaint_item.complaint_id = complaint.id AND complaint_item.decided_at IS NULL)
           RETURNING id, account_id""",
        list(complaint_ids),
        journal.now,
    )
    decided = {row["id"] for row in rows}
    journal.deadlines = [row for row in journal.deadlines if row.subject not in decided]
    waiting = await fetch(
        conn,
        """SELECT id FROM deadline WHERE subject = ANY($1::uuid[]) AND done_at IS NULL
           ORDER BY id FOR NO KEY UPDATE""",
        list(decided),
    )
    journal.done.extend((row["id"], "decided") for row in waiting)
    for row in rows:
        journal.events.append(
            EventRow(
                row["account_id"],
                NotificationKind.COMPLAINT_DECIDED,
                journal.now,
                parameters={"complaintId": str(row["id"])},
            )
        )
        journal.messages.append(
            MessageRow(
                OutboxKind.EMAIL,
                "complaint_decided",
                row["account_id"],
                row["id"],
                f"complaint_decided:{row['id']}",
                journal.now,
            )
        )
    return decided
