"""Statistics of complaint items by source, reason or buyer, for vendors and operators.

They must not reveal one buyer to another: vendors see the whole marketplace by source and reason, without
names, by whole days and in large enough groups; by buyer, they see only themselves.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.complaints.refusals import ComplaintRefusal

SMALL_GROUPS = "SMALL_GROUPS"  # the key of small groups, counted together
# The minimum size of a group that is shown; the viewer's own items do not count, since it knows them.
LEAST_ITEMS = 5
LEAST_ACCOUNTS = 3


class StatisticsBy(StrEnum):
    """How to group the items."""

    SOURCE = "SOURCE"
    REASON = "REASON"
    BUYER = "BUYER"
    DECIDER = "DECIDER"


@dataclass(frozen=True, slots=True)
class ComplaintStatistic:
    """One group: `key` is a source, a reason or an account's id; `name` is the account's name if grouped by
    buyer.

    `key` is empty, and `name` None, for items that the rules decided or nobody yet, if grouped by decider.
    Each item counts as one contact; `overridden` are those that a person decided against the rules, None for
    vendors. `median_days` is the time from filing to decision, None before the first;
    `no_consent` counts upheld complaints, which count against a source.
    """

    by: StatisticsBy
    key: str
    name: str | None
    filed: int
    accepted: int
    rejected: int
    open: int
    no_consent: int
    overridden: int | None
    median_days: float | None


_GROUPS = {
    StatisticsBy.SOURCE: ("lead.source", "NULL::text"),
    StatisticsBy.REASON: ("complaint_item.reason", "NULL::text"),
    StatisticsBy.BUYER: ("complaint.account_id::text", "account.name"),
    StatisticsBy.DECIDER: (
        "coalesce(complaint_item.decided_by_id::text, '')",
        "(SELECT users.name FROM users WHERE users.id = complaint_item.decided_by_id)",
    ),
}
# $1 is the only account to count, $2 and $3 the period, $4 the vendor that sees other accounts' items: as of
# the start of this day, because otherwise each filing and decision would show as a change in the next answer.
_ITEMS = """WITH day AS MATERIALIZED (
        SELECT CASE WHEN $4::uuid IS NULL THEN 'infinity'::timestamptz
                    ELSE date_trunc('day', leadgate_clock(), 'UTC') END AS begins),
    item AS MATERIALIZED (
        SELECT {key} AS key, {name} AS name, complaint.account_id,
               complaint.account_id IS DISTINCT FROM $4::uuid AS of_others, complaint_item.reason,
               complaint_item.override_reason IS NOT NULL AS overridden,
               CASE WHEN complaint_item.decided_at < day.begins THEN complaint_item.verdict
                    ELSE 'UNDER_REVIEW' END AS verdict,
               CASE WHEN complaint_item.decided_at < day.begins THEN extract(
                   epoch FROM complaint_item.decided_at - complaint.submitted_at)::float8 / 86400 END AS days
        FROM day CROSS JOIN complaint_item JOIN complaint ON complaint.id = complaint_item.complaint_id
        JOIN account ON account.id = complaint.account_id
        JOIN delivery ON delivery.id = complaint_item.delivery_id JOIN lead ON lead.id = delivery.lead_id
        WHERE ($1::uuid IS NULL OR complaint.account_id = $1)
          AND ($2::timestamptz IS NULL OR complaint.submitted_at >= $2)
          AND ($3::timestamptz IS NULL OR complaint.submitted_at < $3)
          AND complaint.submitted_at < day.begins)"""
_COUNTS = """count(*) AS filed,
    count(*) FILTER (WHERE verdict = 'ACCEPTED') AS accepted,
    count(*) FILTER (WHERE verdict = 'REJECTED') AS rejected,
    count(*) FILTER (WHERE verdict = 'UNDER_REVIEW') AS open,
    count(*) FILTER (WHERE verdict = 'ACCEPTED' AND reason = 'NO_CONSENT') AS no_consent,
    count(*) FILTER (WHERE overridden) AS overridden"""
_MEDIAN = "percentile_cont(0.5) WITHIN GROUP (ORDER BY days)"
_EXACT = f"""{_ITEMS} SELECT key, name, {_COUNTS}, {_MEDIAN} AS median_days
    FROM item GROUP BY 1, 2 ORDER BY filed DESC, key"""
_ITEMS_OF_OTHERS = "count(*) FILTER (WHERE of_others)"
_OTHERS = "count(DISTINCT account_id) FILTER (WHERE of_others)"
# Small groups are combined, together with the next smallest groups until the result is large enough. If they
# were left out, the difference between the numbers by reason and by source would reveal them.
_FOLDED = f"""{_ITEMS},
    grouped AS (SELECT key, {_ITEMS_OF_OTHERS} AS items, {_OTHERS} AS accounts FROM item GROUP BY key),
    ranked AS (
        SELECT key, items, items >= {LEAST_ITEMS} AND accounts >= {LEAST_ACCOUNTS} AS fits,
               row_number() OVER (
                   ORDER BY items >= {LEAST_ITEMS} AND accounts >= {LEAST_ACCOUNTS}, items, key) AS rank
        FROM grouped),
    seen AS (SELECT account_id, min(rank) AS rank FROM item JOIN ranked USING (key)
             WHERE of_others GROUP BY account_id),
    reach AS (
        SELECT rank, sum(items) OVER (ORDER BY rank) AS items,
               (SELECT count(*) FROM seen WHERE seen.rank <= ranked.rank) AS accounts
        FROM ranked),
    folded AS (
        SELECT CASE WHEN bool_and(fits) THEN 0 ELSE coalesce(
            (SELECT min(reach.rank) FROM reach
             WHERE reach.items >= {LEAST_ITEMS} AND reach.accounts >= {LEAST_ACCOUNTS}
               AND reach.rank >= (SELECT count(*) FROM ranked WHERE NOT fits)), max(rank)) END AS through
        FROM ranked)
    SELECT CASE WHEN ranked.rank <= folded.through THEN '{SMALL_GROUPS}' ELSE item.key END AS key,
           NULL::text AS name, {_COUNTS},
           CASE WHEN count(days) FILTER (WHERE of_others) >= {LEAST_ITEMS} THEN {_MEDIAN} END AS median_days
    FROM item JOIN ranked USING (key) CROSS JOIN folded GROUP BY 1
    HAVING {_ITEMS_OF_OTHERS} >= {LEAST_ITEMS} AND {_OTHERS} >= {LEAST_ACCOUNTS} ORDER BY filed DESC, 1"""


async def complaint_statistics(
    conn: Connection,
    viewer: Viewer,
    by: StatisticsBy,
    *,
    own: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[ComplaintStatistic]:
    """Count the items filed from `since` on and before `until`, in one statement, largest group first.

    A vendor gets the marketplace's numbers by source and reason, or with `own` its account's; by buyer, only
    its own. The marketplace's numbers cover whole days (UTC) before today, as of the start of today. Groups
    of fewer than 5 items or 3 accounts, not counting the vendor's own, are combined, and left out if still
    too small; a median needs 5 items. A vendor's own numbers and the operators' are exact.

    Raises `Refusal`: FORBIDDEN for viewers who are not operators and do not act for a vendor, INVALID for
    parts of days.
    """
    if not viewer.operator and viewer.vendor_id is None:
        raise ComplaintRefusal.STATISTICS_NOT_YOURS.at()
    if by is StatisticsBy.DECIDER and not viewer.operator:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at("by", action="read statistics by person")
    one_buyer = own or (by is StatisticsBy.BUYER and not viewer.operator)
    exact = viewer.operator or one_buyer
    if not exact:
        _check_day("from", since)
        _check_day("to", until)
    key, name = _GROUPS[by]
    rows = await fetch(
        conn,
        (_EXACT if exact else _FOLDED).format(key=key, name=name),
        _only(viewer) if one_buyer else None,
        since,
        until,
        None if exact else viewer.vendor_id,
    )
    shown = {} if viewer.operator else {"overridden": None}
    return [ComplaintStatistic(by, **{**dict(row), **shown}) for row in rows]


def _check_day(name: str, at: datetime | None) -> None:
    if at is not None and at.astimezone(UTC).timetz() != time(tzinfo=UTC):
        day = at.astimezone(UTC).date()
        raise ComplaintRefusal.PERIOD_NOT_WHOLE_DAYS.at("period", name, name=name, day=str(day))


def _only(viewer: Viewer) -> UUID:
    if viewer.vendor_id is None:
        raise ComplaintRefusal.OWN_WITHOUT_VENDOR.at("own")
    return viewer.vendor_id
