"""The list of applications read as rows, for `schema.graphql.fast_path`."""

from dataclasses import dataclass

from models.applications.list import ApplicationFilter, application_rows, count_applications
from models.base.keyset import Count, Slice
from rules.visibility import ViewerKind
from schema.graphql.context import Context
from schema.graphql.fast_path.list_plan import ReadRows
from schema.leads.row_types import columns_to_read
from schema.leads.rows import judged


@dataclass(frozen=True, slots=True)
class AskedApplications:
    """The arguments of `applications`."""

    criteria: ApplicationFilter
    list_digest: str
    part: Slice
    unread: bool

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return whether rows are enough: for viewers who are not vendors, and to find unread chats, an
        application is more than its row.
        """
        del columns
        return context.may_list_leads("applications").vendor_id is not None and not self.unread

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page."""
        conn = context.conn
        names = columns_to_read(columns, verdicts=verdicts, also_erased=True)
        found = await application_rows(
            conn, context.viewer, self.part, self.criteria, names, positions=positions
        )
        return await judged(conn, found, ViewerKind.VENDOR, verdicts=verdicts)

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_applications(context.conn, context.viewer, self.criteria)
