"""A search from the click to what the account is shown, and what ends it otherwise (S2.3 to S2.8)."""

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.refusal import Refusal
from models.base.viewer import Viewer
from models.contacting.set_stop import StopInput, set_stop
from models.deadlines.sweep import sweep
from models.leads.list import leads_by_id
from models.outside.mail_exchange import MailAnswer, MailState
from models.outside.sources.source import (
    FoundKind,
    LookUp,
    OutsideOutcome,
    OutsideSource,
    Question,
    SourceAnswer,
)
from models.process.wake import Silence
from models.smart_data.confidence import Confidence
from models.smart_data.list import SearchView, searches_by_id
from models.smart_data.run import Answered
from models.smart_data.search import Given, refresh
from models.smart_data.state import SmartDataView
from models.smart_data.tables import AddressStatus, SearchState
from models.smart_data.targets import organisation_cases, states_of_leads
from models.tables import Account, Contact, Organisation, Prospect
from rules import production_parameters
from rules.contacting.terms import Medium
from rules.plan import Plan
from rules.smart_data.smart_data_access import HIDE, OPEN
from rules.smart_data.smart_data_search import OFFER, SHOW, WAIT
from tests.rules.support import make_policy
from tests.support.database import Database
from tests.support.marketplace import (
    START,
    MadeLead,
    MadeMarket,
    MadeVendor,
    make_market,
    make_operator,
    make_prospect,
)
from tests.support.smart_data import (
    CONTEXT,
    FIRM,
    FOUND_NAME,
    MAIL_DNS,
    REGISTER,
    SOURCES,
    WEBSITE,
    Sources,
    by_lead,
    found,
    hand_over,
    make_person,
    make_switched_on,
    run,
    search,
    search_again,
    searched,
    switch,
    unsealed_otherwise,
)

EMAIL = f"rita@{FIRM}"
SECOND = timedelta(seconds=1)


async def state_of(vendor: MadeVendor, lead: MadeLead) -> SmartDataView:
    view = (await leads_by_id(connection(), vendor.owner, [lead.id]))[lead.id]
    assert view.contact is not None
    return (await states_of_leads(connection(), CONTEXT, vendor.id, {lead.id: view.contact.email}))[lead.id]


async def search_of(viewer: Viewer, search_id: UUID) -> SearchView:
    return (await searches_by_id(connection(), viewer, [search_id]))[search_id]


async def charged(vendor: MadeVendor) -> int:
    row = await fetch_one(
        connection(),
        "SELECT count(*) AS n FROM posting_group WHERE account_id = $1 AND kind = 'ENRICHMENT_CHARGE'",
        vendor.id,
    )
    return row["n"] if row else 0


async def stored() -> int:
    row = await fetch_one(connection(), "SELECT count(*) AS n FROM found_field")
    return row["n"] if row else 0


async def test_a_search_shows_what_each_source_said(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    assert (await state_of(vendor, lead)).search.verdict is OFFER  # type: ignore[union-attr]
    sources = Sources(
        {
            WEBSITE: (found(), found(FoundKind.PHONE, "+49 30 1234567", about=LookUp.ORGANISATION)),
            REGISTER: OutsideOutcome.TIMED_OUT,
        }
    )
    search_id = await search(vendor.member, by_lead(lead))
    running = await state_of(vendor, lead)
    assert (running.running_id, running.search.verdict) == (search_id, WAIT)  # type: ignore[union-attr]
    await run(search_id, sources)
    assert sources.asked[0][0] == SOURCES
    question = sources.asked[0][1]
    assert (question.about, question.email, question.domain) == (LookUp.PERSON, EMAIL, FIRM)
    view = await state_of(vendor, lead)
    assert [(one.value, one.source, one.confidence) for one in view.fields] == [
        ("+49 30 1234567", WEBSITE, Confidence.MEDIUM),
        (FOUND_NAME, WEBSITE, Confidence.MEDIUM),
    ]
    assert (view.running_id, view.last_id, view.search.verdict) == (None, search_id, SHOW)  # type: ignore[union-attr]
    ended = await search_of(vendor.owner, search_id)
    assert ended.state is SearchState.DONE
    assert {one.source: one.outcome for one in ended.outcomes} == {
        WEBSITE: OutsideOutcome.FOUND,
        MAIL_DNS: OutsideOutcome.NOTHING,
        REGISTER: OutsideOutcome.TIMED_OUT,
    }
    assert ended.address_check is not None
    assert ended.address_check.status is AddressStatus.TAKES_MAIL


async def test_what_is_stored_is_sealed(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    rows = await fetch(connection(), "SELECT to_jsonb(found_field)::text AS text, sealed FROM found_field")
    assert len(rows) == 1
    assert FOUND_NAME not in rows[0]["text"]
    assert FOUND_NAME.encode() not in bytes(rows[0]["sealed"])
    subjects = await fetch(connection(), "SELECT to_jsonb(smart_subject)::text AS text FROM smart_subject")
    assert not any(FIRM in row["text"] for row in subjects)


async def test_what_another_key_sealed_is_not_shown(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    states = await states_of_leads(connection(), unsealed_otherwise(), vendor.id, {lead.id: EMAIL})
    assert states[lead.id].fields == ()


async def test_another_account_is_shown_nothing_and_asks_anew(market: MadeMarket) -> None:
    vendor, rival = await make_switched_on(), await make_switched_on(name="Fake Rival Ltd")
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    assert await searches_by_id(connection(), rival.owner, await _search_ids()) == {}
    await hand_over(rival, lead)
    assert (await state_of(rival, lead)).fields == ()
    sources = Sources({WEBSITE: (found(),)})
    await run(await search(rival.owner, by_lead(lead)), sources)
    assert len(sources.asked) == 1


async def test_the_same_person_of_two_leads_is_looked_up_once(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    first, second = await make_person(market, vendor), await make_person(market, vendor, email=EMAIL.upper())
    await searched(vendor, first)
    assert [one.value for one in (await state_of(vendor, second)).fields] == [FOUND_NAME]


async def test_two_users_at_once_get_one_search(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    first = await search(vendor.owner, by_lead(lead))
    assert await search(vendor.member, by_lead(lead)) == first
    assert len(await _search_ids()) == 1


async def test_a_repeated_request_returns_the_same_search(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    key = new_id().hex
    first = await search(vendor.owner, by_lead(lead), key=key)
    await run(first, Sources())
    assert await search(vendor.owner, by_lead(lead), key=key) == first
    for wrong in ("", " ", "k" * 201, "a\nb"):
        with pytest.raises(Refusal) as refused:
            await search(vendor.owner, by_lead(lead), key=wrong)
        assert (refused.value.code, refused.value.field) == ("INVALID", ("idempotencyKey",))
    with pytest.raises(Refusal, match="different input"):
        await search(vendor.owner, by_lead(await make_person(market, vendor)), key=key)


async def test_what_was_found_is_shown_while_it_is_fresh_and_searched_after(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    first = await searched(vendor, lead)
    fresh_for = timedelta(seconds=make_policy().smart_data.fresh_for)
    await database.clock.advance(fresh_for - timedelta(microseconds=1))
    assert await search(vendor.owner, by_lead(lead)) == first
    await database.clock.advance(timedelta(microseconds=1))
    assert await search(vendor.owner, by_lead(lead)) != first


async def test_found_values_disappear_when_they_expire_without_a_worker(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    keep = timedelta(seconds=make_policy().smart_data.keep_found_for)
    await database.clock.advance(keep - timedelta(microseconds=1))
    assert len((await state_of(vendor, lead)).fields) == 1
    await database.clock.advance(timedelta(microseconds=1))
    assert (await state_of(vendor, lead)).fields == ()


async def test_a_search_fails_after_a_minute_whether_or_not_a_worker_runs(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    search_id = await search(vendor.owner, by_lead(lead))
    end = START + timedelta(seconds=60)
    await database.clock.set(end - timedelta(microseconds=1))
    assert (await search_of(vendor.owner, search_id)).state is SearchState.RUNNING
    await database.clock.set(end)
    read = await search_of(vendor.owner, search_id)
    assert (read.state, read.ended_at) == (SearchState.FAILED, end)
    assert (await state_of(vendor, lead)).running_id is None
    sources = Sources({WEBSITE: (found(),)})
    await run(search_id, sources)  # a late worker
    assert (sources.asked, await stored()) == ([], 0)
    await database.clock.set(end + timedelta(hours=1))
    await sweep(Silence())
    read = await search_of(vendor.owner, search_id)
    assert (read.state, read.ended_at) == (SearchState.FAILED, end)
    assert await search(vendor.owner, by_lead(lead)) != search_id


async def test_nobody_is_asked_once_a_search_is_over(database: Database, market: MadeMarket) -> None:
    """It was not, when the worker took it."""
    vendor = await make_switched_on()
    search_id = await search(vendor.owner, by_lead(await make_person(market, vendor)))
    await database.clock.set(START + timedelta(seconds=60) - timedelta(microseconds=1))
    sources = Sources({WEBSITE: (found(),)})
    await run(search_id, sources)
    assert (sources.asked, await stored()) == ([], 0)
    assert (await search_of(vendor.owner, search_id)).state is SearchState.RUNNING
    await run(search_id, sources)
    assert sources.asked == []


async def test_an_ended_search_leaves_its_deadline_done(database: Database, market: MadeMarket) -> None:
    vendor = await make_switched_on()
    search_id = await searched(vendor, await make_person(market, vendor))
    await database.clock.advance(timedelta(seconds=61))
    assert (await sweep(Silence())).deadlines == []
    assert (await search_of(vendor.owner, search_id)).state is SearchState.DONE


async def test_a_job_that_runs_twice_asks_once(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    search_id = await search(vendor.owner, by_lead(await make_person(market, vendor)))
    sources = Sources({WEBSITE: (found(),)})
    await run(search_id, sources)
    await run(search_id, sources)
    await run(new_id(), sources)
    assert (len(sources.asked), await stored()) == (1, 1)


async def test_a_hidden_contact_is_not_looked_up(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market)
    with pytest.raises(Refusal) as refused:
        await search(vendor.owner, by_lead(lead))
    assert refused.value.decision is not None
    assert (refused.value.code, refused.value.decision.rule_id) == ("REFUSED_BY_RULE", "contact_not_open")


async def test_who_may_not_search_is_refused_and_nothing_is_written(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    for viewer in (vendor.employee, (await make_prospect()).viewer, await make_operator()):
        with pytest.raises(Refusal) as refused:
            await search(viewer, by_lead(lead))
        assert refused.value.code == "FORBIDDEN"
    assert await _search_ids() == []


@pytest.mark.parametrize(
    ("plan", "on", "rule_id"),
    [(Plan.FREE, True, "plan_without_it"), (Plan.ADVANCED, False, "not_switched_on")],
)
async def test_without_the_plan_or_the_switch_nothing_is_asked(
    market: MadeMarket, plan: Plan, on: bool, rule_id: str
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await switch(vendor, on=on)
    await Account.filter(id=vendor.id).update(plan=plan)
    with pytest.raises(Refusal) as refused:
        await search(vendor.owner, by_lead(lead))
    assert refused.value.decision is not None
    assert refused.value.decision.rule_id == rule_id


@pytest.mark.parametrize(
    ("email", "rule_id"),
    [
        (None, "nothing_to_look_up_by"),
        ("someone@mailinator.com", "disposable_address"),
        ("someone@firm.example", "reserved_domain"),
    ],
)
async def test_addresses_that_nothing_public_belongs_to_are_refused(
    market: MadeMarket, email: str | None, rule_id: str
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor, email=email)
    with pytest.raises(Refusal) as refused:
        await search(vendor.owner, by_lead(lead))
    assert refused.value.decision is not None
    assert refused.value.decision.rule_id == rule_id


async def test_a_person_at_a_mail_provider_is_asked_about_without_the_domain(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor, email="rita.fake@wp.pl")
    sources = Sources()
    await run(await search(vendor.owner, by_lead(lead)), sources)
    assert (sources.asked[0][1].email, sources.asked[0][1].domain) == ("rita.fake@wp.pl", None)
    assert sources.domains == [], "name servers are not asked about a provider"


async def test_the_mail_of_the_part_of_a_domain_is_asked_about_that_the_address_names(
    market: MadeMarket,
) -> None:
    """A domain that accepts no mail says nothing about a part of it that does."""
    vendor = await make_switched_on()
    lead = await make_person(market, vendor, email=f"rita@lab.{FIRM}")
    sources = Sources()
    await run(await search(vendor.owner, by_lead(lead)), sources)
    assert sources.domains == [f"lab.{FIRM}"]
    assert sources.asked[0][1].domain == FIRM


async def test_an_address_that_takes_no_mail_is_not_searched_again_within_the_hour(
    database: Database, market: MadeMarket
) -> None:
    """S2.8: check the address."""
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead, Sources(mail=MailAnswer(MailState.NULL_MX)))
    with pytest.raises(Refusal) as refused:
        await search_again(vendor.owner, lead, EMAIL)
    assert refused.value.decision is not None
    assert refused.value.decision.rule_id == "address_takes_no_mail"
    await database.clock.advance(timedelta(hours=1))
    await search_again(vendor.owner, lead, EMAIL)


async def test_the_limit_of_an_hour_says_when_the_next_search_is_possible(
    database: Database, market: MadeMarket
) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    for _ in range(make_policy().smart_data.searches_an_hour):
        await run(await search_again(vendor.owner, lead, EMAIL), Sources())
        await database.clock.advance(SECOND)
    with pytest.raises(Refusal) as refused:
        await search_again(vendor.owner, lead, EMAIL)
    decision = refused.value.decision
    assert decision is not None
    assert (decision.rule_id, decision.changes_at) == ("too_many_searches", START + timedelta(hours=1))
    await database.clock.set(START + timedelta(hours=1))
    await search_again(vendor.owner, lead, EMAIL)


async def test_a_refresh_needs_the_stored_address_and_names_only_the_field(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    lead = await make_person(market, vendor)
    await searched(vendor, lead)
    with pytest.raises(Refusal) as refused:
        await search_again(vendor.owner, lead, f"rita.old@{FIRM}")
    assert (refused.value.code, refused.value.field) == ("STALE_VERSION", ("checkedEmail",))
    assert FIRM not in refused.value.message
    with pytest.raises(Refusal) as unchecked:
        await refresh(vendor.owner, Silence(), CONTEXT, by_lead(lead), new_id().hex)
    assert unchecked.value.decision is not None
    assert unchecked.value.decision.rule_id == "check_address_first"
    with pytest.raises(Refusal) as invalid:
        await search_again(vendor.owner, lead, "no address")
    assert (invalid.value.code, invalid.value.field) == ("INVALID", ("checkedEmail",))
    await search_again(vendor.owner, lead, EMAIL.upper())


@pytest.mark.parametrize("given", [Given(None, None), Given(new_id(), new_id())])
async def test_exactly_one_is_looked_up(market: MadeMarket, given: Given) -> None:
    vendor = await make_switched_on()
    with pytest.raises(Refusal) as refused:
        await search(vendor.owner, given)
    assert refused.value.code == "INVALID"


async def test_unknown_ids_are_not_found(market: MadeMarket) -> None:
    vendor = await make_switched_on()
    for given in (Given(new_id(), None), Given(None, new_id())):
        with pytest.raises(Refusal) as refused:
            await search(vendor.owner, given)
        assert refused.value.code == "NOT_FOUND"


async def _search_ids() -> list[UUID]:
    return [row["id"] for row in await fetch(connection(), "SELECT id FROM smart_search")]


Happens = Callable[[MadeVendor, MadeLead], Awaitable[None]]  # between the click and the answer


async def _changed_address(_: MadeVendor, lead: MadeLead) -> None:
    await Contact.filter(lead_id=lead.id).update(email=f"other@{FIRM}")


async def _switched_off(vendor: MadeVendor, _: MadeLead) -> None:
    await switch(vendor, on=False)


async def _downgraded_and_switched_off(vendor: MadeVendor, _: MadeLead) -> None:
    await switch(vendor, on=False)
    await Account.filter(id=vendor.id).update(plan=Plan.FREE)


async def _told_to_stop(vendor: MadeVendor, lead: MadeLead) -> None:
    await set_stop(vendor.owner, Silence(), StopInput(lead_id=lead.id), new_id().hex)


async def _erased(_: MadeVendor, lead: MadeLead) -> None:
    await Prospect.filter(id=lead.prospect.id).update(erased_at=START)


async def _closed(vendor: MadeVendor, lead: MadeLead) -> None:
    await fetch(
        connection(),
        "UPDATE delivery SET closed = 'NO_CONSENT', closed_at = $3 WHERE account_id = $1 AND lead_id = $2",
        vendor.id,
        lead.id,
        START,
    )


@pytest.mark.parametrize(
    "meanwhile",
    [_changed_address, _switched_off, _downgraded_and_switched_off, _told_to_stop, _erased, _closed],
)
@pytest.mark.parametrize("taken", [True, False], ids=["while asking", "before asking"])
async def test_an_answer_that_may_no_longer_be_seen_is_thrown_away_and_costs_nothing(
    database: Database, meanwhile: Happens, taken: bool
) -> None:
    parameters = production_parameters()
    parameters["smart_data"]["points_a_hit"] = 3
    await database.clock.set(START)
    market = await make_market(parameters=parameters)
    vendor = await make_switched_on(10)
    lead = await make_person(market, vendor)
    search_id = await search(vendor.owner, by_lead(lead))
    sources = Sources({WEBSITE: (found(),)})
    if taken:
        await run(search_id, _Meanwhile(sources, lambda: meanwhile(vendor, lead)))
        assert len(sources.asked) == 1
    else:
        await meanwhile(vendor, lead)
        await run(search_id, sources)
        assert sources.asked == []
    assert (await search_of(vendor.owner, search_id)).state is SearchState.FAILED
    assert (await stored(), await charged(vendor)) == (0, 0)


async def test_who_told_one_vendor_to_stop_is_looked_up_by_the_others_alone(market: MadeMarket) -> None:
    """A stop of one medium is not one: the vendor may still write."""
    vendor, other = await make_switched_on(), await make_switched_on(name="Fake Other Ltd")
    lead = await make_person(market, vendor)
    await hand_over(other, lead)
    await set_stop(vendor.owner, Silence(), StopInput(lead_id=lead.id, medium=Medium.CALL), new_id().hex)
    assert (await state_of(vendor, lead)).access.verdict is OPEN
    await _told_to_stop(vendor, lead)
    assert (await state_of(vendor, lead)).access.rule_id == "person_wants_no_contact"
    (organisation,) = await Organisation.filter(account_id=vendor.id)
    case = (await organisation_cases(connection(), CONTEXT, vendor.id, [organisation.id]))[organisation.id]
    assert (case.domain, case.stopped) == (None, True)
    assert (await state_of(other, lead)).access.verdict is OPEN


class _Meanwhile(Sources):
    """Sources during whose answer something happens."""

    def __init__(self, sources: Sources, happens: Callable[[], Awaitable[None]]) -> None:
        super().__init__(sources.answers, sources.mail, sources.asked, sources.domains)
        self._happens = happens

    async def ask(
        self, sources: Collection[OutsideSource], question: Question, *, answered: Answered | None = None
    ) -> tuple[SourceAnswer, ...]:
        answers = await super().ask(sources, question, answered=answered)
        await self._happens()
        return answers


async def test_a_downgrade_meanwhile_stores_hidden_and_costs_nothing(database: Database) -> None:
    parameters = production_parameters()
    parameters["smart_data"]["points_a_hit"] = 3
    await database.clock.set(START)
    market = await make_market(parameters=parameters)
    vendor = await make_switched_on(10)
    lead = await make_person(market, vendor)
    search_id = await search(vendor.owner, by_lead(lead))

    async def downgrade() -> None:
        await Account.filter(id=vendor.id).update(plan=Plan.FREE)

    await run(search_id, _Meanwhile(Sources({WEBSITE: (found(),)}), downgrade))
    hidden = await state_of(vendor, lead)
    assert (hidden.access.verdict, hidden.access.rule_id, hidden.fields) == (HIDE, "plan_without_it", ())
    assert (await stored(), await charged(vendor)) == (1, 0)
    await Account.filter(id=vendor.id).update(plan=Plan.ADVANCED)
    shown = await state_of(vendor, lead)
    assert (shown.access.verdict, len(shown.fields)) == (OPEN, 1)
    assert (await search_of(vendor.owner, search_id)).state is SearchState.DONE


async def test_only_a_hit_costs_points_and_too_few_are_refused_before_anything_is_asked(
    database: Database,
) -> None:
    parameters = production_parameters()
    parameters["smart_data"]["points_a_hit"] = 3
    await database.clock.set(START)
    market = await make_market(parameters=parameters)
    vendor, poor = await make_switched_on(10), await make_switched_on(2, name="Fake Poor Ltd")
    empty = await searched(vendor, await make_person(market, vendor, email=f"nobody@{FIRM}"), Sources())
    assert ((await search_of(vendor.owner, empty)).points, await charged(vendor)) == (0, 0)
    hit = await searched(vendor, await make_person(market, vendor))
    assert ((await search_of(vendor.owner, hit)).points, await charged(vendor)) == (3, 1)
    row = await fetch_one(
        connection(), "SELECT business_key FROM posting_group WHERE kind = 'ENRICHMENT_CHARGE'"
    )
    assert row is not None
    assert row["business_key"] == f"enrichment:{hit}"
    with pytest.raises(Refusal) as refused:
        await search(poor.owner, by_lead(await make_person(market, poor)))
    assert refused.value.code == "INSUFFICIENT_POINTS"
