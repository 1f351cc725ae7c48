"""The facts of contacting, from rows: on what footing, on which lists, where, and what was tried."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.viewer import Viewer
from models.contacting.facts import ContactCase, contact_cases
from models.contacting.opt_out_keys import email_key, number_key
from models.leads.list import leads_by_id
from models.process.wake import Silence
from rules.contacting.terms import ContactBasis, Medium
from rules.visibility import DeliveryKind
from tests.support.complaints import CLUB, RECORD, deliver
from tests.support.database import Database
from tests.support.marketplace import CONTACT_VALUES, EMAIL, PHONE, START, Marketplace, apply
from tests.support.reading import REVEAL_AFTER
from tests.support.stops import insert_stop

HASHES = KeyedHash(b"a-key-of-hashes-in-tests-only-000")
DAY = timedelta(days=1)
ASKED, NOT_ASKED = ContactBasis.OPEN_ASKED, ContactBasis.OPEN_NOT_ASKED
IMPORTED = "UPDATE lead SET identity_key = 'row 1'"


async def _case(place: Marketplace, viewer: Viewer | None = None) -> ContactCase:
    viewer = viewer or place.vendor.owner
    leads = await leads_by_id(connection(), viewer, [place.lead.id])
    cases = await contact_cases(connection(), viewer, HASHES, list(leads.values()))
    return cases[place.lead.id]


async def _list(*keys: str, medium: str = "CALL", country: str = "DE", max_age: int | None = 86_400) -> UUID:
    list_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO opt_out_list (id, name, country, medium, kind, refreshed_at, max_age, entries)
           VALUES ($1, gen_random_uuid()::text, $2, $3, 'ROBINSON', $4, $5, 0)""",
        list_id,
        country,
        medium,
        START,
        max_age,
    )
    await fetch(
        connection(),
        """INSERT INTO opt_out_entry (id, list_id, key_hmac)
           SELECT gen_random_uuid(), $1, key FROM unnest($2::text[]) AS given (key)""",
        list_id,
        list(keys),
    )
    return list_id


@pytest.mark.parametrize(
    ("kind", "imported", "basis"),
    [
        (CLUB, False, ASKED),
        (CLUB, True, NOT_ASKED),
        (RECORD, False, NOT_ASKED),
        (RECORD, True, NOT_ASKED),
    ],
)
async def test_a_published_need_was_asked_for_unless_it_was_bought(
    place: Marketplace, database: Database, kind: DeliveryKind, *, imported: bool, basis: ContactBasis
) -> None:
    await deliver(place, place.vendor, place.lead, kind, points=0)
    if imported:
        await fetch(connection(), IMPORTED)
    assert (await _case(place)).person.basis is basis


@pytest.mark.parametrize("imported", [False, True])
@pytest.mark.parametrize("accepted", [False, True])
async def test_who_accepted_has_asked(
    place: Marketplace, database: Database, *, imported: bool, accepted: bool
) -> None:
    """Silence is no answer: of an imported contact that opened by it, nobody asked."""
    made = await apply(place.vendor, place.lead)
    if imported:
        await fetch(connection(), IMPORTED)
    if accepted:
        await accept(place.prospect.viewer, Silence(), made)
    else:
        await database.clock.advance(REVEAL_AFTER)
    expected = NOT_ASKED if imported and not accepted else ASKED
    assert (await _case(place)).person.basis is expected


async def test_a_hidden_contact_has_no_case(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    leads = await leads_by_id(connection(), place.vendor.owner, [place.lead.id])
    assert await contact_cases(connection(), place.vendor.owner, HASHES, list(leads.values())) == {}


async def test_a_number_or_address_on_a_list_counts_for_the_medium_of_the_list(
    place: Marketplace, database: Database
) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    await _list(number_key(HASHES, "+493000000"), medium="SMS")
    assert (await _case(place)).person.listed == frozenset()
    await _list(number_key(HASHES, PHONE))
    assert (await _case(place)).person.listed == {Medium.CALL}
    local, _, domain = EMAIL.partition("@")
    await _list(email_key(HASHES, f"{local}@{domain.upper()}"), medium="EMAIL")
    assert (await _case(place)).person.listed == {Medium.CALL, Medium.EMAIL}


async def test_the_first_list_of_the_place_that_is_too_old_counts(
    place: Marketplace, database: Database
) -> None:
    """Lists of other countries, and those that do not age, do not."""
    await deliver(place, place.vendor, place.lead, points=0)
    await _list(max_age=3 * 86_400)
    await _list(max_age=2 * 86_400)
    await _list(max_age=None, medium="EMAIL")
    await _list(max_age=86_400, country="FR")
    assert (await _case(place)).person.lists_stale_from == {Medium.CALL: START + 2 * DAY}


async def test_a_list_that_the_law_demands_and_nobody_imported_is_too_old(
    place: Marketplace, database: Database
) -> None:
    """For calls in Britain; a list that is only the marketplace's own does not do instead."""
    await deliver(place, place.vendor, place.lead, points=0)
    await fetch(connection(), "UPDATE contact SET phone = '+442071234567', address = NULL")
    await _list(max_age=None, country="GB")
    case = await _case(place)
    assert list(case.person.lists_stale_from) == [Medium.CALL]
    assert case.person.lists_stale_from[Medium.CALL] < START
    await _list(country="GB")
    assert (await _case(place)).person.lists_stale_from == {Medium.CALL: START + DAY}


async def test_stops_bind_at_the_instant_that_is_asked_about(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    await insert_stop(place.prospect.id, START, until=START + DAY)
    await insert_stop(place.prospect.id, START, medium="SMS")
    await insert_stop(place.prospect.id, START, medium="EMAIL", account_id=place.vendor.id)
    await insert_stop(place.prospect.id, START, medium="CHAT", account_id=place.other_vendor.id)
    case = await _case(place)
    assert len(case.stops) == 3
    now, later = case.at(START), case.at(START + DAY)
    assert (now.all_stopped, later.all_stopped) == (True, False)
    assert now.stopped == later.stopped == {Medium.SMS, Medium.EMAIL}
    person = (await _case(place, place.prospect.viewer)).at(START)
    assert person.all_stopped
    assert person.stopped == {Medium.SMS}
    assert len((await _case(place, place.operator)).stops) == 4


async def test_a_zone_is_given_or_derived(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    assert (await _case(place)).person.time_zone_given is False
    await fetch(connection(), "UPDATE contact SET time_zone_given = true")
    person = (await _case(place)).person
    assert (person.time_zone, person.time_zone_given, person.country) == ("Europe/Berlin", True, "DE")


async def test_a_case_shows_no_contact_data(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead, points=0)
    case = await _case(place)
    text = f"{case!r} {case} {case.person!r} {case.person}"
    assert not [value for value in CONTACT_VALUES if value in text]
