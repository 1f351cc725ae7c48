"""The query `accounts`: the operators' list of vendors, for example to credit points."""

import strawberry

from models.accounts.list import BY_AGE, AccountView, list_accounts
from schema.accounts.types import AccountConnection
from schema.graphql.context import Info
from schema.graphql.errors import forbidden
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of

VIEWS.add("accounts")


@strawberry.type
class AccountQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="All vendors' accounts, oldest first; for operators.",
        graphql_type=AccountConnection | None,
    )
    async def accounts(self, info: Info, first: First = 25, after: After = None) -> Connection[AccountView]:
        """List accounts."""
        context = info.context
        if not context.signed_in().operator:
            raise forbidden("You do not have permission to list accounts. Only operators can.")
        list_digest = digest("accounts")
        part = slice_of(BY_AGE, list_digest, first, after)
        page = await list_accounts(context.conn, part)
        return Connection(page, list_digest, not_counted)
