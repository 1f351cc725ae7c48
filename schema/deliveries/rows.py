"""The list of deliveries read as rows, for `schema.graphql.fast_path`."""

from dataclasses import dataclass

from models.base.keyset import Count, Slice
from models.deliveries.list import DeliveryFilter, count_deliveries, delivery_rows
from rules.visibility import ViewerKind
from schema.graphql.context import Context
from schema.graphql.fast_path.list_plan import ReadRows
from schema.leads.row_types import columns_to_read
from schema.leads.rows import judged


@dataclass(frozen=True, slots=True)
class AskedDeliveries:
    """The arguments of `deliveries`."""

    criteria: DeliveryFilter
    list_digest: str
    part: Slice

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return whether the viewer is a vendor; operators read the deliveries of all."""
        del columns
        return context.viewer.vendor_id is not None

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page."""
        conn = context.conn
        names = columns_to_read(columns, verdicts=verdicts, also_erased=True)
        found = await delivery_rows(
            conn, context.viewer, self.part, self.criteria, names, positions=positions
        )
        return await judged(conn, found, ViewerKind.VENDOR, verdicts=verdicts)

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_deliveries(context.conn, context.viewer, self.criteria)
