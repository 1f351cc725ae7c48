"""One order of reading and answering: whether silence has opened a case, asked under the case's lock.

An answer takes its instant under the lock of its application and commits later. A reader with a later clock
and an older snapshot would still see silence, and show what the answer closes. So a reader believes in
silence only after it has held the lock itself, for a moment: who answers afterwards reads a later clock and
is late, and who is answering holds the lock, so that the reader passes over the row (decision 0002).
"""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from models.base.clock import CLOCK
from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.leads.facts import UNSETTLED

# Whoever acts for a person on an application holds ANSWERING; whoever reads tries READING, which waits for
# nobody. READING passes beside every other lock, so a sweep that hangs keeps nobody from seeing what is open,
# and readers hold up no sweep.
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

    A vendor's are those of its account, a prospect's those to its leads; an operator's are all.
    """
    rows = await fetch(
        conn,
        f"""WITH {CLOCK} SELECT application.id
            FROM deadline JOIN application ON application.id = deadline.subject
            JOIN lead ON lead.id = application.lead_id
            WHERE deadline.kind = 'REVEAL' AND deadline.done_at IS NULL
              AND deadline.due_at <= (SELECT now FROM clock) AND {UNSETTLED}
              AND ($3::boolean OR application.account_id = $1::uuid OR lead.prospect_id = $2::uuid)
            {_READING}""",
        viewer.vendor_id,
        viewer.prospect_id,
        viewer.operator,
    )
    return frozenset(row["id"] for row in rows)
