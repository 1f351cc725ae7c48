"""What is noted of a person's words: statements, answers and profiles, and the stops that words set."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.keyed_hash import KeyedHash
from models.base.refusal import RefusalCode
from models.base.viewer import Viewer
from models.contacting.advice import advise, preference_of
from models.contacting.advice_views import AdviceInput, KnownWays, ProfileView
from models.contacting.cited_advice import advice_id, read_advice_id
from models.contacting.facts import ContactCase, contact_cases
from models.contacting.known_ways import MOST_STATEMENTS, known_ways
from models.contacting.lift_stop import lift_stop
from models.contacting.markers import StatementKind
from models.contacting.read_statements import LONGEST_WORDS, WordsInput, read_statements
from models.contacting.record_answer import AnswerInput, record_answer
from models.contacting.record_attempt import AttemptInput, record_attempt
from models.contacting.set_profile import ProfileInput, set_profile
from models.contacting.set_sender_profile import SignatureInput, sender_profile, set_sender_profile
from models.contacting.statement_list import statements_by_id, statements_of_act
from models.contacting.statement_origin import StatementOrigin
from models.contacting.tables import ContactOutcome
from models.contacting.take_back_statement import take_back_statement
from models.leads.list import leads_by_id
from models.policies.decisions import decisions_by_id
from models.process.wake import Silence
from models.tables import User
from rules.contacting.channel_for_goal import ContactGoal
from rules.contacting.channel_preference import PersonDays, PersonTemper, Preference, Said
from rules.contacting.contact_advice import Advice
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import Medium
from tests.models.chat.writing import send
from tests.support.complaints import deliver
from tests.support.concurrency import codes, freely, holding
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, MadeLead, Marketplace, apply, make_lead, make_prospect
from tests.support.reading import event_kinds, refused, row, rows_of

HASHES = KeyedHash(b"a-key-of-hashes-in-tests-only-000")
TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
WRITE_ME = "Trimite-mi un e-mail, mă uit eu"


@pytest.fixture(name="held")
async def _held(place: Marketplace) -> Marketplace:
    """The vendor holds the contact of the lead."""
    await deliver(place, place.vendor, place.lead, points=0)
    return place


async def read(
    place: Marketplace,
    text: str,
    viewer: Viewer | None = None,
    key: str = "",
    *,
    at: datetime = START,
    lead_id: UUID | None = None,
) -> UUID:
    given = WordsInput(lead_id or place.lead.id, text, at, Medium.EMAIL)
    return await read_statements(viewer or place.vendor.member, Silence(), given, key or new_id().hex)


async def known(place: Marketplace, viewer: Viewer | None = None, lead_id: UUID | None = None) -> KnownWays:
    lead_id = lead_id or place.lead.id
    return (await known_ways(connection(), viewer or place.vendor.owner, [lead_id]))[lead_id]


async def case(place: Marketplace) -> ContactCase:
    leads = await leads_by_id(connection(), place.vendor.owner, [place.lead.id])
    return (await contact_cases(connection(), place.vendor.owner, HASHES, list(leads.values())))[
        place.lead.id
    ]


async def test_words_are_noted_as_kinds_and_turn_the_preference(held: Marketplace) -> None:
    """Part (g): the next advice is to write."""
    person = await case(held)
    assert preference_of(await known(held), person, person.now).verdict is Preference.OPEN
    act_id = await read(held, WRITE_ME)
    (statement,) = await statements_of_act(connection(), held.vendor.owner, act_id)
    assert (statement.kind, statement.origin) == (StatementKind.WRITE, StatementOrigin.USER)
    advice = advise(person, await known(held), AdviceInput(ContactGoal.TRIAL), person.now)
    assert (advice.advice.verdict, advice.because[0].rule_id) == (Advice.WRITE, "asked_for_email")


async def test_no_text_is_kept(held: Marketplace) -> None:
    await read(held, "My secret dog is called Waldemar. Please send me an email.")
    tables = await fetch(connection(), "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for table in tables:
        rows = await fetch(connection(), f'SELECT to_jsonb(t)::text AS row FROM "{table["tablename"]}" AS t')
        assert not [found for found in rows if "Waldemar" in found["row"]], table["tablename"]


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Bitte rufen Sie mich nicht an.", "CALL"),
        ("Nu-mi mai trimiteți e-mailuri.", "EMAIL"),
        ("Proszę się ze mną więcej nie kontaktować.", None),
    ],
)
async def test_a_forbidding_word_stops_the_account_at_once(
    held: Marketplace, text: str, medium: str | None
) -> None:
    await read(held, text)
    stop = await row("do_not_contact", prospect_id=held.prospect.id)
    assert (stop["scope"], stop["account_id"], stop["medium"]) == ("ACCOUNT", held.vendor.id, medium)
    assert (stop["origin"], stop["reason_code"]) == ("MARKER", "ASKED")
    assert "CONTACT_STOPPED" in await event_kinds(held.vendor.id)
    assert "CONTACT_STOPPED" not in await event_kinds(held.other_vendor.id)
    await refused(lift_stop(held.vendor.member, stop["id"], reason="Misread."), RefusalCode.FORBIDDEN)
    await lift_stop(held.vendor.owner, stop["id"], reason="Misread.")
    assert (await row("do_not_contact", id=stop["id"]))["lifted_at"] is not None


async def test_words_without_a_sign_are_read_and_nothing_is_noted(held: Marketplace) -> None:
    for text in ("Thank you for the offer.", "Llámame mañana", "> Call me.", "\u202eCall me."):
        assert await statements_of_act(connection(), held.vendor.owner, await read(held, text)) == []
    assert await rows_of("contact_statement") == []


async def test_a_repeated_request_notes_nothing_again(held: Marketplace) -> None:
    first = await read(held, WRITE_ME, key="once")
    assert await read(held, WRITE_ME, key="once") == first
    await refused(read(held, "Call me.", key="once"), RefusalCode.IDEMPOTENCY_CONFLICT)
    assert len(await rows_of("contact_statement")) == 1


async def test_only_owners_and_members_who_see_the_contact_note_anything(held: Marketplace) -> None:
    await apply(held.other_vendor, held.lead)
    before = await snapshot(connection())
    for viewer, code in [
        (held.vendor.employee, RefusalCode.FORBIDDEN),
        (held.prospect.viewer, RefusalCode.FORBIDDEN),
        (held.operator, RefusalCode.FORBIDDEN),
        (held.agent, RefusalCode.FORBIDDEN),
        (held.other_vendor.owner, RefusalCode.REFUSED_BY_RULE),
    ]:
        await refused(read(held, WRITE_ME, viewer), code)
        await refused(set_profile(viewer, held.lead.id, ProfileInput(), expected_version=0), code)
        if viewer != held.prospect.viewer:
            await refused(record_answer(viewer, AnswerInput(held.lead.id, Said.CALL, START), "k"), code)
    await refused(read(held, WRITE_ME, lead_id=new_id()), RefusalCode.NOT_FOUND, "leadId")
    await refused(read(held, " "), RefusalCode.REQUIRED, "text")
    await refused(read(held, "x" * (LONGEST_WORDS + 1)), RefusalCode.INVALID, "text")
    await refused(read(held, WRITE_ME, at=START + TICK), RefusalCode.INVALID, "at")
    await refused(read(held, WRITE_ME, at=START - 366 * DAY - TICK), RefusalCode.INVALID, "at")
    assert await snapshot(connection()) == before


async def test_another_vendor_learns_nothing_of_what_was_noted(held: Marketplace) -> None:
    await deliver(held, held.other_vendor, held.lead, points=0)
    act_id = await read(held, WRITE_ME)
    await set_profile(held.vendor.owner, held.lead.id, ProfileInput(PersonStatus.SENIOR), expected_version=0)
    (statement,) = await statements_of_act(connection(), held.vendor.owner, act_id)
    for viewer in (held.other_vendor.owner, held.prospect.viewer):
        found = await known(held, viewer)
        assert (found.statements, found.profile) == ([], ProfileView())
        assert await statements_by_id(connection(), viewer, [statement.id]) == {}
    assert len((await known(held, held.operator)).statements) == 1
    assert await statements_by_id(connection(), held.operator, [statement.id])
    await refused(
        take_back_statement(held.other_vendor.owner, statement.id, reason=None),
        RefusalCode.NOT_FOUND,
        "statementId",
    )


async def test_a_statement_that_was_taken_back_no_longer_counts(
    held: Marketplace, database: Database
) -> None:
    act_id = await read(held, WRITE_ME)
    (statement,) = await statements_of_act(connection(), held.vendor.owner, act_id)
    await take_back_statement(held.vendor.member, statement.id, reason="It was a joke.")
    stored = await row("contact_statement", id=statement.id)
    assert (stored["taken_back_at"], stored["take_back_reason"]) == (START, "It was a joke.")
    await database.clock.advance(DAY)
    await take_back_statement(held.vendor.member, statement.id, reason="Again.")
    assert (await row("contact_statement", id=statement.id))["take_back_reason"] == "It was a joke."
    person = await case(held)
    assert preference_of(await known(held), person, person.now).verdict is Preference.OPEN


async def test_the_person_answers_for_everybody_and_a_vendor_for_itself(held: Marketplace) -> None:
    await deliver(held, held.other_vendor, held.lead, points=0)
    own = AnswerInput(held.lead.id, Said.CALL, START - DAY)
    await record_answer(held.prospect.viewer, own, "own")
    for viewer in (held.vendor.owner, held.other_vendor.owner, held.prospect.viewer):
        assert [one.kind for one in (await known(held, viewer)).statements] == [StatementKind.CALL]
    await record_answer(held.vendor.member, AnswerInput(held.lead.id, Said.WRITE, START), "told")
    assert [one.kind for one in (await known(held)).statements] == [StatementKind.WRITE, StatementKind.CALL]
    assert len((await known(held, held.other_vendor.owner)).statements) == 1
    await record_answer(held.vendor.member, AnswerInput(held.lead.id, Said.NOTHING, START), "none")
    counting = [one for one in (await known(held)).statements if one.taken_back_at is None]
    assert [one.kind for one in counting] == [StatementKind.CALL]


async def test_the_channel_chosen_with_the_lead_is_an_answer_unless_a_default_filled_it(
    held: Marketplace,
) -> None:
    person = await case(held)
    assert preference_of(await known(held), person, person.now).verdict is Preference.OPEN
    await fetch(connection(), "UPDATE contact SET preferred_given = true")
    assert preference_of(await known(held), person, person.now).rule_id == "prefers_email"


async def test_a_house_that_reads_email_counts_for_its_other_people(held: Marketplace) -> None:
    colleague = await make_lead(held.market, await make_prospect())
    stranger = await make_lead(held.market, await make_prospect())
    for lead in (colleague, stranger):
        await deliver(held, held.vendor, lead, points=0)
    await fetch(
        connection(), "UPDATE contact SET email = 'x@elsewhere.example' WHERE lead_id = $1", stranger.id
    )
    await read(held, "Bei uns lesen alle ihre E-Mails.")
    said = {lead.id: (await known(held, None, lead.id)).house_reads_mail for lead in (colleague, stranger)}
    assert said == {colleague.id: True, stranger.id: False}
    assert (await known(held)).house_reads_mail


async def test_a_provider_of_mailboxes_is_no_house(held: Marketplace) -> None:
    colleague = await make_lead(held.market, await make_prospect())
    await deliver(held, held.vendor, colleague, points=0)
    await fetch(connection(), "UPDATE contact SET email = id || '@gmail.com'")
    await read(held, "Bei uns lesen alle ihre E-Mails.")
    assert not (await known(held, None, colleague.id)).house_reads_mail


async def test_a_house_is_known_by_the_contact_data_that_the_vendor_holds(held: Marketplace) -> None:
    """Not by the addresses that the person gave with other leads: some are hidden, some are of providers."""
    for email in ("x@gmail.com", "x@secret.example"):
        other = await make_lead(held.market, held.prospect)
        colleague = await make_lead(held.market, await make_prospect())
        if email == "x@gmail.com":
            await deliver(held, held.vendor, other, points=0)
        await deliver(held, held.vendor, colleague, points=0)
        sql = "UPDATE contact SET email = $2 WHERE lead_id = ANY($1::uuid[])"
        await fetch(connection(), sql, [other.id, colleague.id], email)
        await read(held, "Bei uns lesen alle ihre E-Mails.")
        assert not (await known(held, None, colleague.id)).house_reads_mail, email
    assert (await known(held)).house_reads_mail


async def test_the_person_sees_what_they_said_however_much_vendors_noted_since(held: Marketplace) -> None:
    await record_answer(held.prospect.viewer, AnswerInput(held.lead.id, Said.CALL, START - DAY), "own")
    await fetch(
        connection(),
        """INSERT INTO contact_statement (id, act_id, account_id, prospect_id, kind, strength, origin, at,
               recorded_at, phrase_id, whole_house)
           SELECT gen_random_uuid(), gen_random_uuid(), $1, $2, 'WRITE', 'WEAK', 'MARKER', $3, $3, 'en', FALSE
           FROM generate_series(1, $4::int)""",
        held.vendor.owner.vendor_id,
        held.prospect.viewer.prospect_id,
        START,
        MOST_STATEMENTS,
    )
    found = await known(held, held.prospect.viewer)
    assert [one.kind for one in found.statements] == [StatementKind.CALL]


async def test_a_profile_changes_field_by_field_and_knows_its_version(held: Marketplace) -> None:
    owner, lead_id = held.vendor.owner, held.lead.id
    await set_profile(
        owner, lead_id, ProfileInput(PersonStatus.SENIOR, knows_number=True), expected_version=0
    )
    await set_profile(owner, lead_id, ProfileInput(days=PersonDays.TRAVELS), expected_version=1)
    found = (await known(held)).profile
    assert found == ProfileView(2, PersonStatus.SENIOR, PersonDays.TRAVELS, PersonTemper.UNKNOWN, True)
    for version in (0, 1, 3):
        await refused(
            set_profile(owner, lead_id, ProfileInput(), expected_version=version),
            RefusalCode.STALE_VERSION,
            "expectedVersion",
        )


async def test_of_two_first_profiles_at_once_one_is_stale(held: Marketplace) -> None:
    owner, given = held.vendor.owner, ProfileInput(PersonStatus.SENIOR)
    outcomes = await freely(*(set_profile(owner, held.lead.id, given, expected_version=0) for _ in range(2)))
    assert sorted(codes(outcomes)) == ["STALE_VERSION", "done"]


async def test_a_sender_profile_is_the_owners(held: Marketplace) -> None:
    vendor, other = held.vendor, held.other_vendor
    text = [SignatureInput("de", "Vera Vendor, Vertrieb, Vendor GmbH, vendor.example")]
    for viewer in (vendor.member, vendor.employee, held.operator, held.prospect.viewer):
        call = set_sender_profile(viewer, accepts=[Medium.EMAIL], signatures=text, expected_version=None)
        await refused(call, RefusalCode.FORBIDDEN)
    await set_sender_profile(
        vendor.owner, accepts=[Medium.EMAIL, Medium.EMAIL], signatures=text, expected_version=None
    )
    found = await sender_profile(connection(), vendor.member)
    assert found is not None
    assert (found.version, list(found.accepts), list(found.signatures)) == (1, [Medium.EMAIL], ["de"])
    assert (await known(held)).accepts == (Medium.EMAIL,)
    empty = await sender_profile(connection(), other.owner)
    assert empty is not None
    assert empty.version == 0
    assert await sender_profile(connection(), held.operator) is None
    for version, code in ((None, RefusalCode.REQUIRED), (2, RefusalCode.STALE_VERSION)):
        again = set_sender_profile(vendor.owner, accepts=[], signatures=[], expected_version=version)
        await refused(again, code, "expectedVersion")
    for wrong in ([SignatureInput("fr", "x")], text * 2):
        await refused(
            set_sender_profile(vendor.owner, accepts=[], signatures=wrong, expected_version=1),
            RefusalCode.INVALID,
            "signatures",
        )
    await set_sender_profile(vendor.owner, accepts=[], signatures=[], expected_version=1)
    assert (await row("sender_profile", account_id=vendor.id))["version"] == 2


async def test_an_attempt_keeps_the_advice_that_it_cites(held: Marketplace) -> None:
    person = await case(held)
    advice = advise(person, await known(held), AdviceInput(ContactGoal.TRIAL), person.now)
    cited = read_advice_id(HASHES, advice_id(HASHES, held.lead.id, advice.advice))
    assert await cited.decision(connection()) is not None
    for medium, outcome, followed in (
        (Medium.CALL, ContactOutcome.NO_ANSWER, advice.advice.verdict in {"CALL", "CALL_LATER"}),
        (Medium.EMAIL, ContactOutcome.WROTE, advice.advice.verdict == "WRITE"),
    ):
        given = AttemptInput(held.lead.id, medium, START, outcome, "TRIAL", cited)
        attempt_id = await record_attempt(held.vendor.member, Silence(), given, new_id().hex)
        stored = await row("contact_attempt", id=attempt_id)
        assert stored["followed"] is followed
        kept = (await decisions_by_id(connection(), [stored["advice_decision_id"]])).popitem()[1]
        assert (kept.ruleset, kept.rule_id) == ("contact_advice", advice.advice.rule_id)
        assert dict(kept.facts) == json.loads(json.dumps(dict(advice.advice.facts)))
        assert kept.others


async def test_what_would_be_advised_at_a_later_time_is_not_cited_before(held: Marketplace) -> None:
    person = await case(held)
    advice = advise(person, await known(held), AdviceInput(), person.now + DAY)
    cited = read_advice_id(HASHES, advice_id(HASHES, held.lead.id, advice.advice))
    given = AttemptInput(held.lead.id, Medium.CALL, START, ContactOutcome.SPOKE, None, cited)
    await refused(record_attempt(held.vendor.owner, Silence(), given, "k"), RefusalCode.INVALID, "adviceId")
    assert await rows_of("decision", ruleset="contact_advice") == []


async def test_an_id_that_is_no_advice_for_the_lead_is_invalid(held: Marketplace) -> None:
    other = await make_lead(held.market, await make_prospect())
    await deliver(held, held.vendor, other, points=0)
    person = await case(held)
    advice = advise(person, await known(held), AdviceInput(), person.now)
    right = advice_id(HASHES, held.lead.id, advice.advice)
    foreign = advice_id(KeyedHash(b"another-key-of-hashes-for-tests-0"), held.lead.id, advice.advice)
    for wrong in ("", "x", right[:-2], foreign, "é", "A" * 5_000):
        with pytest.raises(Exception, match="adviceId"):
            read_advice_id(HASHES, wrong)
    given = AttemptInput(
        other.id, Medium.CALL, START, ContactOutcome.SPOKE, None, read_advice_id(HASHES, right)
    )
    await refused(record_attempt(held.vendor.owner, Silence(), given, "k"), RefusalCode.INVALID, "adviceId")
    assert await rows_of("contact_attempt") == []


async def test_a_prospects_chat_message_is_read_for_signs(held: Marketplace) -> None:
    application_id = await apply(held.other_vendor, held.lead)
    await send(held.prospect.viewer, application_id, "I am on vacation until 5 December 2026.")
    await send(held.other_vendor.owner, application_id, "Please call me.")
    (statement,) = await rows_of("contact_statement")
    assert (statement["kind"], statement["until"]) == ("OUT_OF_OFFICE", date(2026, 12, 5))
    assert (statement["account_id"], statement["origin"]) == (held.other_vendor.id, "MARKER")
    assert (statement["medium"], statement["recorded_by_id"]) == ("CHAT", held.prospect.viewer.user_id)


async def test_a_prospect_who_forbids_calls_in_the_chat_stops_that_vendor(held: Marketplace) -> None:
    application_id = await apply(held.other_vendor, held.lead)
    await send(held.prospect.viewer, application_id, "Nu mă sunați, vă rog.")
    stop = await row("do_not_contact", prospect_id=held.prospect.id)
    assert (stop["account_id"], stop["medium"], stop["origin"]) == (held.other_vendor.id, "CALL", "MARKER")
    assert len(await rows_of("chat_message", side="PROSPECT")) == 1


async def test_a_stop_in_a_chat_does_not_tell_who_hides_behind_it(held: Marketplace) -> None:
    """The vendor has bought the same person's number: whose chat it was shows once the contact does."""
    vendor = held.other_vendor
    application_id = await apply(vendor, held.lead)
    bought = await make_lead(held.market, held.other_prospect)
    await User.filter(prospect_id=held.other_prospect.id).update(prospect_id=None)  # a row of a file
    await _share_email(held, bought)
    await deliver(held, vendor, bought, points=0)
    await send(held.prospect.viewer, application_id, "Please don't call me again.")
    assert [one["prospect_id"] for one in await rows_of("do_not_contact")] == [held.prospect.id]
    assert "CONTACT_STOPPED" not in await event_kinds(vendor.id)
    await accept(held.prospect.viewer, Silence(), application_id)
    await send(held.prospect.viewer, application_id, "As I said: please don't call me again.")
    stopped = {one["prospect_id"] for one in await rows_of("do_not_contact")}
    assert stopped == {held.prospect.id, held.other_prospect.id}


async def test_a_stop_in_a_chat_leaves_others_who_can_speak_for_themselves(held: Marketplace) -> None:
    application_id = await apply(held.other_vendor, held.lead)
    await accept(held.prospect.viewer, Silence(), application_id)
    await _share_email(held, await make_lead(held.market, held.other_prospect))
    await send(held.prospect.viewer, application_id, "Please don't call me again.")
    assert [one["prospect_id"] for one in await rows_of("do_not_contact")] == [held.prospect.id]


async def test_two_texts_that_forbid_the_same_in_another_order_do_not_deadlock(
    held: Marketplace, database: Database
) -> None:
    """While a text waits for another's first stop, it holds no stop that the other one sets next."""
    insert = """INSERT INTO do_not_contact (id, act_id, prospect_id, scope, account_id, medium, since, origin)
        SELECT gen_random_uuid(), gen_random_uuid(), $1, 'ACCOUNT', account_id, '{}', leadgate_clock(),
            'MARKER' FROM delivery WHERE lead_id IN (SELECT id FROM lead WHERE prospect_id = $1)"""
    async with holding(database.url, insert.format("CALL"), held.prospect.id) as meeting:
        await meeting.join(read(held, "Don't send me any emails. Don't call me again."))
        await meeting.holder.execute(insert.format("EMAIL"), held.prospect.id)
    assert codes(await meeting.outcomes()) == ["done"]
    assert len(await rows_of("do_not_contact")) == 2


async def _share_email(place: Marketplace, lead: MadeLead) -> None:
    await fetch(
        connection(),
        """UPDATE contact SET email = its.email FROM contact AS its
           WHERE contact.lead_id = $1 AND its.lead_id = $2""",
        lead.id,
        place.lead.id,
    )


async def test_a_message_is_sent_even_if_its_signs_cannot_be_noted(
    held: Marketplace, caplog: pytest.LogCaptureFixture
) -> None:
    application_id = await apply(held.other_vendor, held.lead)
    await fetch(
        connection(), "ALTER TABLE contact_statement ADD CONSTRAINT broken CHECK (kind <> 'STOP_CALLS')"
    )
    try:
        await send(held.prospect.viewer, application_id, "Please don't call me again, said Waldemar.")
    finally:
        await fetch(connection(), "ALTER TABLE contact_statement DROP CONSTRAINT broken")
    assert len(await rows_of("chat_message", side="PROSPECT")) == 1
    assert await rows_of("contact_statement") == await rows_of("do_not_contact") == []
    assert "signs were not noted" in caplog.text
    assert "Waldemar" not in caplog.text
