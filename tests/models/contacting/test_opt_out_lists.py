"""Import of opt-out lists: all rows or none, keyed hashes only, and how lists become too old."""

import io
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.contacting.import_opt_out_list import ListImport, ListInput, import_opt_out_list
from models.contacting.opt_out_keys import email_key, number_key
from models.contacting.tables import OptOutListKind
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from rules.contacting.opt_out_lists import FRESH_FOR
from rules.contacting.terms import Medium
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace
from tests.support.reading import event_kinds, refused, row, rows_of

HASHES = KeyedHash(b"a-key-of-hashes-in-tests-only-000")
TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
NUMBERS = "+4930901820\n030 23125001\n"


async def _import(
    viewer: Viewer,
    text: str = NUMBERS,
    *,
    medium: Medium = Medium.CALL,
    country: str = "DE",
    as_of: datetime = START,
    hashed: bool = False,
    kind: OptOutListKind = OptOutListKind.ROBINSON,
    name: str = "Robinson",
    key: str = "",
) -> ListImport:
    given = ListInput(name, country, medium, kind, as_of, hashed)
    stream = io.BytesIO(text.encode())
    return await import_opt_out_list(viewer, Silence(), HASHES, stream, given, key or new_id().hex)


async def _keys() -> set[str]:
    return {one["key_hmac"] for one in await rows_of("opt_out_entry")}


async def test_numbers_are_stored_as_keyed_hashes_of_their_normal_form(
    place: Marketplace, database: Database
) -> None:
    """National numbers are read by the country of the list."""
    done = await _import(place.operator)
    assert done.problems == ()
    assert await _keys() == {number_key(HASHES, "+4930901820"), number_key(HASHES, "+493023125001")}
    stored = await row("opt_out_list")
    assert (stored["id"], stored["entries"], stored["max_age"]) == (done.list_id, 2, 31 * 86_400)


async def test_hashed_rows_and_plain_rows_have_the_same_keys(place: Marketplace, database: Database) -> None:
    text = sha256(b"+4930901820").hexdigest().upper()
    await _import(place.operator, text, hashed=True)
    assert await _keys() == {number_key(HASHES, "+4930901820")}


async def test_addresses_differ_in_dots_and_tags_but_not_in_the_case_of_the_domain(
    place: Marketplace, database: Database
) -> None:
    await _import(place.operator, "Email\na.b+c@EXAMPLE.org\n", medium=Medium.EMAIL)
    assert await _keys() == {email_key(HASHES, "a.b+c@example.org")}
    assert email_key(HASHES, "ab@example.org") not in await _keys()


async def test_a_heading_says_which_column_has_the_numbers(place: Marketplace, database: Database) -> None:
    await _import(place.operator, "Name,Telefonnummer\nA,030 901820\nB,+493023125001\n")
    assert len(await _keys()) == 2


async def test_a_list_is_replaced_whole(place: Marketplace, database: Database) -> None:
    first = await _import(place.operator)
    second = await _import(place.operator, "+4930901820\n+4930901821\n", as_of=START)
    assert first.list_id == second.list_id
    assert await _keys() == {number_key(HASHES, "+4930901820"), number_key(HASHES, "+4930901821")}
    other = await _import(place.operator, name="Another")
    assert other.list_id != first.list_id


async def test_a_list_with_unreadable_rows_is_not_taken_at_all(
    place: Marketplace, database: Database
) -> None:
    """They are named by their numbers, and no message has their values."""
    await _import(place.operator)
    before = await snapshot(connection())
    done = await _import(place.operator, "+4930901821\nnobody\n\n,x\n+49\n")
    assert done.list_id is None
    assert [(one.row, one.code) for one in done.problems] == [
        (2, RefusalCode.INVALID),
        (4, RefusalCode.INVALID),
        (5, RefusalCode.INVALID),
    ]
    assert done.unreadable == 3
    assert "nobody" not in " ".join(str(one.sentence) for one in done.problems)
    assert await snapshot(connection()) == before


async def test_a_number_is_no_hash(place: Marketplace, database: Database) -> None:
    done = await _import(place.operator, NUMBERS, hashed=True)
    assert [one.reason.wording.name for one in done.problems] == ["ENTRY_NOT_A_HASH"] * 2


@pytest.mark.parametrize("text", ["", "\n\n", "Number\n"])
async def test_an_empty_file_does_not_empty_a_list(place: Marketplace, database: Database, text: str) -> None:
    await _import(place.operator)
    await refused(_import(place.operator, text), RefusalCode.INVALID, "file")
    assert len(await _keys()) == 2


async def test_bad_input_names_its_field(place: Marketplace, database: Database) -> None:
    operator = place.operator
    await refused(_import(operator, country="Atlantis"), RefusalCode.INVALID, "country")
    await refused(_import(operator, medium=Medium.CHAT), RefusalCode.INVALID, "medium")
    await refused(_import(operator, as_of=START + TICK), RefusalCode.INVALID, "asOf")
    await refused(_import(operator, name=" "), RefusalCode.REQUIRED, "name")
    await _import(operator)
    await refused(_import(operator, as_of=START - TICK), RefusalCode.INVALID, "asOf")
    assert len(await rows_of("opt_out_list")) == 1


async def test_only_operators_import_lists(place: Marketplace, database: Database) -> None:
    for viewer in (place.vendor.owner, place.prospect.viewer, place.agent, Viewer()):
        await refused(_import(viewer), RefusalCode.FORBIDDEN)
    assert await rows_of("opt_out_list") == []


async def test_the_same_key_imports_once(place: Marketplace, database: Database) -> None:
    first = await _import(place.operator, key="once")
    assert (await _import(place.operator, key="once")).list_id == first.list_id
    other = _import(place.operator, "+4930901829\n", key="once")
    await refused(other, RefusalCode.IDEMPOTENCY_CONFLICT)


@pytest.mark.parametrize(("later", "told"), [(31 * DAY - TICK, False), (31 * DAY, True)])
async def test_operators_are_told_when_a_list_is_too_old(
    place: Marketplace, database: Database, *, later: timedelta, told: bool
) -> None:
    await _import(place.operator)
    await database.clock.set(START + later)
    await sweep(Silence())
    assert place.operator.user_id is not None
    assert ("OPT_OUT_LIST_STALE" in await event_kinds(place.operator.user_id)) is told


async def test_a_list_that_was_imported_again_is_not_too_old(place: Marketplace, database: Database) -> None:
    await _import(place.operator)
    await database.clock.set(START + 30 * DAY)
    await _import(place.operator, as_of=START + 30 * DAY)
    await database.clock.set(START + 40 * DAY)
    await sweep(Silence())
    assert place.operator.user_id is not None
    assert "OPT_OUT_LIST_STALE" not in await event_kinds(place.operator.user_id)
    assert (await row("deadline", outcome="refreshed"))["done_at"] is not None


async def test_an_own_list_does_not_age(place: Marketplace, database: Database) -> None:
    await _import(place.operator, kind=OptOutListKind.OWN)
    assert await rows_of("deadline") == []
    assert (await row("opt_out_list"))["max_age"] is None


async def test_no_plain_number_is_stored(place: Marketplace, database: Database) -> None:
    await _import(place.operator)
    for table in ("opt_out_list", "opt_out_entry", "idempotency", "feed_event"):
        rows = await fetch(connection(), f"SELECT to_jsonb({table})::text AS text FROM {table}")
        assert not [one for one in rows if "30901820" in one["text"] or "23125001" in one["text"]]


def test_every_kind_of_list_says_how_long_it_is_fresh() -> None:
    assert FRESH_FOR.keys() == set(OptOutListKind)
