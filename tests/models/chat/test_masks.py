"""What each side reads: masked before the reveal, open from it on, closed after a decline (S1.5, S1.8)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.applications.answer import accept, decline
from models.base.database import Connection, connection, fetch
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.chat import search
from models.chat.list import messages_by_id
from models.chat.mark_read import mark_read
from models.chat.preview import preview
from models.process.wake import Silence
from rules import production_parameters
from rules.chat.chat_view import ChatSide
from tests.models.chat.reading import head_of, messages, texts
from tests.models.chat.writing import send
from tests.support.database import Database
from tests.support.marketplace import (
    EMAIL,
    FULL_NAME,
    HOUR,
    ORGANISATION,
    PHONE,
    REGISTRATION_NUMBER,
    SECOND,
    START,
    Marketplace,
    apply,
    make_marketplace,
)
from tests.support.reading import rows_of

QUIET = Silence()
DUE = START + 48 * HOUR
MICROSECOND = timedelta(microseconds=1)
CONTACTS = f"{FULL_NAME}\nPlease write to {EMAIL}\nor call {PHONE}\nsee www.fake.example"


def _says_nothing(text: str) -> bool:
    words = {*FULL_NAME.split(), *ORGANISATION.split(), EMAIL, EMAIL.split("@")[0], "fake", "example"}
    return not any(word.lower() in text.lower() for word in words) and not any(map(str.isdigit, text))


async def test_a_message_opens_by_itself_with_the_contact_data(
    place: Marketplace, database: Database
) -> None:
    """Earlier messages are unmasked too: what was masked a microsecond before is shown at the reveal."""
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, CONTACTS)
    await database.clock.set(DUE - MICROSECOND)
    hidden = (await messages(place.vendor.owner, made))[1]
    assert _says_nothing(hidden.text)
    assert hidden.text == "[name]\nPlease write to [e-mail]\nor call [phone]\nsee [link]"
    shown = [hidden.text[span.start : span.end] for span in hidden.masked]
    assert shown == ["[name]", "[e-mail]", "[phone]", "[link]"]
    assert (hidden.decision.rule_id, hidden.decision.changes_at) == ("until_the_reveal", DUE)
    assert hidden.author == "The prospect"
    await database.clock.set(DUE)
    opened = (await messages(place.vendor.owner, made))[1]
    assert (opened.text, list(opened.masked), opened.author) == (CONTACTS, [], FULL_NAME)
    assert (opened.decision.rule_id, opened.decision.changes_at) == ("contact_open", None)


async def test_the_organisations_number_in_a_register_is_masked(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, f"We are {REGISTRATION_NUMBER}, by the way")
    assert await texts(place.vendor.owner, made) == ["We are [name], by the way"]


async def test_an_acceptance_opens_and_a_withdrawal_keeps_open(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, CONTACTS)
    await accept(place.prospect.viewer, QUIET, made)
    assert await texts(place.vendor.owner, made) == [CONTACTS]
    await decline(place.prospect.viewer, QUIET, made)
    assert await texts(place.vendor.owner, made) == [CONTACTS]
    assert (await head_of(place.vendor.owner, made)).chat.access.rule_id == "acceptance_withdrawn"


async def test_after_a_timely_decline_it_never_opens(place: Marketplace, database: Database) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, CONTACTS)
    await decline(place.prospect.viewer, QUIET, made)
    await database.clock.set(DUE + HOUR)
    message = (await messages(place.vendor.owner, made))[1]
    assert _says_nothing(message.text)
    assert (message.decision.rule_id, message.decision.changes_at) == ("contact_closed", None)
    assert message.author == "The prospect"


async def test_a_sender_sees_what_the_other_side_reads(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, f"Write to {EMAIL}")
    await send(place.prospect.viewer, made, "Or here")
    first, second = (await messages(place.prospect.viewer, made))[1:]
    assert (first.text, first.shown_to_other) == (f"Write to {EMAIL}", "Write to [e-mail]")
    assert first.decision.rule_id == "own_words"
    assert (second.text, second.shown_to_other) == ("Or here", None)
    seen = (await messages(place.vendor.owner, made))[1]
    assert (seen.text, seen.shown_to_other) == ("Write to [e-mail]", None)
    await accept(place.prospect.viewer, QUIET, made)
    assert (await messages(place.prospect.viewer, made))[1].shown_to_other is None


@pytest.mark.parametrize(
    ("contacts", "links", "shown"),
    [
        (True, False, "Call [phone], see www.vendor.example"),
        (True, True, "Call [phone], see [link]"),
        (False, False, "Call +49 30 901820, see www.vendor.example"),
        (False, True, "Call +49 30 901820, see [link]"),
    ],
)
async def test_switches_of_the_policy_mask_the_vendors_contact_data_and_links(
    database: Database, contacts: bool, links: bool, shown: str
) -> None:
    await database.clock.set(START)
    parameters = production_parameters()
    parameters["chat"] |= {"chat_mask_vendor_contacts": contacts, "chat_mask_vendor_links": links}
    place = await make_marketplace(parameters=parameters)
    made = await apply(place.vendor, place.lead)
    await send(place.vendor.owner, made, "Call +49 30 901820, see www.vendor.example")
    assert await texts(place.prospect.viewer, made) == [shown]
    await database.clock.set(DUE)
    assert await texts(place.prospect.viewer, made) == ["Call +49 30 901820, see www.vendor.example"]


async def test_a_number_divided_among_messages_is_masked_in_each_part(
    place: Marketplace, database: Database
) -> None:
    """The first part was shown until the number was complete; from then on, it is masked."""
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, "0151 23")
    assert await texts(place.vendor.owner, made) == ["0151 23"]
    await send(place.vendor.owner, made, "Pardon?")
    await database.clock.advance(9 * 60 * SECOND)
    await send(place.prospect.viewer, made, "45 67 89")
    assert await texts(place.vendor.owner, made) == ["[phone]", "Pardon?", "[phone]"]
    await database.clock.set(DUE)
    assert await texts(place.vendor.owner, made) == ["0151 23", "Pardon?", "45 67 89"]


async def test_messages_that_are_far_apart_are_not_read_as_one_number(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, "0151 23")
    await database.clock.advance(10 * 60 * SECOND + MICROSECOND)
    await send(place.prospect.viewer, made, "45 67 89")
    assert await texts(place.vendor.owner, made) == ["0151 23", "45 67 89"]


async def test_a_number_that_begins_in_the_introduction_is_masked_there_too(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead, introduction="We are at 0151 23")
    await send(place.vendor.owner, made, "45 67 89")
    shown = [one.text for one in await messages(place.prospect.viewer, made)]
    assert shown == ["We are at [phone]", "[phone]"]
    application = (await head_of(place.prospect.viewer, made)).chat.application
    assert application.introduction == "We are at [phone]", "the application shows the same"
    application = (await head_of(place.vendor.owner, made)).chat.application
    assert application.introduction == "We are at 0151 23"


async def test_each_reader_gets_the_words_of_the_own_language(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, f"Write to {EMAIL}")
    words = {
        locale: (await messages(replace(place.vendor.owner, locale=locale), made))[1]
        for locale in ("en", "de-AT", "pl", "ro", "fr")
    }
    assert len({one.text for one in words.values()}) == 4, "French is shown in English"
    assert {locale: one.author for locale, one in words.items()} == {
        "en": "The prospect",
        "de-AT": "Der Interessent",
        "pl": "Klient",
        "ro": "Clientul",
        "fr": "The prospect",
    }


async def test_operators_read_everything_and_what_they_write_to_the_vendor_is_masked(
    place: Marketplace,
) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, CONTACTS)
    await send(place.operator, made, f"Her number is {PHONE}")
    theirs, own = (await messages(place.operator, made))[1:]
    assert (theirs.text, theirs.author, theirs.decision.rule_id) == (CONTACTS, FULL_NAME, "operator_reads")
    assert own.shown_to_other == "Her number is [phone]"
    assert (await messages(place.vendor.owner, made))[2].text == "Her number is [phone]"
    assert (await messages(place.prospect.viewer, made))[2].text == f"Her number is {PHONE}"
    assert (await messages(place.vendor.owner, made))[2].author == "The operator"


async def test_a_preview_is_what_the_other_side_then_reads(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, "0151 23")
    seen = await preview(connection(), place.prospect.viewer, made, "45 67 89")
    assert (seen.shown_to_other, seen.decision.rule_id) == ("[phone]", "until_the_reveal")
    assert await texts(place.vendor.owner, made) == ["0151 23"], "nothing was stored"
    await send(place.prospect.viewer, made, "45 67 89")
    assert (await texts(place.vendor.owner, made))[1] == seen.shown_to_other


async def test_messages_of_an_earlier_search_are_searched_again(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead, introduction="We are at 0151 23")
    await send(place.vendor.owner, made, "45 67 89")
    await send(place.prospect.viewer, made, "0170 123")
    await send(place.prospect.viewer, made, f"45 678, {FULL_NAME}")
    readers = (place.vendor.owner, place.prospect.viewer)
    seen = [[one.text for one in await messages(who, made)] for who in readers]
    for stored in (None, '{"search": 0, "spans": []}'):
        await fetch(connection(), "UPDATE chat_message SET spans = $1::jsonb", stored)
        await fetch(connection(), "UPDATE application SET introduction_spans = $1::jsonb", stored)
        assert [[one.text for one in await messages(who, made)] for who in readers] == seen


@pytest.mark.parametrize("stored", [None, '{"search": 0, "spans": []}'])
async def test_a_message_without_a_current_search_is_not_taken_for_searched_when_the_next_completes_it(
    place: Marketplace, stored: str | None
) -> None:
    """What the next message continues is its end; what stands before that has still to be found."""
    made = await apply(place.vendor, place.lead)
    await send(place.prospect.viewer, made, f"{PHONE} {'and much more to say ' * 20} 0151 23")
    await fetch(connection(), "UPDATE chat_message SET spans = $1::jsonb", stored)
    await send(place.prospect.viewer, made, "45 67 89")
    first, second = await texts(place.vendor.owner, made)
    assert first.startswith("[phone] and much")
    assert first.endswith("to say  [phone]")
    assert second == "[phone]"


@pytest.mark.parametrize("vendor", [True, False])
async def test_a_message_that_is_overtaken_again_and_again_is_searched_when_it_is_read(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch, vendor: bool
) -> None:
    """Never under the lock. What it completes is masked too, and what was found in that before."""
    made = await apply(place.vendor, place.lead, introduction="We are at 0151 23")
    writer, reader = place.vendor.owner, place.prospect.viewer
    if not vendor:
        writer, reader = reader, writer
    overtaking = ["45 67 89", f"Call {PHONE}", "Hello", f"Call {PHONE} or 0151 23"]

    async def overtaken(
        conn: Connection, viewer: Viewer, application_id: UUID, text: str
    ) -> search.Findings | None:
        found = await search.search_new(conn, viewer, application_id, text)
        if text == "45 67 98":
            await send(writer, made, overtaking.pop(0))
        return found

    monkeypatch.setattr("models.chat.send.search_new", overtaken)
    await send(writer, made, "45 67 98")
    assert overtaking == []
    stored = await rows_of("chat_message", application_id=made)
    assert all(row["spans"] is None for row in stored)
    first = "[phone]" if vendor else "45 67 89"
    shown = [first, "Call [phone]", "Hello", "Call [phone] or [phone]", "[phone]"]
    assert await texts(reader, made) == shown
    if vendor:
        application = (await head_of(reader, made)).chat.application
        introduction = (await messages(reader, made))[0].text
        assert [introduction, application.introduction] == ["We are at [phone]"] * 2


async def test_unread_messages_are_counted_until_they_are_read(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    vendor, prospect = place.vendor.owner, place.prospect.viewer
    assert (await head_of(prospect, made)).chat.unread == 1, "the introduction"
    assert (await head_of(prospect, made)).chat.first_unread_id == made
    assert (await head_of(vendor, made)).chat.unread == 0
    first = await send(prospect, made, "Hello")
    second = await send(prospect, made, "Are you there?")
    await send(place.vendor.member, made, "Yes")
    chat = (await head_of(vendor, made)).chat
    assert (chat.unread, chat.first_unread_id) == (2, first)
    assert (await head_of(place.operator, made)).chat.unread == 4
    await mark_read(vendor, QUIET, made, first)
    chat = (await head_of(place.vendor.member, made)).chat
    assert (chat.unread, chat.first_unread_id) == (1, second), "what one of its users read, the account read"


async def test_a_sender_sees_when_the_other_side_first_read_it(
    place: Marketplace, database: Database
) -> None:
    made = await apply(place.vendor, place.lead)
    first = await send(place.vendor.owner, made, "Hello")
    second = await send(place.vendor.owner, made, "Are you there?")
    await database.clock.set(START + SECOND)
    await mark_read(place.prospect.viewer, QUIET, made, first)
    await database.clock.set(START + 2 * SECOND)
    await mark_read(place.operator, QUIET, made, second)
    read = [one.read_by_other_at for one in await messages(place.vendor.owner, made)]
    assert read == [START + SECOND, START + SECOND, None], "an operator is not the other side"
    await mark_read(place.prospect.viewer, QUIET, made, second)
    read = [one.read_by_other_at for one in await messages(place.vendor.member, made)]
    assert read == [START + SECOND, START + SECOND, START + 2 * SECOND], "the first time counts"
    assert not any(one.read_by_other_at for one in await messages(place.prospect.viewer, made))


async def test_a_closed_chat_shows_nothing_to_the_vendor(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    sent = await send(place.prospect.viewer, made, CONTACTS)
    await accept(place.prospect.viewer, QUIET, made)
    await fetch(connection(), "UPDATE delivery SET closed = 'NO_CONSENT' WHERE application_id = $1", made)
    head = await head_of(place.vendor.owner, made)
    assert (head.chat.access.rule_id, head.chat.unread) == ("no_consent_upheld", 0)
    assert await messages(place.vendor.owner, made) == []
    assert await messages_by_id(connection(), place.vendor.owner, [sent, made]) == {}
    assert await texts(place.prospect.viewer, made) == [CONTACTS], "the prospect keeps the own words"
    assert await texts(place.operator, made) == [CONTACTS]


async def test_strangers_find_no_message(place: Marketplace) -> None:
    made = await apply(place.vendor, place.lead)
    sent = await send(place.prospect.viewer, made, CONTACTS)
    for stranger in (
        place.other_vendor.owner,
        place.other_prospect.viewer,
        place.vendor.employee,
        place.agent,
    ):
        assert await messages_by_id(connection(), stranger, [sent, made]) == {}
    found = await messages_by_id(connection(), place.vendor.owner, [sent, made, new_id()])
    assert {one.id: one.side for one in found.values()} == {made: ChatSide.VENDOR, sent: ChatSide.PROSPECT}


async def test_a_message_has_the_place_of_its_event_in_the_feed_that_its_reader_follows(
    place: Marketplace,
) -> None:
    made = await apply(place.vendor, place.lead)
    for viewer, recipient in (
        (place.vendor.owner, place.vendor.id),
        (place.prospect.viewer, place.prospect.id),
        (place.operator, place.vendor.id),
    ):
        (introduction,) = await messages(viewer, made)
        assert introduction.recipient == recipient
        rows = await rows_of("feed_event", recipient=recipient, application_id=made)
        assert introduction.position + 1 == rows[0]["seq"], "whatever follows comes after it"
    await send(place.prospect.viewer, made, "Hello")
    for viewer in (place.vendor.owner, place.prospect.viewer, place.operator):
        introduction, first = await messages(viewer, made)
        rows = await fetch(
            connection(),
            "SELECT seq FROM feed_event WHERE recipient = $1 AND kind = 'CHAT_MESSAGE'",
            first.recipient,
        )
        assert first.position == rows[0]["seq"]
        assert introduction.position < first.position
