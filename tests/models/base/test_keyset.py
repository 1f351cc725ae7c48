"""Pages of leads: every row exactly once, in every order and direction, while rows come and go."""

from collections.abc import Callable
from random import Random

import pytest

from models.base.database import connection, fetch
from models.base.keyset import Key, Order, Page, Slice
from models.leads.list import ORDERS, LeadOrder, list_leads
from models.leads.views import LeadView
from tests.support.database import Database
from tests.support.leads import LeadRow, insert_leads, random_leads
from tests.support.marketplace import START, Marketplace, make_marketplace

LAST = 2**64  # the position of rows without a value


def _budget(row: LeadRow) -> int:
    most = row.budget_min if row.budget_max is None else row.budget_max
    return LAST if most is None else -most


SORTED: dict[LeadOrder, Callable[[LeadRow], tuple[object, ...]]] = {
    LeadOrder.NEWEST: lambda row: (START - row.published_at, -row.id.int),
    LeadOrder.BUDGET: lambda row: (row.currency, _budget(row), row.id.int),
    LeadOrder.CLOSING_SOONEST: lambda row: (
        row.closes_at is None,
        row.closes_at or START,
        row.id.int,
    ),
}
EVERY_ORDER = pytest.mark.parametrize("order", LeadOrder)


async def _market(database: Database) -> Marketplace:
    await database.clock.set(START)
    market = await make_marketplace()
    await fetch(connection(), "DELETE FROM contact")
    await fetch(connection(), "DELETE FROM lead")
    return market


async def _page(market: Marketplace, order: LeadOrder, part: Slice) -> Page[LeadView]:
    return await list_leads(connection(), market.vendor.owner, part, order)


@EVERY_ORDER
@pytest.mark.parametrize("size", [1, 4, 50, 100])
async def test_every_row_exactly_once_in_the_order_in_both_directions(
    database: Database, order: LeadOrder, size: int
) -> None:
    """With ties, nulls and several currencies; the flags show what is before and after."""
    market = await _market(database)
    rows = random_leads(Random(size), 50, market.market.id, market.prospect.id)
    await insert_leads(rows)
    expected = [row.id for row in sorted(rows, key=SORTED[order])]

    seen, position = [], None
    while True:
        page = await _page(market, order, Slice(size, after=position))
        seen += [lead.id for lead in page.items]
        assert page.has_previous == (position is not None)
        assert page.has_next == (len(seen) < len(rows))
        assert len({page.position(at) for at in range(len(page.items))}) == len(page.items)
        if not page.has_next:
            break
        position = page.position(-1)
    assert seen == expected

    seen, position = [], None
    while True:
        page = await _page(market, order, Slice(size, before=position, backwards=True))
        seen = [lead.id for lead in page.items] + seen
        assert page.has_next == (position is not None)
        assert page.has_previous == (len(seen) < len(rows))
        if not page.has_previous:
            break
        position = page.position(0)
    assert seen == expected


@EVERY_ORDER
async def test_a_window_between_two_positions_has_the_rows_between_them(
    database: Database, order: LeadOrder
) -> None:
    """`after` and `before` together, from either end; the position of a deleted row still works."""
    market = await _market(database)
    rows = random_leads(Random(7), 20, market.market.id, market.prospect.id)
    await insert_leads(rows)
    expected = [row.id for row in sorted(rows, key=SORTED[order])]
    all_of_them = await _page(market, order, Slice(100))
    after, before = all_of_them.position(4), all_of_them.position(15)
    await fetch(connection(), "DELETE FROM lead WHERE id = ANY($1::uuid[])", [expected[4], expected[15]])
    for part, window in (
        (Slice(100, after, before), expected[5:15]),
        (Slice(3, after, before), expected[5:8]),
        (Slice(3, after, before, backwards=True), expected[12:15]),
        (Slice(100, before, after), []),
    ):
        assert [lead.id for lead in (await _page(market, order, part)).items] == window


@EVERY_ORDER
@pytest.mark.parametrize("seed", range(3))
async def test_inserted_and_deleted_rows_do_not_shift_other_rows(
    database: Database, order: LeadOrder, seed: int
) -> None:
    """A row that exists throughout is seen exactly once and in order; no row is seen twice."""
    market, random = await _market(database), Random(seed)
    rows = {row.id: row for row in random_leads(random, 30, market.market.id, market.prospect.id)}
    await insert_leads(list(rows.values()))
    stayed, seen, position, backwards = set(rows), [], None, seed == 1
    while True:
        part = Slice(4, before=position, backwards=True) if backwards else Slice(4, after=position)
        page = await _page(market, order, part)
        seen += [lead.id for lead in (reversed(page.items) if backwards else page.items)]
        if not (page.has_previous if backwards else page.has_next):
            break
        position = page.position(0 if backwards else -1)
        come = random_leads(random, random.randrange(4), market.market.id, market.prospect.id)
        await insert_leads(come)
        rows |= {row.id: row for row in come}
        gone = random.sample(sorted(stayed), 1)
        stayed -= set(gone)
        await fetch(connection(), "DELETE FROM lead WHERE id = ANY($1::uuid[])", gone)
    assert len(seen) == len(set(seen))
    assert stayed <= set(seen)
    expected = sorted(seen, key=lambda lead: SORTED[order](rows[lead]), reverse=backwards)
    assert seen == expected


ALPHABET = "0123456789-+:. TtZzWwinfity_e\uff11\u0663,/\x00\n"
POSITIONS = (
    ("timestamptz", "2026-03-02 09:00:00+00"),
    ("timestamptz", "2026-03-02 09:00:00.123456+05:30"),
    ("timestamptz", "1890-01-01 00:00:00+00:53:28"),
    ("timestamptz", "infinity"),
    ("bigint", "-9223372036854775808"),
    ("bigint", "9223372036854775807"),
    ("uuid", "018f3a3e-0000-7000-8000-0000000000aa"),
)
NOT_POSITIONS = (
    ("timestamptz", "2026-W10-1 09:00:00+00"),
    ("timestamptz", "2026-03-02X09:00:00+00"),
    ("timestamptz", "2026-03-02 09:00:00"),
    ("timestamptz", "2026-03-02 09:00:00+23"),
    ("timestamptz", "0000-03-02 09:00:00+00"),
    ("timestamptz", "2026-02-30 09:00:00+00"),
    ("timestamptz", "now"),
    ("bigint", "9223372036854775808"),
    ("bigint", "1_000"),
    ("bigint", "\uff11\uff12"),
    ("bigint", " 1"),
    ("bigint", "0x1"),
    ("uuid", "018F3A3E-0000-7000-8000-0000000000AA"),
    ("uuid", "018f3a3e000070008000000000000aa"),
    ("text", "a'b"),
    ("text", "x" * 41),
)


def _takes(kind: str, text: object) -> bool:
    return Order("ONE", (Key("one", kind),)).is_position([text])  # type: ignore[arg-type]


def test_only_well_formed_positions_are_accepted() -> None:
    """Only PostgreSQL's own form, and nothing else that Python could parse."""
    assert [one for one in POSITIONS if not _takes(*one)] == []
    assert [one for one in NOT_POSITIONS if _takes(*one)] == []
    assert not _takes("bigint", 1)
    assert not _takes("uuid", None)
    assert not ORDERS[LeadOrder.NEWEST].is_position(["infinity"])


@pytest.mark.parametrize("kind", ["timestamptz", "bigint", "uuid"])
async def test_postgresql_can_read_every_accepted_position(database: Database, kind: str) -> None:
    """Mutations of valid positions: one that passes the check never causes a fault."""
    random, taken = Random(kind), set[str]()
    good = [text for given, text in POSITIONS if given == kind]
    for _ in range(20_000):
        text = list(random.choice(good))
        for _ in range(random.randrange(1, 4)):
            at = random.randrange(len(text) + 1)
            text[at : at + random.randrange(2)] = random.choice(ALPHABET)
        mutated = "".join(text)
        if _takes(kind, mutated):
            taken.add(mutated)
    assert len(taken) > 20
    rows = await fetch(connection(), f"SELECT unnest($1::text[])::{kind}::text AS read", sorted(taken))
    assert len(rows) == len(taken)
