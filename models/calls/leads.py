"""Which lead a caller is the contact of, for those to whom that contact is visible (S1, S4)."""

from collections.abc import Collection
from uuid import UUID

from models.base.database import Connection
from models.base.keyset import SelectStatement, fetch_rows
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.list import manages
from models.leads.columns import WITH, Parts, columns, joins, scope
from models.leads.rows import row_views
from models.leads.same_person import reach
from rules.visibility import VISIBLE

_MOST = 20  # leads of a vendor with one number, such as a central line: the newest are looked at
_PARTS = Parts(application=False, delivery=False, contact=False, placed=False)
_FROM = f"""FROM unnest($5::uuid[], $6::text[]) AS asked (account_id, number) CROSS JOIN LATERAL (
        SELECT known.lead_id, coalesce(application.received_at, delivery.received_at) AS at
        FROM contact AS known
        LEFT JOIN application
            ON application.lead_id = known.lead_id AND application.account_id = asked.account_id
        LEFT JOIN delivery ON delivery.lead_id = known.lead_id AND delivery.account_id = asked.account_id
        WHERE {reach("known")} && ARRAY[asked.number]
          AND (application.id IS NOT NULL OR delivery.id IS NOT NULL)
        ORDER BY at DESC, known.lead_id DESC LIMIT {_MOST}) AS newest
    JOIN lead ON lead.id = newest.lead_id
    LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = asked.account_id
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = asked.account_id
    {joins(_PARTS)}"""


async def leads_of_callers(
    conn: Connection, viewer: Viewer, asked: Collection[tuple[UUID, str]]
) -> dict[tuple[UUID, str], UUID]:
    """Return the lead of each account's caller (E.164): the newest one whose contact the account sees now.

    Whether it does is decided like the visibility of the lead itself, also for operators: they see the links
    that the vendor sees. Agents see none.
    """
    if not manages(viewer):
        return {}
    pairs = sorted({pair for pair in asked if viewer.operator or pair[0] == viewer.vendor_id})
    if not pairs:
        return {}
    vendor = Viewer(account_id=pairs[0][0], roles=frozenset({Role.OWNER}))
    statement = SelectStatement(
        [*scope(vendor), [account for account, _ in pairs], [number for _, number in pairs]]
    )
    statement.where("prospect.erased_at IS NULL")
    select = f"{WITH} SELECT {columns(_PARTS)}, asked.account_id AS asked_by, asked.number, newest.at"
    rows = await fetch_rows(conn, select, _FROM, statement)
    views = await row_views(conn, rows, vendor, _PARTS)
    newest = sorted(zip(rows, views, strict=True), key=lambda one: (one[0]["at"], one[0]["id"]))
    return {
        (row["asked_by"], row["number"]): view.lead.id
        for row, view in newest
        if view.lead.visibility.verdict is VISIBLE
    }
