"""The list of calls read as rows, for `schema.graphql.fast_path`."""

from dataclasses import dataclass

from models.base.keyset import Count, Slice
from models.base.refusal import Refusal
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_list import CallFilter, call_rows, count_calls
from schema.graphql.context import Context
from schema.graphql.errors import ClientError, forbidden
from schema.graphql.fast_path.list_plan import ReadRows


def may_read_calls(context: Context) -> Viewer:
    """Return a viewer who may read calls: companies' owners and members, agents and operators."""
    viewer = context.signed_in()
    if viewer.vendor_id is None and not viewer.operator and Role.AGENT not in viewer.roles:
        raise forbidden("Only owners and members of a vendor's account, agents and operators can read calls.")
    return viewer


@dataclass(frozen=True, slots=True)
class AskedCalls:
    """The arguments of `calls`."""

    criteria: CallFilter
    list_digest: str
    part: Slice

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return True for everybody who may read calls."""
        del columns
        may_read_calls(context)
        return True

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read a page; a search that is refused is an error, which the resolver reports."""
        del verdicts  # a call has none
        try:
            found = await call_rows(
                context.conn, context.viewer, self.part, self.criteria, columns, positions=positions
            )
        except Refusal as error:
            raise ClientError.of(error) from error
        return ReadRows(found, ())

    async def count(self, context: Context) -> Count:
        """Count them."""
        return await count_calls(context.conn, context.viewer, self.criteria)
