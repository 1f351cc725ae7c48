"""Counts are bounded: beyond 10,000, a list says so, and the database reads no further."""

import re
from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType, parse

from models.base.database import connection, fetch
from models.base.keyset import COUNTED_ROWS, MOST_COUNTED, Count
from schema.graphql.ids import write_id
from schema.graphql.limits.measure import measure
from tests.support.marketplace import make_lead
from tests.support.query_recorder import RecordedStatement, recorded_statements
from tests.support.scene import Scene
from tests.support.schemas import CORE
from tests.support.viewers import Kind

COUNT = "totalCount totalCountIsExact"


def counted_connections() -> Iterator[str]:
    """Return the names of the connections that can be counted."""
    for name, kind in CORE.type_map.items():
        if isinstance(kind, GraphQLObjectType) and "totalCount" in kind.fields:
            yield name


def cost(document: str) -> int:
    """Return the cost of a document."""
    (one,) = measure(CORE, parse(document)).operations
    return one.cost({})


def counting(statements: list[RecordedStatement]) -> list[str]:
    """Return the statements that count, on one line each."""
    return [re.sub(r"\s+", " ", one.sql) for one in statements if "count(*)" in one.sql]


def test_a_count_says_whether_it_is_exact() -> None:
    assert Count.of(0) == (0, True)
    assert Count.of(MOST_COUNTED) == (10_000, True)
    assert Count.of(COUNTED_ROWS) == (10_000, False)
    assert Count.of(3_000_000) == (10_000, False)


def test_every_counted_connection_says_whether_the_count_is_exact() -> None:
    for name in counted_connections():
        fields = CORE.type_map[name].fields  # type: ignore[attr-defined]
        assert str(fields["totalCountIsExact"].type) == "Boolean!", name
        assert str(fields["totalCount"].type) == "Int!", name


DOCUMENTS = {
    "ApplicationConnection": f"{{ applications(first: 1) {{ {COUNT} }} }}",
    "DeliveryConnection": f"{{ deliveries(first: 1) {{ {COUNT} }} }}",
    "DisclosureConnection": f"{{ disclosures(first: 1) {{ {COUNT} }} }}",
    "ComplaintConnection": f"{{ complaints(first: 1) {{ {COUNT} }} }}",
    "CallConnection": f"{{ calls(first: 1) {{ {COUNT} }} }}",
    "LeadConnection": f"{{ leads(first: 1) {{ {COUNT} }} }}",
    "NotificationConnection": f"{{ notifications(first: 1) {{ {COUNT} }} }}",
}
# A complaint has at most 10,000 items; more are refused when it is filed.
# Those of a secretariat need one: tests/schema/calls.
BOUNDED_OTHERWISE = {
    "AppointmentConnection",
    "ComplaintItemConnection",
    "EmployeeConnection",
    "VipCallerConnection",
}


def test_every_counted_connection_is_tested_here() -> None:
    assert set(DOCUMENTS) | BOUNDED_OTHERWISE == set(counted_connections())


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_the_database_counts_no_further_than_the_bound(scene: Scene, name: str) -> None:
    """One statement for both fields, which stops one row after the bound."""
    who = Kind.OPERATOR if name == "DisclosureConnection" else Kind.OWNER
    with recorded_statements() as statements:
        answer = await scene.clients[who].ask(DOCUMENTS[name])
    (page,) = answer.data.values()
    assert page["totalCountIsExact"] is True
    (sql,) = counting(statements)
    assert f"LIMIT {COUNTED_ROWS}" in sql


async def test_each_leads_applications_are_counted_only_up_to_the_bound(scene: Scene) -> None:
    document = f"{{ leads(first: 5) {{ nodes {{ applications {{ {COUNT} }} }} }} }}"
    with recorded_statements() as statements:
        nodes = (await scene.clients[Kind.OPERATOR].ask(document)).data["leads"]["nodes"]
    assert {node["applications"]["totalCountIsExact"] for node in nodes} == {True}
    assert sum(node["applications"]["totalCount"] for node in nodes) > 0
    (sql,) = counting(statements)
    assert f"LIMIT {COUNTED_ROWS}" in sql


async def test_beyond_the_bound_a_list_says_that_there_are_more(scene: Scene) -> None:
    lead = await make_lead(scene.market.market, scene.market.prospect, title="Copied")
    await fetch(
        connection(),
        """INSERT INTO lead (id, market_id, prospect_id, title, brief, category, city, country, currency,
                             source, fee, published_at)
           SELECT gen_random_uuid(), market_id, prospect_id, 'Copy', brief, category, city, country, currency,
                  source, fee, published_at
           FROM lead, generate_series(1, $2::int) WHERE id = $1""",
        lead.id,
        COUNTED_ROWS,
    )
    document = f'{{ leads(first: 1, filter: {{query: "copy"}}) {{ {COUNT} nodes {{ id }} }} }}'
    page = (await scene.clients[Kind.OWNER].ask(document)).data["leads"]
    assert (page["totalCount"], page["totalCountIsExact"], len(page["nodes"])) == (MOST_COUNTED, False, 1)
    one = f'{{ node(id: "{write_id("Lead", lead.id)}") {{ ... on Lead {{ applications {{ {COUNT} }} }} }} }}'
    found = (await scene.clients[Kind.OPERATOR].ask(one)).data["node"]["applications"]
    assert found == {"totalCount": 0, "totalCountIsExact": True}


def test_counting_leads_costs_what_reading_all_of_them_does() -> None:
    """A few hundred, once per connection: two fields share it, and each alias adds its own."""
    assert cost("{ leads(first: 1) { nodes { id } } }") == 2
    assert cost("{ leads(first: 1) { totalCount } }") == 301
    assert cost("{ leads(first: 1) { totalCountIsExact } }") == 301
    assert (
        cost("{ leads(first: 1) { totalCount totalCountIsExact again: totalCount ...A } } " + SPREAD) == 301
    )
    assert cost("{ a: leads(first: 1) { totalCount } b: leads(first: 1) { totalCount } }") == 602
    assert cost("{ applications(first: 1) { totalCount } }") == 51


SPREAD = "fragment A on LeadConnection { totalCount ... on LeadConnection { totalCountIsExact } }"


def test_counting_within_a_list_costs_a_little_for_each_row() -> None:
    """One statement counts for all rows."""
    document = "{ leads(first: 20) { nodes { applications { totalCount } } } }"
    without = "{ leads(first: 20) { nodes { applications { pageInfo { hasNextPage } } } } }"
    assert cost(document) == cost(without) - 20 + 20 * 10
