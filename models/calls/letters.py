"""Letters about secretariats: the company is asked to check its set-up, unless it has confirmed it since."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import Connection, fetch
from models.feed.kinds import MessageTemplate
from models.messages.letters import Letter, register


async def _confirmed_again(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    rows = await fetch(
        conn,
        """SELECT subject FROM deadline
           WHERE kind = 'SECRETARIAT_CHECK' AND subject = ANY($1::uuid[]) AND done_at IS NULL""",
        list(ids),
    )
    return [row["subject"] for row in rows]


register(Letter(MessageTemplate.SECRETARIAT_CHECK, moot=_confirmed_again))
