"""Requests a page of each list of the API."""

from tests.support.api import Answer, Client
from tests.support.viewers import Kind

# Each list as an operator or an owner queries it; `lead` and `account` are global ids.
LISTS = {
    "leads": (Kind.OPERATOR, "leads({args})"),
    "applications": (Kind.OPERATOR, "applications({args})"),
    "deliveries": (Kind.OPERATOR, "deliveries({args})"),
    "complaints": (Kind.OPERATOR, "complaints({args})"),
    "notifications": (Kind.OWNER, "notifications({args})"),
    "dispatches": (Kind.OPERATOR, "dispatches({args})"),
    "decisions": (Kind.OPERATOR, "decisions({args})"),
    "contactLooks": (Kind.OPERATOR, "contactLooks({args})"),
    "disclosures": (Kind.OPERATOR, "disclosures({args})"),
    "webhookEndpoints": (Kind.OPERATOR, "webhookEndpoints({args})"),
    "policies": (Kind.OWNER, "policies({args})"),
    "accounts": (Kind.OPERATOR, "accounts({args})"),
    "markets": (Kind.OWNER, "markets({args})"),
}
BACKWARDS = ("leads", "applications")


async def ask_list(client: Client, name: str, args: str, **variables: object) -> Answer:
    """Request a page of a list, with `$cursor` when it is given."""
    taken = "query ($cursor: Cursor)" if variables else "query"
    document = f"""{taken} {{ found: {LISTS[name][1].format(args=args)} {{
        edges {{ cursor node {{ id }} }} nodes {{ id }}
        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    return await client.ask(document, **variables)
