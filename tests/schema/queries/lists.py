"""Requests a page of each list of the API."""

from tests.schema.queries.scene import OPERATOR, OWNER
from tests.support.api import Answer, Client

# Each list as an operator or an owner asks it; `lead` and `account` are global ids.
LISTS = {
    "leads": (OPERATOR, "leads({args})"),
    "applications": (OPERATOR, "applications({args})"),
    "deliveries": (OPERATOR, "deliveries({args})"),
    "complaints": (OPERATOR, "complaints({args})"),
    "notifications": (OWNER, "notifications({args})"),
    "policies": (OWNER, "policies({args})"),
    "accounts": (OPERATOR, "accounts({args})"),
}
BACKWARDS = ("leads", "applications")


async def ask_list(client: Client, name: str, args: str, **variables: object) -> Answer:
    """Request a page of a list, with `$cursor` when it is given."""
    taken = "query ($cursor: Cursor)" if variables else "query"
    document = f"""{taken} {{ found: {LISTS[name][1].format(args=args)} {{
        edges {{ cursor node {{ id }} }} nodes {{ id }}
        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    return await client.ask(document, **variables)
