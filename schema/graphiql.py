"""Owns GraphiQL: the page that a browser gets at /graphql.

It must not be needed by anything: a setting turns it off.
"""

from strawberry.http.ides import get_graphql_ide_html


def graphiql_page() -> str:
    """Return the page."""
    return get_graphql_ide_html(graphql_ide="graphiql")
