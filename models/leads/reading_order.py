"""Order between readers and answers: whether a missing answer has revealed a case, asked under its lock.

An answer takes its time under the lock of its application and commits later. A reader with a later clock and
an older snapshot would still see no answer, and show what the answer closes. So a reader relies on the
missing answer only after it has briefly held the lock itself: anybody who answers afterwards reads a later
clock and is late, and anybody who is answering holds the lock, so that the reader skips the row (decision
0002).
"""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.leads.facts import UNSETTLED

# Actions of people on an application hold ANSWERING; readers try READING, which never waits. READING is
# compatible with every other lock, so a hanging sweep does not keep anybody from seeing what is revealed,
# and readers do not delay sweeps.
Strength = Literal["UPDATE", "NO KEY UPDATE"]
ANSWERING: Strength = "UPDATE"
SETTLING: Strength = "NO KEY UPDATE"
_READING = "FOR KEY SHARE OF application SKIP LOCKED"


async def silent(conn: Connection, ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these due applications that nobody has answered or is answering, in one statement."""
    rows = await fetch(
        conn,
        f"SELECT id FROM application WHERE id = ANY($1::uuid[]) AND {UNSETTLED} {_READING}",
        list(ids),
    )
    return frozenset(row["id"] for row in rows)


async def silent_of(conn: Connection, viewer: Viewer) -> frozenset[UUID]:
    """Return the viewer's due and unsettled applications that nobody is answering, in one statement.

    For a vendor, those of its account; for a prospect, those for its leads; for an operator, all.
    """
    rows = await fetch(
        conn,
        f"""WITH {CLOCK} SELECT application.id
            FROM deadline JOIN application ON application.id = deadline.subject
            JOIN lead ON lead.id = application.lead_id
            WHERE deadline.kind = 'REVEAL' AND deadline.done_at IS NULL
              AND deadline.due_at <= {NOW} AND {UNSETTLED}
              AND ($3::boolean OR application.account_id = $1::uuid OR lead.prospect_id = $2::uuid)
            {_READING}""",
        viewer.vendor_id,
        viewer.prospect_id,
        viewer.operator,
    )
    return frozenset(row["id"] for row in rows)
