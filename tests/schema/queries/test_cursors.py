"""Cursors: each fits one list, order and filter; others are refused with the field."""

import base64
from uuid import UUID

import orjson
import pytest

from models.leads.contact_access import log_contact_access
from models.leads.list import LeadOrder
from tests.schema.queries.lists import BACKWARDS, LISTS, ask_list
from tests.support.scene import Scene, complain
from tests.support.viewers import Kind

EVERY_LIST = pytest.mark.parametrize("name", LISTS)


def _crafted(cursor: str, **changed: object) -> str:
    """Return a cursor with parts of it changed, like that of a client who guesses its format."""
    parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for place, value in changed.items():
        parts[int(place.removeprefix("part_"))] = value
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


GARBAGE = (
    "",
    "x",
    "💣",
    "\x00",
    "A" * 2_000,
    _encoded("null"),
    _encoded("5"),
    _encoded("{}"),
    _encoded('"text"'),
    _encoded("[]"),
    _encoded("[" * 400),
    _encoded('["NEWEST"]'),
    _encoded('["NEWEST","",null,null]'),
    _encoded(f"f:{UUID(int=7).hex}:1"),
    _encoded("f::"),
)


@EVERY_LIST
async def test_a_cursor_of_another_list_is_invalid(scene: Scene, name: str) -> None:
    """Garbage, truncated, crafted, or of another list: INVALID with the argument, never a fault."""
    await complain(scene)
    await log_contact_access(scene.market.operator, {scene.hidden.id})
    client = scene.clients[LISTS[name][0]]
    good = {
        other: (await ask_list(scene.clients[whose], other, "first: 1")).data["found"]["edges"][0]["cursor"]
        for other, (whose, _) in LISTS.items()
    }
    own = good.pop(name)
    bad = [*GARBAGE, *good.values(), own[:-4], own[4:], own + own, own.swapcase()]
    if name != "notifications":
        values: list[object] = [None, 1, {}]
        if name != "markets":  # whose position is any text
            values += ["now", "1_000", "\uff11", "2026-W10-1 09:00:00+00", "x" * 300]
        for value in values:
            bad += [_crafted(own, part_2=value), _crafted(own, part_0=value), _crafted(own, part_1=value)]
    else:
        recipient = scene.market.vendor.id.hex
        bad += [_encoded(f"f:{recipient}:{seq}") for seq in ("-1", "x", "", "1:1", "9" * 60, "\uff11")]
        bad.append(_encoded(f"f:{scene.market.prospect.id.hex}:1"))
    for where in ("after", "before") if name in BACKWARDS else ("after",):
        for cursor in bad:
            answer = await ask_list(client, name, f"{where}: $cursor", cursor=cursor)
            assert answer.codes == ["INVALID"], (where, cursor, answer.body)
            extensions = answer.body["errors"][0]["extensions"]
            assert (extensions["field"], extensions["reason"]) == ([where], "CURSOR_INVALID")
    assert (await ask_list(client, name, "after: $cursor", cursor=own)).codes == []


async def test_a_cursor_fits_one_order_and_one_filter_only(scene: Scene) -> None:
    """With another order, filter or lead, the position would mean something else."""
    client = scene.clients[Kind.OPERATOR]
    cursors = {
        order: (await ask_list(client, "leads", f"first: 1, orderBy: {order}")).data["found"]["edges"][0][
            "cursor"
        ]
        for order in LeadOrder
    }
    for order in LeadOrder:
        for other, cursor in cursors.items():
            answer = await ask_list(client, "leads", f"after: $cursor, orderBy: {order}", cursor=cursor)
            assert answer.codes == ([] if order is other else ["INVALID"])
    newest = cursors[LeadOrder.NEWEST]
    for criteria, codes in (("{}", []), ('{category: "web"}', ["INVALID"]), ("{open: true}", ["INVALID"])):
        answer = await ask_list(client, "leads", f"after: $cursor, filter: {criteria}", cursor=newest)
        assert answer.codes == codes


async def test_a_list_inside_a_list_accepts_no_cursor(scene: Scene) -> None:
    """Not even its own."""
    owner = scene.clients[Kind.OWNER]
    found = await owner.ask("{ leads { nodes { id applications { edges { cursor } } } } }")
    lead = next(one for one in found.data["leads"]["nodes"] if one["applications"]["edges"])
    answer = await owner.ask(
        """query ($id: ID!, $cursor: Cursor) {
            nodes(ids: [$id]) { ... on Lead { applications(after: $cursor) { nodes { id } } } } }""",
        id=lead["id"],
        cursor=lead["applications"]["edges"][0]["cursor"],
    )
    (error,) = answer.body["errors"]
    assert (error["extensions"]["code"], error["extensions"]["reason"]) == ("INVALID", "CURSOR_UNAVAILABLE")
