"""Searching for any text: the database can parse all input."""

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.database import connection
from models.base.keyset import Slice
from models.leads.list import LeadFilter, LeadOrder, count_leads, list_leads
from tests.support.database import Database
from tests.support.marketplace import MadeVendor, make_marketplace

SIGNS = "-\t\n\r\x0b\x0c !&()<>|\"':*\\.,/@_"
WORDS = st.sampled_from(["or", "OR", "and", "not", "roof", "a", "1", "ä", "\u00a0", "<->", "-", "--", '""'])
# Runs of a few signs, repeated up to the maximum length of a search, can exhaust a parser's stack.
REPEATED = st.builds(
    lambda piece, times: (piece * times)[:200],
    st.text(SIGNS, min_size=1, max_size=4) | st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.integers(1, 200),
)
QUERIES = (
    REPEATED
    | st.text(SIGNS + "ab", max_size=200)
    | st.lists(REPEATED | WORDS, max_size=8).map(lambda parts: "".join(parts)[:200])
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200)
)


@pytest.fixture
async def vendor(database: Database) -> MadeVendor:
    """A user who searches; one lead exists."""
    return (await make_marketplace()).vendor


async def found(vendor: MadeVendor, query: str) -> int:
    """List and count; return the number of leads."""
    criteria = LeadFilter(query=query)
    page = await list_leads(connection(), vendor.owner, Slice(10), LeadOrder.NEWEST, criteria)
    counted = await count_leads(connection(), vendor.owner, criteria)
    assert counted == (len(page.items), True)
    return counted.total


@pytest.mark.parametrize("between", ["", " ", "!", "&", "(", ")", "<", "|", "\t", "-", "( ", '"'])
@pytest.mark.parametrize("times", [2, 31, 32, 33, 100])
async def test_dashes_in_a_row_find_something_or_nothing(
    vendor: MadeVendor, between: str, times: int
) -> None:
    assert await found(vendor, (f"-{between}" * times)[:200]) in {0, 1}


async def test_searching_includes_words_and_excludes_negated_ones(vendor: MadeVendor) -> None:
    assert await found(vendor, "website") == 1
    assert await found(vendor, "website -relaunch") == 0
    assert await found(vendor, f"website {'-' * 40}roof") == 1


async def test_any_text_can_be_searched_for(vendor: MadeVendor, database: Database) -> None:
    """The database's own parser gets the text that the list would send."""
    sent: list[str] = []

    @settings(max_examples=2_000, deadline=None, database=None)
    @given(QUERIES)
    def collect(query: str) -> None:
        sent.append(query)

    collect()
    for query in sorted(set(sent)):
        try:
            await found(vendor, query)
        except asyncpg.PostgresError as error:
            pytest.fail(f"{query!r}: {error}")
