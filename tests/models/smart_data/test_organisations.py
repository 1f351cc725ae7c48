"""People join organisations as their contacts become visible, and the first with a domain gives it (S2.6)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.keyset import Slice
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.outside.mail_exchange import MailAnswer, MailState
from models.outside.sources.source import LookUp
from models.process.wake import Silence
from models.smart_data.forget_expired import forget_expired
from models.smart_data.list import count_people, list_people, organisations_by_id
from models.smart_data.organisation_people import add_person, remove_person
from models.smart_data.search import Given
from models.smart_data.set_mail_provider import set_mail_provider
from models.smart_data.tables import MailProviderKind
from models.smart_data.targets import (
    OrganisationCase,
    SkipReason,
    organisation_cases,
    states_of_organisations,
)
from models.tables import Organisation, OrganisationPerson, Prospect
from rules.smart_data.smart_data_search import LookUpKey
from tests.support.database import Database
from tests.support.marketplace import (
    START,
    MadeLead,
    MadeMarket,
    MadeVendor,
    apply,
    buy_points,
    make_operator,
    make_vendor,
)
from tests.support.smart_data import (
    CONTEXT,
    FIRM,
    WEBSITE,
    Sources,
    found,
    hand_over,
    make_person,
    make_switched_on,
    run,
    search,
    searched,
)

SECOND = timedelta(seconds=1)


async def case_of(vendor: MadeVendor) -> OrganisationCase:
    (organisation,) = await Organisation.filter(account_id=vendor.id)
    return (await organisation_cases(connection(), CONTEXT, vendor.id, [organisation.id]))[organisation.id]


async def name_of(viewer: Viewer, case: OrganisationCase) -> str | None:
    return (await organisations_by_id(connection(), CONTEXT, viewer, [case.id]))[case.id].name


async def members(
    database: Database, market: MadeMarket, vendor: MadeVendor, emails: Sequence[str | None]
) -> list[MadeLead]:
    """Add people of one organisation, one a second."""
    leads = []
    for email in emails:
        leads.append(await make_person(market, vendor, email=email))
        await database.clock.advance(SECOND)
    return leads


async def test_people_of_one_name_join_one_organisation_of_each_account(market: MadeMarket) -> None:
    vendor, rival = await make_vendor(), await make_vendor(name="Fake Rival Ltd")
    first = await make_person(market, vendor, organisation="Fake Firm GmbH")
    await make_person(market, vendor, organisation="FAKE  firm")
    await make_person(market, vendor, organisation=None)
    await make_person(market, vendor, organisation="GmbH & Co. KG")
    await hand_over(rival, first)
    people = await OrganisationPerson.all().values_list("account_id", flat=True)
    assert sorted(people, key=str) == sorted([vendor.id, vendor.id, vendor.id, rival.id], key=str)
    assert await Organisation.filter(account_id=vendor.id).count() == 2
    assert await Organisation.filter(account_id=rival.id).count() == 1


async def test_a_person_joins_by_acceptance_too_and_not_before(market: MadeMarket) -> None:
    vendor = await make_vendor()
    await buy_points(vendor.id, 100)
    lead = await make_person(market)
    application_id = await apply(vendor, lead)
    assert await Organisation.all().count() == 0
    await accept(lead.prospect.viewer, Silence(), application_id)
    assert (await case_of(vendor)).domain == FIRM


async def test_no_name_is_stored_outside_the_contacts(market: MadeMarket) -> None:
    vendor = await make_vendor()
    lead = await make_person(market, vendor, organisation=None)
    await add_person(vendor.owner, CONTEXT, lead_id=lead.id, organisation_id=None, name="Xylofake Ltd")
    await make_person(market, vendor, organisation="Xylofake Ltd")
    rows = await fetch(connection(), "SELECT to_jsonb(organisation)::text AS text FROM organisation")
    assert len(rows) == 1
    assert "xylofake" not in rows[0]["text"].lower()
    assert await name_of(vendor.owner, await case_of(vendor)) == "Xylofake Ltd"


async def test_the_first_person_with_a_domain_gives_it_and_the_answer_says_who_was_skipped(
    database: Database, market: MadeMarket
) -> None:
    """S2.6 with six first persons."""
    vendor = await make_vendor()
    leads = await members(
        database,
        market,
        vendor,
        [
            "first@wp.pl",
            "second@mailinator.com",
            None,
            "fourth@firm.example",
            "fifth@gone.com",
            "sixth@closed.com",
            f"seventh@shop.{FIRM}",
            "eighth@later.com",
        ],
    )
    await Prospect.filter(id=leads[4].prospect.id).update(erased_at=START)
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT' WHERE lead_id = $1", leads[5].id)
    case = await case_of(vendor)
    assert case.domain == FIRM, "the registrable domain"
    assert case.person is not None
    assert case.person.id == leads[6].id
    assert [one.reason for one in case.skipped] == [
        SkipReason.MAIL_PROVIDER,
        SkipReason.DISPOSABLE,
        SkipReason.NO_ADDRESS,
        SkipReason.RESERVED,
        SkipReason.ERASED,
        SkipReason.CONTACT_CLOSED,
    ]
    assert [one.lead is None for one in case.skipped] == [False, False, False, False, True, False]


async def test_a_deleted_first_person_moves_the_domain_on(database: Database, market: MadeMarket) -> None:
    vendor = await make_vendor()
    first, _ = await members(database, market, vendor, [f"one@{FIRM}", "two@other-fake.com"])
    assert (await case_of(vendor)).domain == FIRM
    await Prospect.filter(id=first.prospect.id).update(erased_at=START)
    case = await case_of(vendor)
    assert (case.domain, [one.reason for one in case.skipped]) == ("other-fake.com", [SkipReason.ERASED])


async def test_only_mail_providers_give_no_domain(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    await members(database, market, vendor, ["one@wp.pl", "two@web.de"])
    case = await case_of(vendor)
    assert (case.domain, case.key) == (None, LookUpKey.FREEMAIL)
    with pytest.raises(Refusal) as refused:
        await search(vendor.owner, Given(None, case.id))
    assert refused.value.decision is not None
    assert refused.value.decision.rule_id == "only_freemail"


async def test_operators_correct_the_lists(database: Database, market: MadeMarket) -> None:
    vendor, operator = await make_vendor(), await make_operator()
    await members(database, market, vendor, [f"one@{FIRM}", "two@wp.pl"])
    assert await set_mail_provider(operator, f"www.{FIRM.upper()}", MailProviderKind.MAIL_PROVIDER) == FIRM
    case = await case_of(vendor)
    assert [one.reason for one in case.skipped] == [SkipReason.MAIL_PROVIDER] * 2
    await set_mail_provider(operator, "wp.pl", MailProviderKind.NEITHER)
    assert (await case_of(vendor)).domain == "wp.pl"
    await set_mail_provider(operator, "wp.pl", MailProviderKind.DISPOSABLE)
    assert (await case_of(vendor)).skipped[1].reason is SkipReason.DISPOSABLE


@pytest.mark.parametrize("domain", ["", "com", "a b.com", "rita@fake.com", "https://fake.com", "127.0.0.1"])
async def test_what_is_no_domain_is_invalid(market: MadeMarket, domain: str) -> None:
    with pytest.raises(Refusal) as refused:
        await set_mail_provider(await make_operator(), domain, MailProviderKind.NEITHER)
    assert (refused.value.code, refused.value.field) == ("INVALID", ("domain",))


async def test_an_organisation_is_looked_up_by_its_domain_alone(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    case = await case_of(vendor)
    sources = Sources({WEBSITE: (found(about=LookUp.ORGANISATION),)}, mail=MailAnswer(MailState.NULL_MX))
    await run(await search(vendor.owner, Given(None, case.id)), sources)
    question = sources.asked[0][1]
    assert (question.about, question.email, question.domain) == (LookUp.ORGANISATION, None, FIRM)
    states = await states_of_organisations(connection(), CONTEXT, vendor.id, [case])
    assert len(states[case.id].fields) == 1
    moved = await case_of(vendor)
    assert [one.reason for one in moved.skipped] == [SkipReason.UNDELIVERABLE], "its domain takes no mail"
    await searched(vendor, lead)
    assert len((await states_of_organisations(connection(), CONTEXT, vendor.id, [case]))[case.id].fields) == 1


async def test_an_organisation_of_closed_contacts_is_not_found(market: MadeMarket) -> None:
    vendor, rival = await make_switched_on(), await make_switched_on(name="Fake Rival Ltd")
    await make_person(market, vendor)
    case = await case_of(vendor)
    assert await organisations_by_id(connection(), CONTEXT, rival.owner, [case.id]) == {}
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT'")
    assert await organisations_by_id(connection(), CONTEXT, vendor.owner, [case.id]) == {}
    for viewer in (vendor.owner, rival.owner):
        with pytest.raises(Refusal) as refused:
            await search(viewer, Given(None, case.id))
        assert refused.value.code == "NOT_FOUND"


async def test_people_are_listed_in_the_order_in_which_they_were_added(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_vendor()
    leads = await members(database, market, vendor, ["a@wp.pl", "b@wp.pl", "c@wp.pl"])
    case = await case_of(vendor)
    page = await list_people(connection(), vendor.owner, case.id, Slice(2))
    assert ([one.id for one in page.items], page.has_next) == ([leads[0].id, leads[1].id], True)
    rest = await list_people(connection(), vendor.owner, case.id, Slice(2, page.position(1)))
    assert [one.id for one in rest.items] == [leads[2].id]
    assert (await count_people(connection(), vendor.owner, case.id)).total == 3
    await Prospect.filter(id=leads[0].prospect.id).update(erased_at=START)
    assert (await count_people(connection(), vendor.owner, case.id)).total == 2


async def test_a_person_is_added_and_removed_by_hand(market: MadeMarket) -> None:
    vendor = await make_vendor()
    lead = await make_person(market, vendor, organisation=None)
    first = await add_person(
        vendor.member, CONTEXT, lead_id=lead.id, organisation_id=None, name="By Hand Ltd"
    )
    again = await add_person(vendor.member, CONTEXT, lead_id=lead.id, organisation_id=None, name="by hand")
    assert first == again
    assert (await Organisation.get(id=first)).version == 2
    with pytest.raises(Refusal) as refused:
        await add_person(vendor.member, CONTEXT, lead_id=lead.id, organisation_id=None, name="Other Ltd")
    assert (refused.value.code, refused.value.field) == ("CONFLICT", ("leadId",))
    assert await Organisation.all().count() == 1, "nothing was created"
    assert await remove_person(vendor.member, lead_id=lead.id) == first
    assert await remove_person(vendor.member, lead_id=lead.id) is None
    assert await Organisation.all().count() == 0, "nobody is left"


async def test_a_hidden_contact_joins_nothing(market: MadeMarket) -> None:
    vendor = await make_vendor()
    lead = await make_person(market)
    for act in (
        add_person(vendor.owner, CONTEXT, lead_id=lead.id, organisation_id=None, name="Fake Ltd"),
        remove_person(vendor.owner, lead_id=lead.id),
    ):
        with pytest.raises(Refusal) as refused:
            await act
        assert (refused.value.code, refused.value.field) == ("REFUSED_BY_RULE", ("leadId",))


@pytest.mark.parametrize("name", ["", " ", "GmbH", "x" * 201, "a\x00b", "...\u202e"])
async def test_a_name_needs_words(market: MadeMarket, name: str) -> None:
    vendor = await make_vendor()
    lead = await make_person(market, vendor, organisation=None)
    if name == "GmbH":  # the legal form alone is a name
        await add_person(vendor.owner, CONTEXT, lead_id=lead.id, organisation_id=None, name=name)
        return
    with pytest.raises(Refusal) as refused:
        await add_person(vendor.owner, CONTEXT, lead_id=lead.id, organisation_id=None, name=name)
    assert (refused.value.code, refused.value.field) == ("INVALID", ("name",))


async def test_unknown_and_foreign_ids_are_not_found(market: MadeMarket) -> None:
    vendor, rival = await make_vendor(), await make_vendor(name="Fake Rival Ltd")
    await make_person(market, rival)
    foreign = (await case_of(rival)).id
    lead = await make_person(market, vendor, organisation=None)
    for lead_id, organisation_id in ((new_id(), foreign), (lead.id, foreign), (lead.id, new_id())):
        with pytest.raises(Refusal) as refused:
            await add_person(
                vendor.owner, CONTEXT, lead_id=lead_id, organisation_id=organisation_id, name=None
            )
        assert refused.value.code == "NOT_FOUND"


async def test_the_night_deletes_erased_people_and_empty_organisations(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    await Prospect.filter(id=lead.prospect.id).update(erased_at=START)
    assert await forget_expired(START) == 1
    for table in ("found_field", "organisation_person", "organisation"):
        row = await fetch_one(connection(), f"SELECT count(*) AS n FROM {table}")
        assert row is not None
        assert row["n"] == 0, table


async def test_people_who_join_at_once_make_one_organisation(database: Database, market: MadeMarket) -> None:
    """Two transactions that deliver contacts of one organisation: the second waits, and joins."""
    vendor = await make_vendor()
    first, second = await make_person(market), await make_person(market)
    await asyncio.gather(hand_over(vendor, first), hand_over(vendor, second))
    assert await Organisation.all().count() == 1
    assert await OrganisationPerson.all().count() == 2
