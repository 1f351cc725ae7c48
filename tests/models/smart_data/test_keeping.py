"""What replaces found values, what keeps them, and what deletes them (S2.8, S2.10)."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.leads.list import leads_by_id
from models.outside.sources.source import FoundKind, LookUp, OutsideOutcome, OutsideSource
from models.process.wake import Silence
from models.smart_data.forget import forget_fields
from models.smart_data.forget_expired import forget_expired
from models.smart_data.found_fields import FoundFieldView
from models.smart_data.keep import keep_fields
from models.smart_data.list import found_fields_by_id, images_of
from models.smart_data.sealed import LARGEST_IMAGE
from models.smart_data.search import Given
from models.smart_data.targets import states_of_leads
from models.smart_data.update_settings import SettingsDraft, update_settings
from models.tables import Organisation
from tests.rules.support import make_policy
from tests.support.database import Database
from tests.support.marketplace import START, MadeLead, MadeMarket, MadeVendor
from tests.support.smart_data import (
    CONTEXT,
    FIRM,
    REGISTER,
    WEBSITE,
    Sources,
    by_lead,
    found,
    make_person,
    make_switched_on,
    run,
    search,
    search_again,
    searched,
)

EMAIL = f"rita@{FIRM}"
DAY = timedelta(days=1)


async def fields_of(vendor: MadeVendor, lead: MadeLead) -> tuple[FoundFieldView, ...]:
    view = (await leads_by_id(connection(), vendor.owner, [lead.id]))[lead.id]
    assert view.contact is not None
    states = await states_of_leads(connection(), CONTEXT, vendor.id, {lead.id: view.contact.email})
    return states[lead.id].fields


async def values(vendor: MadeVendor, lead: MadeLead) -> dict[str, tuple[OutsideSource, datetime, bool]]:
    return {one.value: (one.source, one.found_at, one.removed) for one in await fields_of(vendor, lead)}


async def refreshed(vendor: MadeVendor, lead: MadeLead, sources: Sources) -> None:
    await run(await search_again(vendor.owner, lead, EMAIL), sources)


async def test_a_refresh_replaces_what_answered_and_keeps_what_did_not(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="Old"),), REGISTER: (found(value="Entry"),)}))
    later = await database.clock.advance(DAY)
    await refreshed(
        vendor, lead, Sources({WEBSITE: (found(value="New"),), REGISTER: OutsideOutcome.UNREACHABLE})
    )
    assert await values(vendor, lead) == {"New": (WEBSITE, later, False), "Entry": (REGISTER, START, False)}
    await refreshed(vendor, lead, Sources({WEBSITE: OutsideOutcome.NOTHING, REGISTER: OutsideOutcome.BUSY}))
    assert await values(vendor, lead) == {"Entry": (REGISTER, START, False)}
    rows = await fetch(connection(), "SELECT id FROM found_field")
    assert len(rows) == 1, "what was replaced is deleted"


async def test_history_is_kept_if_the_account_wants_it_and_says_what_replaced_a_value(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    await update_settings(vendor.owner, Silence(), CONTEXT, SettingsDraft(keep_history=True), 1)
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="Old"),)}))
    await database.clock.advance(DAY)
    await refreshed(vendor, lead, Sources({WEBSITE: (found(value="New"),)}))
    new, old = await fields_of(vendor, lead)
    assert (new.value, new.removed, old.value, old.removed) == ("New", False, "Old", True)
    assert old.superseded_by_id == new.id


async def test_keeping_ends_at_the_time_that_the_account_says(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    (field,) = await fields_of(vendor, lead)
    until = field.expires_at + DAY
    await keep_fields(vendor.member, CONTEXT, [field.id], until)
    await database.clock.set(until - timedelta(microseconds=1))
    assert [one.kept_until for one in await fields_of(vendor, lead)] == [until]
    await database.clock.set(until)
    assert await fields_of(vendor, lead) == ()
    assert await forget_expired(until - timedelta(microseconds=1)) == 0
    assert await forget_expired(until) == 1


async def test_a_kept_value_outlives_a_source_that_no_longer_says_it(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="Kept"), found(value="Not kept"))}))
    kept = next(one for one in await fields_of(vendor, lead) if one.value == "Kept")
    await keep_fields(vendor.owner, CONTEXT, [kept.id], START + 30 * DAY)
    await database.clock.advance(DAY)
    await refreshed(vendor, lead, Sources({WEBSITE: (found(value="Kept"),)}))
    (same,) = await fields_of(vendor, lead)
    assert (same.kept_until, same.removed) == (START + 30 * DAY, False), "said again, it stays kept"
    await refreshed(vendor, lead, Sources({WEBSITE: (found(value="New"),)}))
    assert {one.value: one.removed for one in await fields_of(vendor, lead)} == {"New": False, "Kept": True}


async def test_nothing_is_kept_longer_than_the_policy_allows_or_into_the_past(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    (field,) = await fields_of(vendor, lead)
    latest = START + timedelta(seconds=make_policy().smart_data.keep_at_most)
    for until in (START, latest + timedelta(microseconds=1)):
        with pytest.raises(Refusal) as refused:
            await keep_fields(vendor.owner, CONTEXT, [field.id], until)
        assert (refused.value.code, refused.value.field) == ("INVALID", ("until",))
    await keep_fields(vendor.owner, CONTEXT, [field.id], latest)


async def test_others_values_are_neither_kept_nor_deleted(market: MadeMarket) -> None:
    vendor, rival = await make_switched_on(), await make_switched_on(name="Fake Rival Ltd")
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    (field,) = await fields_of(vendor, lead)
    for ids in ([field.id], [new_id()]):
        with pytest.raises(Refusal) as refused:
            await keep_fields(rival.owner, CONTEXT, ids, START + DAY)
        assert (refused.value.code, refused.value.field) == ("NOT_FOUND", ("fieldIds", "0"))
        with pytest.raises(Refusal) as refused:
            await forget_fields(rival.owner, CONTEXT, field_ids=ids)
        assert (refused.value.code, refused.value.field) == ("NOT_FOUND", ("fieldIds", "0"))
    assert await forget_fields(rival.owner, CONTEXT, lead_id=lead.id) == 0
    assert await found_fields_by_id(connection(), CONTEXT, rival.owner, [field.id]) == {}
    assert len(await fields_of(vendor, lead)) == 1


async def test_forgetting_deletes_values_with_their_history(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    await update_settings(vendor.owner, Silence(), CONTEXT, SettingsDraft(keep_history=True), 1)
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="Old"),)}))
    await database.clock.advance(DAY)
    await refreshed(vendor, lead, Sources({WEBSITE: (found(value="New"),)}))
    assert await forget_fields(vendor.member, CONTEXT, lead_id=lead.id) == 2
    assert await forget_fields(vendor.member, CONTEXT, lead_id=lead.id) == 0
    assert await fetch(connection(), "SELECT id FROM found_field") == []


async def test_hidden_values_can_be_deleted(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT'")
    assert await forget_fields(vendor.owner, CONTEXT, lead_id=lead.id) == 1


async def test_what_another_lead_of_the_person_found_is_forgotten_with_it(market: MadeMarket) -> None:
    """Both leads show it, because the person is one."""
    vendor = await make_switched_on()
    lead, other = await make_person(market, vendor), await make_person(market, vendor)
    await searched(vendor, lead)
    assert len(await fields_of(vendor, other)) == 1
    assert await forget_fields(vendor.owner, CONTEXT, lead_id=other.id) == 1
    assert await fields_of(vendor, lead) == ()


async def test_what_another_organisation_of_the_domain_found_is_forgotten_with_it(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    for name in ("Fake Firm GmbH", "Fake Firm Holding"):
        await make_person(market, vendor, organisation=name)
    one, other = [organisation.id for organisation in await Organisation.filter(account_id=vendor.id)]
    await run(
        await search(vendor.owner, Given(None, one)),
        Sources({WEBSITE: (found(about=LookUp.ORGANISATION),)}),
    )
    assert await forget_fields(vendor.owner, CONTEXT, organisation_id=other) == 1
    assert await forget_fields(vendor.owner, CONTEXT, organisation_id=one) == 0


async def test_a_value_that_is_said_again_is_no_history(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    await update_settings(vendor.owner, Silence(), CONTEXT, SettingsDraft(keep_history=True), 1)
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    later = await database.clock.advance(DAY)
    await refreshed(vendor, lead, Sources({WEBSITE: (found(),)}))
    assert [(one.found_at, one.removed) for one in await fields_of(vendor, lead)] == [(later, False)]


async def test_of_history_the_newest_values_are_kept_and_what_the_account_decided(
    market: MadeMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.smart_data.store.MOST_HISTORY", 2)
    vendor = await make_switched_on()
    await update_settings(vendor.owner, Silence(), CONTEXT, SettingsDraft(keep_history=True), 1)
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources({WEBSITE: (found(value="0"),)}))
    (first,) = await fields_of(vendor, lead)
    await keep_fields(vendor.owner, CONTEXT, [first.id], START + 30 * DAY)
    for number in range(1, 6):
        await refreshed(vendor, lead, Sources({WEBSITE: (found(value=str(number)),)}))
    assert {one.value for one in await fields_of(vendor, lead) if one.removed} == {"0", "3", "4"}


@pytest.mark.parametrize("given", [{}, {"lead_id": new_id(), "field_ids": []}])
async def test_exactly_one_is_forgotten(market: MadeMarket, given: dict[str, UUID]) -> None:
    vendor = await make_switched_on()
    with pytest.raises(Refusal) as refused:
        await forget_fields(vendor.owner, CONTEXT, **given)  # type: ignore[arg-type]
    assert refused.value.code == "INVALID"


async def test_only_links_to_the_web_are_stored(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    links = (
        found(FoundKind.PROFILE, "good", url="https://fake-firm.com/rita"),
        found(FoundKind.PROFILE, "bad", url="javascript:alert(1)"),
    )
    await searched(vendor, lead, Sources({WEBSITE: links}))
    assert {one.value: one.url for one in await fields_of(vendor, lead)} == {
        "good": "https://fake-firm.com/rita",
        "bad": None,
    }


async def test_two_profiles_at_one_website_are_two_values(market: MadeMarket) -> None:
    """Their value is the name of the website, by which nobody can tell them apart."""
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    profiles = [
        found(FoundKind.PROFILE, "fake-social.com", url=f"https://fake-social.com/{name}") for name in "ab"
    ]
    await searched(vendor, lead, Sources({WEBSITE: (*profiles, profiles[0])}))
    assert {one.url for one in await fields_of(vendor, lead)} == {one.url for one in profiles}


async def test_a_picture_is_stored_unless_it_is_too_large(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    pictures = (
        found(FoundKind.PICTURE, "small", image=b"p" * LARGEST_IMAGE),
        found(FoundKind.LOGO, "large", image=b"p" * (LARGEST_IMAGE + 1)),
    )
    await searched(vendor, lead, Sources({WEBSITE: pictures}))
    fields = {one.value: one for one in await fields_of(vendor, lead)}
    assert (fields["small"].has_image, fields["large"].has_image) == (True, False)
    images = await images_of(connection(), CONTEXT, vendor.id, [one.id for one in fields.values()])
    assert images == {fields["small"].id: b"p" * LARGEST_IMAGE}


async def test_at_most_200_values_are_stored_and_each_once(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    many = tuple(found(FoundKind.PROFILE, f"profile {number % 300}") for number in range(600))
    search_id = await search(vendor.owner, by_lead(lead))
    await run(search_id, Sources({WEBSITE: many}))
    assert len(await fields_of(vendor, lead)) == 200
