"""The demo's contacts that both vendors have, and a Robinson list with one number."""

import io
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.viewer import Viewer
from models.contacting.import_opt_out_list import ListInput, import_opt_out_list
from models.contacting.tables import OptOutListKind
from models.deliveries.deliver import deliver_lead
from models.process.wake import Silence
from models.seed.held_leads import HELD_LEADS
from rules.contacting.terms import Medium
from rules.visibility import DeliveryKind

_FRESH = timedelta(days=7)
LIST, LISTED = "Robinson list (demo)", "+49 30 23125 131"


async def hand_out_contacts(operator: Viewer, prospect: Viewer, accounts: Sequence[UUID]) -> None:
    """Deliver the newest lead of each title to these accounts, once and for no points."""
    rows = await fetch(
        connection(),
        """SELECT DISTINCT ON (title) id FROM lead WHERE prospect_id = $1 AND title = ANY($2::text[])
           ORDER BY title, published_at DESC""",
        prospect.prospect_id,
        [lead.title for lead in HELD_LEADS],
    )
    had = {
        (row["lead_id"], row["account_id"])
        for row in await fetch(
            connection(),
            "SELECT lead_id, account_id FROM delivery WHERE lead_id = ANY($1::uuid[])",
            [row["id"] for row in rows],
        )
    }
    for row in rows:
        for account_id in accounts:
            if (row["id"], account_id) not in had:
                await deliver_lead(
                    operator,
                    Silence(),
                    lead_id=row["id"],
                    account_id=account_id,
                    kind=DeliveryKind.LEAD_CLUB,
                    points=0,
                    idempotency_key=f"seed:{row['id']}:{account_id}",
                )


async def import_robinson_list(operator: Viewer, hashes: KeyedHash) -> None:
    """Import the list as of now, unless it is fresh."""
    now = await database_now(connection())
    fresh = await fetch(
        connection(), "SELECT FROM opt_out_list WHERE name = $1 AND refreshed_at > $2", LIST, now - _FRESH
    )
    if fresh:
        return
    given = ListInput(LIST, "DE", Medium.CALL, OptOutListKind.ROBINSON, now)
    await import_opt_out_list(
        operator, Silence(), hashes, io.BytesIO(LISTED.encode()), given, f"seed:{now.isoformat()}"
    )
