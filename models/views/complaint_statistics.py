"""Owns the numbers about complaints per source, reason and buyer: the same for both sides (fairness).

It must not tell one buyer about another: a vendor sees the whole marketplace by source and reason, without
names, and of the buyers itself alone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.database import Connection, fetch
from models.refusal import Refusal, RefusalCode
from models.viewer import Viewer


class StatisticsBy(StrEnum):
    """What is counted together."""

    SOURCE = "SOURCE"
    REASON = "REASON"
    BUYER = "BUYER"


@dataclass(frozen=True, slots=True)
class ComplaintStatistic:
    """One line: `key` is a source, a reason or an account's id, `name` the account's for buyers.

    Items are counted, each one contact. `median_days` from filing to the decision, None before the first;
    `no_consent` are upheld ones: they count against a source.
    """

    key: str
    name: str | None
    filed: int
    accepted: int
    rejected: int
    open: int
    no_consent: int
    median_days: float | None


_GROUPS = {
    StatisticsBy.SOURCE: ("lead.source", "NULL::text"),
    StatisticsBy.REASON: ("complaint_item.reason", "NULL::text"),
    StatisticsBy.BUYER: ("complaint.account_id::text", "account.name"),
}


async def complaint_statistics(
    conn: Connection,
    viewer: Viewer,
    by: StatisticsBy,
    *,
    own: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[ComplaintStatistic]:
    """Count what was filed from `since` on and before `until`, in one statement, the most filed first.

    A vendor gets the marketplace's numbers by source and reason, or with `own` its account's; of buyers only
    itself. Raises `Refusal` FORBIDDEN for who is neither operator nor acts for a vendor.
    """
    if not viewer.operator and viewer.vendor_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, (), "Only vendors and the operator see these numbers.")
    one_buyer = own or (by is StatisticsBy.BUYER and not viewer.operator)
    key, name = _GROUPS[by]
    rows = await fetch(
        conn,
        f"""SELECT {key} AS key, {name} AS name, count(*) AS filed,
                   count(*) FILTER (WHERE complaint_item.verdict = 'ACCEPTED') AS accepted,
                   count(*) FILTER (WHERE complaint_item.verdict = 'REJECTED') AS rejected,
                   count(*) FILTER (WHERE complaint_item.verdict = 'UNDER_REVIEW') AS open,
                   count(*) FILTER (WHERE complaint_item.verdict = 'ACCEPTED'
                                      AND complaint_item.reason = 'NO_CONSENT') AS no_consent,
                   (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(
                       epoch FROM complaint_item.decided_at - complaint.submitted_at)::float8) / 86400
                   )::float8 AS median_days
            FROM complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
            JOIN account ON account.id = complaint.account_id
            JOIN delivery ON delivery.id = complaint_item.delivery_id JOIN lead ON lead.id = delivery.lead_id
            WHERE ($1::uuid IS NULL OR complaint.account_id = $1)
              AND ($2::timestamptz IS NULL OR complaint.submitted_at >= $2)
              AND ($3::timestamptz IS NULL OR complaint.submitted_at < $3)
            GROUP BY 1, 2 ORDER BY filed DESC, key""",
        _only(viewer) if one_buyer else None,
        since,
        until,
    )
    return [ComplaintStatistic(**dict(row)) for row in rows]


def _only(viewer: Viewer) -> UUID:
    if viewer.vendor_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, ("own",), "own: you act for no vendor; leave it out.")
    return viewer.vendor_id
