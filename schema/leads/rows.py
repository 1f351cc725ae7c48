"""The list of leads read as rows, for `schema.graphql.fast_path`."""

from dataclasses import dataclass

from models.base.database import Connection
from models.base.keyset import Count, Slice
from models.leads.list import LeadFilter, LeadOrder, count_leads, lead_rows, viewer_kind
from models.leads.verdicts import SilentRows, verdicts_of
from rules.visibility import ViewerKind
from schema.graphql.context import Context
from schema.graphql.fast_path.list_plan import ReadRows
from schema.graphql.fast_path.row_types import NotCovered
from schema.leads.row_types import CONTACT, columns_to_read


async def judged(conn: Connection, found: SilentRows, kind: ViewerKind, *, verdicts: bool) -> ReadRows:
    """Return rows with their verdicts, if those are wanted, for a viewer of this kind to all of them."""
    if not verdicts:
        return ReadRows(found.cut, ())
    return ReadRows(found.cut, await verdicts_of(conn, found.cut.rows, kind, found.silent))


@dataclass(frozen=True, slots=True)
class AskedLeads:
    """The arguments of `leads`."""

    criteria: LeadFilter
    order: LeadOrder
    list_digest: str
    part: Slice

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return False for an operator who would see contact data: each look is logged."""
        return not context.may_list_leads().operator or columns.isdisjoint(CONTACT.columns.values())

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page; an empty one of an unknown market is an error, which the resolver reports."""
        conn, viewer = context.conn, context.viewer
        found = await lead_rows(
            conn,
            viewer,
            self.part,
            self.order,
            self.criteria,
            columns_to_read(columns, verdicts=verdicts),
            positions=positions,
        )
        if not found.cut.rows and self.criteria.market is not None:
            raise NotCovered
        return await judged(conn, found, viewer_kind(viewer), verdicts=verdicts)

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_leads(context.conn, context.viewer, self.criteria)
