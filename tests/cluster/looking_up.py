"""Looks up every acknowledged write in the database, and whether anything is there twice."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from models.base.public_id import row_id_of
from tests.cluster.load import Load
from tests.cluster.market import lead_id
from tests.cluster.outcome import in_doubt

# Each over the whole database; the number of writes that are there too often, or only in part.
_DOUBLED = (
    """SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM application
       GROUP BY lead_id, account_id HAVING count(*) > 1) AS pairs""",
    """SELECT count(*) FROM (SELECT FROM application LEFT JOIN posting_group
           ON posting_group.subject = application.id AND kind = 'HOLD'
       GROUP BY application.id HAVING count(kind) <> 1) AS holds""",
    """SELECT count(*) FROM (SELECT FROM application LEFT JOIN posting_group
           ON posting_group.subject = application.id AND kind = 'CAPTURE' WHERE revealed_at IS NOT NULL
       GROUP BY application.id HAVING count(kind) <> 1) AS captures""",
    """SELECT count(*) FROM (SELECT FROM application LEFT JOIN delivery
           ON delivery.application_id = application.id WHERE revealed_at IS NOT NULL
       GROUP BY application.id HAVING count(delivery.id) <> 1) AS deliveries""",
)
_STORED = "SELECT id, lead_id, submitted_at, accepted_at FROM application WHERE id = ANY($1::uuid[])"
# A client of this run applied once for each lead, whatever it was answered.
_OF_LEADS = "SELECT count(*) - count(DISTINCT lead_id) FROM application WHERE lead_id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of writes: acknowledged, lost, done twice, and committed by a try without an answer."""

    acknowledged: int
    lost: int
    doubled: int
    in_doubt: int


async def look_up(url: str, load: Load) -> Found:
    """Compare what the clients were told with the database."""
    connection = await asyncpg.connect(url)
    try:
        applies, accepts = list(load.answered("apply")), list(load.answered("accept"))
        ids = [_row(one.application) for one in applies]
        stored = {row["id"]: row for row in await connection.fetch(_STORED, ids)}
        doubled = sum([int(await connection.fetchval(question)) for question in _DOUBLED])
        leads = list({lead_id(one.lead) for one in load.operations})
        doubled += int(await connection.fetchval(_OF_LEADS, leads))
    finally:
        await connection.close()
    lost = doubtful = 0
    for operation, column in [(one, "submitted_at") for one in applies] + [
        (one, "accepted_at") for one in accepts
    ]:
        row = stored.get(_row(operation.application))
        if row is None or row["lead_id"] != lead_id(operation.lead) or row[column] is None:
            lost += 1
        else:
            doubtful += in_doubt(operation, row[column].timestamp())
    return Found(len(applies) + len(accepts), lost, doubled, doubtful)


def _row(global_id: str | None) -> UUID:
    row_id = row_id_of(global_id or "", "Application")
    if row_id is None:
        raise ValueError(f"{global_id} is not the id of an application")
    return row_id
