"""Each field of the filter of leads, and a search that no input can break."""

from datetime import timedelta
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, build_schema

from models.base.ids import new_id
from models.deliveries.tables import Delivery
from rules.visibility import DeliveryKind
from schema import print_sdl
from tests.support.api import Answer, Client
from tests.support.database import Database
from tests.support.marketplace import (
    CONTACT_VALUES,
    HOUR,
    SECOND,
    START,
    make_lead,
    make_market,
)
from tests.support.scene import Scene
from tests.support.viewers import Kind

DOCUMENT = "query ($filter: LeadFilter) { leads(filter: $filter, first: 100) { nodes { title } totalCount } }"


async def _ask(client: Client, **criteria: object) -> Answer:
    return await client.ask(DOCUMENT, filter=criteria)


async def _titles(client: Client, **criteria: object) -> set[str]:
    found = (await _ask(client, **criteria)).data["leads"]
    assert found["totalCount"] == len(found["nodes"])
    return {node["title"] for node in found["nodes"]}


async def _lay(scene: Scene) -> None:
    market, prospect = scene.market.market, scene.market.prospect
    await make_lead(market, prospect, title="Roses", category="garden", city="Łódź", budget_max=100)
    await make_lead(market, prospect, title="Lamps", city=None, budget_max=None, currency="USD")
    await make_lead(market, prospect, title="Closed", closes_at=START)
    await make_lead(market, prospect, title="Closing", closes_at=START + timedelta(microseconds=1))
    await make_lead(
        await make_market("side"), prospect, title="Elsewhere", brief="We need O'Reilly's books & more."
    )


ALL = {
    "Website relaunch",
    "Accepted",
    "Untouched",
    "Foreign",
    "Roses",
    "Lamps",
    "Closed",
    "Closing",
    "Elsewhere",
}

# What an owner of the vendor sees with each filter.
FILTERS: tuple[tuple[dict[str, object], set[str]], ...] = (
    ({}, ALL),
    ({"category": "garden"}, {"Roses"}),
    ({"category": "Garden"}, set()),
    ({"city": "łódź"}, {"Roses"}),
    ({"city": "BERLIN"}, ALL - {"Roses", "Lamps"}),
    ({"city": ""}, set()),
    ({"city": " \u0142o\u0301dz\u0301 "}, {"Roses"}),  # as macOS writes it
    ({"country": "de"}, ALL),
    ({"country": "PL"}, set()),
    ({"country": "Germany"}, ALL),
    ({"budgetMin": 100}, ALL - {"Lamps"}),
    ({"budgetMin": 101}, ALL - {"Lamps", "Roses"}),
    ({"budgetMin": 2**31 - 1}, set()),
    ({"budgetMin": -1}, ALL - {"Lamps"}),
    ({"market": "side"}, {"Elsewhere"}),
    ({"market": "side", "category": "garden"}, set()),
    ({"applied": True}, {"Website relaunch", "Accepted"}),
    ({"applied": False}, ALL - {"Website relaunch", "Accepted"}),
    ({"contactVisible": True}, {"Accepted"}),
    ({"contactVisible": False}, ALL - {"Accepted"}),
    ({"open": True}, ALL - {"Closed", "Website relaunch", "Accepted"}),
    ({"open": False}, {"Closed", "Website relaunch", "Accepted"}),
    ({"query": "roses"}, {"Roses"}),
    ({"query": "garden łódź"}, {"Roses"}),
    ({"query": "garden \u0142o\u0301dz\u0301"}, {"Roses"}),
    ({"query": "roses or lamps"}, {"Roses", "Lamps"}),
    ({"query": "renews -roses"}, ALL - {"Elsewhere", "Roses"}),
    ({"query": '"renews our website"'}, ALL - {"Elsewhere"}),
    ({"query": '"website our renews"'}, set()),
    ({"query": "O'Reilly's"}, {"Elsewhere"}),
    ({"query": " \t"}, ALL),
    ({"query": None, "open": None, "applied": None, "contactVisible": None, "city": None}, ALL),
    (
        {"applied": False, "query": "renews", "budgetMin": 101, "open": True},
        {"Untouched", "Foreign", "Closing"},
    ),
)


def test_every_field_of_the_filter_is_tested() -> None:
    """A new field needs a row above."""
    kind = build_schema(print_sdl()).type_map["LeadFilter"]
    assert isinstance(kind, GraphQLInputObjectType)
    assert kind.fields.keys() == {name for criteria, _ in FILTERS for name in criteria}


async def test_each_filter_returns_exactly_the_matching_leads(scene: Scene) -> None:
    """The count agrees."""
    await _lay(scene)
    for criteria, titles in FILTERS:
        assert await _titles(scene.clients[Kind.OWNER], **criteria) == titles, criteria


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("market", "none", "unknown market code"),
        ("market", "", "unknown market code"),
        ("country", "Narnia", "ISO 3166"),
    ],
)
async def test_an_unknown_market_or_country_is_refused(
    scene: Scene, field: str, value: str, remedy: str
) -> None:
    """An empty list would suggest that there are no leads there."""
    answer = await _ask(scene.clients[Kind.OWNER], **{field: value})
    assert answer.codes == ["INVALID"]
    (error,) = answer.body["errors"]
    assert error["extensions"]["field"] == ["filter", field]
    assert remedy in error["message"]


async def test_filters_never_show_more_than_the_viewer_may_list(scene: Scene) -> None:
    """No filter shows a prospect another's leads; `applied` and `contactVisible` depend on the viewer."""
    await _lay(scene)
    own = ALL - {"Foreign"}
    assert await _titles(scene.clients[Kind.PROSPECT], contactVisible=True) == own
    assert await _titles(scene.clients[Kind.PROSPECT], contactVisible=False) == set()
    assert await _titles(scene.clients[Kind.PROSPECT], applied=True) == set()
    assert await _titles(scene.clients[Kind.PROSPECT], query="Foreign") == set()
    assert await _titles(scene.clients[Kind.OTHER_VENDOR], contactVisible=True) == set()
    assert await _titles(scene.clients[Kind.OTHER_VENDOR], applied=True) == {"Foreign"}
    assert await _titles(scene.clients[Kind.OPERATOR], contactVisible=True) == ALL
    assert await _titles(scene.clients[Kind.OPERATOR], contactVisible=False) == set()


async def test_a_lead_moves_between_the_lists_when_nobody_answers(database: Database, scene: Scene) -> None:
    """At 48 hours, without a worker; a Lead Club delivery is in it immediately."""
    owner = scene.clients[Kind.OWNER]
    await database.clock.advance(48 * HOUR - SECOND)
    assert await _titles(owner, contactVisible=True) == {"Accepted"}
    await database.clock.advance(SECOND)
    assert await _titles(owner, contactVisible=True) == {"Accepted", "Website relaunch"}
    await Delivery.create(
        account_id=scene.market.vendor.id,
        lead_id=scene.foreign.id,
        kind=DeliveryKind.LEAD_CLUB,
        policy_id=scene.market.market.policy_id,
        decision_id=new_id(),
        received_at=START,
        points=1,
        complaint_until=START,
    )
    assert await _titles(owner, contactVisible=True) == {"Accepted", "Website relaunch", "Foreign"}
    assert await _titles(owner, contactVisible=False) == {"Untouched"}


async def test_searching_reads_public_fields_only(scene: Scene) -> None:
    """No contact value finds its lead, not even for viewers who see it."""
    for name in (Kind.OWNER, Kind.PROSPECT, Kind.OPERATOR):
        for value in CONTACT_VALUES:
            assert await _titles(scene.clients[name], query=f'"{value}"') == set(), value
            for word in value.replace("@", " ").replace("/", " ").split():
                if word not in {"Street", "1"}:
                    assert await _titles(scene.clients[name], query=word) == set(), word


HOSTILE = (
    "'",
    "''; DROP TABLE lead; --",
    '"',
    '"""',
    "\\",
    "\\'",
    "%",
    "-" * 33,
    "- " * 100,
    "-(" * 100,
    "_",
    "$1",
    "{}",
    "&",
    "| !",
    "!!!",
    "a & b | !(c)",
    "a:*",
    "a:A",
    "<->",
    "a <2> b",
    "or",
    "or or or",
    "-",
    "--",
    "- - -",
    "-a -b",
    "(((",
    "\n\r\t",
    "\u0000x"[1:],
    "\u202e\u200b\ufeff",
    "💣👩‍👩‍👧‍👦",
    "ß \u017f \u0130 \u0131",
    "a" * 200,
    "ab " * 66,
    '"' * 200,
    "\ufffd",
    "\U0010ffff",
    "http://a.example/?q=%27",
    "a@b.example",
    "1e999 -0 +1 1.5.2",
)


async def test_no_search_text_causes_a_fault(scene: Scene) -> None:
    """All input is treated as words."""
    for text in HOSTILE:
        answer = await _ask(scene.clients[Kind.OWNER], query=text)
        assert answer.codes == [], (text, answer.body)
        for field, codes in (
            ("city", []),
            ("category", []),
            ("market", ["INVALID"]),
            ("country", ["INVALID"]),
        ):
            assert (await _ask(scene.clients[Kind.OWNER], **{field: text})).codes == codes, (field, text)


@pytest.mark.parametrize("field", ["query", "category", "city", "country", "market"])
@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "x" * 201, "x" * 10_000], ids=["nul", "inner", "201", "10k"]
)
async def test_a_search_text_that_no_lead_can_contain_is_invalid(scene: Scene, field: str, text: str) -> None:
    """The error includes the field."""
    answer = await _ask(scene.clients[Kind.OWNER], **{field: text})
    assert answer.codes == ["INVALID"]
    error: Any = answer.body["errors"][0]
    assert error["extensions"]["field"] == ["filter", field]
    assert "x" * 50 not in error["message"]
