"""Connections over the API: sizes, cursors, flags; each row exactly once, in every list."""

from itertools import pairwise
from typing import Any

import pytest

from models.base.database import transaction
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.leads.contact_access import log_contact_access
from rules import production_parameters
from schema import build_schema
from tests.schema.queries.lists import BACKWARDS, LISTS, ask_list
from tests.support.leads import LeadRow, insert_leads
from tests.support.marketplace import HOUR, LONG_AGO, START, apply, buy_points, make_lead, publish_policy
from tests.support.scene import Scene, complain
from tests.support.stored_endpoint import make_stored_endpoint
from tests.support.viewers import Kind

EVERY_LIST = pytest.mark.parametrize("name", LISTS)


async def _fill(scene: Scene) -> None:
    """Insert more rows of every kind."""
    await complain(scene)
    market = scene.market
    await log_contact_access(market.operator, {lead.id for lead in scene.leads})
    for number in range(4):
        lead = await make_lead(market.market, market.prospect, published_at=START - number * HOUR)
        await apply(market.vendor, lead)
        await buy_points(market.vendor.id, 5)
        await make_stored_endpoint(market.vendor.id)
        await publish_policy(
            market.market.id, "main", production_parameters(), LONG_AGO + (number + 1) * HOUR
        )


@EVERY_LIST
@pytest.mark.parametrize("size", [1, 2, 100])
async def test_every_row_exactly_once(scene: Scene, name: str, size: int) -> None:
    """Forwards, and backwards if the list has `last`; edges, nodes and cursors agree."""
    await _fill(scene)
    client = scene.clients[LISTS[name][0]]
    whole = [node["id"] for node in (await ask_list(client, name, "first: 100")).data["found"]["nodes"]]
    assert len(whole) == len(set(whole)) >= 1
    for backwards in (False, True) if name in BACKWARDS else (False,):
        count, where = ("last", "before") if backwards else ("first", "after")
        seen: list[str] = []
        args, variables = f"{count}: {size}", dict[str, object]()
        while True:
            page = (await ask_list(client, name, args, **variables)).data["found"]
            ids = [edge["node"]["id"] for edge in page["edges"]]
            assert ids == [node["id"] for node in page["nodes"]]
            assert len(ids) <= size
            info = page["pageInfo"]
            assert (info["startCursor"], info["endCursor"]) == (
                page["edges"][0]["cursor"],
                page["edges"][-1]["cursor"],
            )
            seen = ids + seen if backwards else seen + ids
            assert info["hasPreviousPage" if backwards else "hasNextPage"] == (len(seen) < len(whole))
            assert info["hasNextPage" if backwards else "hasPreviousPage"] == bool(variables)
            if len(seen) >= len(whole):
                break
            args = f"{count}: {size}, {where}: $cursor"
            variables = {"cursor": info["startCursor" if backwards else "endCursor"]}
        assert seen == whole


def test_every_list_of_the_api_is_requested_here() -> None:
    """A root field that returns a connection has a row in `LISTS`."""
    query = build_schema()._schema.query_type
    assert query is not None
    found = {name for name, field in query.fields.items() if "Connection" in str(field.type)}
    # `calls` is tested in tests/schema/calls.
    assert found == {*LISTS, "calls"}


async def test_an_empty_page_has_no_cursors(scene: Scene) -> None:
    """Nothing follows the last row, and the flags say so."""
    client = scene.clients[Kind.OPERATOR]
    end = (await ask_list(client, "leads", "first: 100")).data["found"]["pageInfo"]["endCursor"]
    page = (await ask_list(client, "leads", "after: $cursor", cursor=end)).data["found"]
    assert page == {
        "edges": [],
        "nodes": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": True,
            "startCursor": None,
            "endCursor": None,
        },
    }


SIZES = (
    ("first: 0", "first"),
    ("first: 101", "first"),
    ("first: -1", "first"),
    ("first: -2147483648", "first"),
    ("last: 0", "last"),
    ("last: 101", "last"),
    ("first: 5, last: -1", "last"),
)


@pytest.mark.parametrize(
    ("name", "args", "field"),
    [(name, *size) for name in LISTS for size in SIZES if "last" not in size[0] or name in BACKWARDS],
)
async def test_a_page_has_1_to_100_rows(scene: Scene, name: str, args: str, field: str) -> None:
    """Other sizes are INVALID, and the message includes the argument."""
    answer = await ask_list(scene.clients[LISTS[name][0]], name, args)
    assert answer.codes == ["INVALID"]
    error = answer.body["errors"][0]
    assert (error["extensions"]["field"], error["extensions"]["reason"]) == (
        [field],
        "PAGE_SIZE_OUT_OF_RANGE",
    )
    assert "100" in error["message"]


@EVERY_LIST
async def test_without_a_size_a_page_has_25(scene: Scene, name: str) -> None:
    """If `first` is null or missing."""
    await insert_leads([LeadRow(scene.market.market.id, scene.market.prospect.id) for _ in range(30)])
    client = scene.clients[LISTS[name][0]]
    for args in ("first: null", "first: 25"):
        assert len((await ask_list(client, name, args)).data["found"]["nodes"]) == (
            25
            if name == "leads"
            else len((await ask_list(client, name, "first: 100")).data["found"]["nodes"])
        )


async def test_a_nested_page_within_a_list_is_short_and_has_no_after(scene: Scene) -> None:
    """At most 10 items each; sizes are still validated."""
    market = scene.market
    for _ in range(12):
        await buy_points(market.vendor.id, 1)
    operator = scene.clients[Kind.OPERATOR]
    for args, size in (("", 10), ("(first: $n)", 10), ("(first: 3)", 3), ("(first: null)", 10)):
        ledger = f"ledger{args} {{ nodes {{ id }} pageInfo {{ hasNextPage }} }}"
        document = f"{'query ($n: Int) ' if '$n' in args else ''}{{ accounts {{ nodes {{ {ledger} }} }} }}"
        ledgers = [node["ledger"] for node in (await operator.ask(document)).data["accounts"]["nodes"]]
        assert [len(ledger["nodes"]) for ledger in ledgers] == [size, min(size, 2)]
        assert [ledger["pageInfo"]["hasNextPage"] for ledger in ledgers] == [True, False]
    for outer, inner in (("leads", "applications"), ("accounts", "ledger")):
        for args in ("first: 0", "first: -1", "first: 11", "first: 25", "first: $n", 'after: "x"'):
            variables = "query ($n: Int = 25) " if "$n" in args else ""
            answer = await operator.ask(
                f"{variables}{{ {outer} {{ nodes {{ {inner}({args}) {{ nodes {{ id }} }} }} }} }}"
            )
            assert set(answer.codes) == {"INVALID"}, args
            extensions = answer.body["errors"][0]["extensions"]
            assert extensions["field"] == [args.split(":")[0]]
            assert extensions["reason"] == ("CURSOR_INVALID" if "after" in args else "PAGE_SIZE_OUT_OF_RANGE")


async def test_a_nested_ledger_page_continues_on_its_account(scene: Scene) -> None:
    """Newest first; the account's own pages continue where a nested page ends."""
    await _fill(scene)
    owner = scene.clients[Kind.OWNER]
    document = """query ($after: Cursor) { viewer { account { ledger(first: 3, after: $after) {
        nodes { id amount holdAmount balanceAfter holdAfter kind unit }
        pageInfo { hasNextPage endCursor } } } } }"""
    entries: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await owner.ask(document, after=after)).data["viewer"]["account"]["ledger"]
        entries += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len({entry["id"] for entry in entries}) == len(entries) == 12
    for newer, older in pairwise(entries):
        assert newer["balanceAfter"] == older["balanceAfter"] + newer["amount"]
        assert newer["holdAfter"] == older["holdAfter"] + newer["holdAmount"]
    other = (await scene.clients[Kind.OPERATOR].ask(document, after=after)).data["viewer"]["account"]
    assert other is None


async def test_new_events_between_pages_shift_no_rows(scene: Scene) -> None:
    """A new event is at the front, not in the middle."""
    owner = scene.clients[Kind.OWNER]
    first = (await ask_list(owner, "notifications", "first: 2")).data["found"]
    async with transaction() as conn:
        journal = Journal(START, None)
        journal.events.append(EventRow(scene.market.vendor.id, NotificationKind.POINTS_PURCHASED, START))
        await journal.write(conn)
    cursor = first["pageInfo"]["endCursor"]
    rest = (await ask_list(owner, "notifications", "first: 100, after: $cursor", cursor=cursor)).data["found"]
    ids = [node["id"] for node in first["nodes"] + rest["nodes"]]
    assert len(ids) == len(set(ids)) == 4
