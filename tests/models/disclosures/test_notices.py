"""The notice of a disclosure says what GDPR Art. 14 requires, to each person, in the person's language."""

from dataclasses import replace
from typing import Any

import pytest

from jobs.sending import Sender
from models.applications.answer import accept
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.base.viewer import ANONYMOUS
from models.deadlines.sweep import sweep
from models.deliveries.deliver import purchase_lead
from models.disclosures.words import NOTICE_WORDS
from models.feed.kinds import NotificationKind
from models.feed.list import list_notifications
from models.feed.wording.notices import notice
from models.leads.tables import LeadSource
from models.messages.compose import Content
from models.messages.expand import expand_messages
from models.messages.previews import previews_of
from models.tables import Contact, Lead, Prospect, User
from rules.messages.dispatch import DispatchChannel
from tests.support.complaints import PROVEN, QUIET, deliver, filed, offer
from tests.support.database import Database
from tests.support.marketplace import (
    CONTACT_VALUES,
    HOUR,
    START,
    MadeLead,
    MadeProspect,
    Marketplace,
    apply,
    make_lead,
    make_prospect,
)
from tests.support.messages import CONTEXT, FakeChannel, dispatches, one_dispatch, send_all
from tests.support.reading import erase, event_kinds, row, rows_of
from tests.support.stops import insert_stop

pytestmark = pytest.mark.usefixtures("without_events")
NOTICE = "contact_disclosed"


async def _notice(channel: FakeChannel | None = None) -> Content:
    """Send everything, and return the only notice."""
    sent = dict((await send_all(channel)).sent)
    return sent[(await one_dispatch(NOTICE))["id"]]


async def _accepted(place: Marketplace, database: Database) -> None:
    await accept(place.prospect.viewer, QUIET, await apply(place.vendor, place.lead))


async def _silent(place: Marketplace, database: Database) -> None:
    await apply(place.vendor, place.lead)
    await send_all()
    await database.clock.set(START + 48 * HOUR)
    await sweep(QUIET)


async def _bought(place: Marketplace, database: Database) -> None:
    await offer(place, place.lead)
    await purchase_lead(place.vendor.member, QUIET, lead_id=place.lead.id, idempotency_key=new_id().hex)


async def _delivered(place: Marketplace, database: Database) -> None:
    await deliver(place, place.vendor, place.lead)


@pytest.mark.parametrize(
    ("disclose", "because", "basis"),
    [
        (_accepted, "You accepted the application from Fake Vendor Ltd", "Art. 6(1)(b)"),
        (_silent, "You did not respond to the application from Fake Vendor Ltd", "Art. 6(1)(f)"),
        (_bought, "Fake Vendor Ltd received your contact data", "Art. 6(1)(f)"),
        (_delivered, "Fake Vendor Ltd received your contact data", "Art. 6(1)(f)"),
    ],
)
async def test_a_notice_says_who_why_what_from_where_how_long_and_which_rights(
    place: Marketplace, database: Database, disclose: Any, because: str, basis: str
) -> None:
    await disclose(place, database)
    notice = await _notice()
    assert notice.subject == "Fake Vendor Ltd has received your contact data"
    assert notice.text.startswith(because)
    assert "“Website relaunch”" in notice.text
    told = dict(notice.details)
    owner = await User.get(id=place.vendor.owner.user_id)
    assert told["Recipient"] == f"Fake Vendor Ltd, {owner.email}"
    assert told["Data"].startswith("Name, company, email address, phone number, postal address, ")
    assert told["Data"].endswith("the text of your request.")
    assert basis in told["Purpose and legal basis"]
    assert told["Source"] == "Your request; it came from: a business opportunity."
    assert set(told) == {
        "Recipient",
        "Data",
        "Purpose and legal basis",
        "Source",
        "Storage period",
        "Your rights",
    }
    assert notice.unsubscribe is None
    assert notice.footer[0] == "The law requires us to send you this message."
    for value in CONTACT_VALUES:
        assert value not in f"{notice.text} {told}"


async def test_the_notification_names_the_vendor_of_a_delivery(place: Marketplace) -> None:
    """Also without an application."""
    await deliver(place, place.vendor, place.lead)
    (view,) = (await list_notifications(connection(), place.prospect.id, first=5)).items
    assert notice(view, "en", "UTC").title == "Fake Vendor Ltd can see your contact data"


async def test_a_replacement_is_told_to_its_own_person(place: Marketplace) -> None:
    fresh = await offer(place)
    faulty = await deliver(place, place.vendor)
    await filed(place.vendor, [faulty], PROVEN)
    await send_all()
    told = {one["subject"]: one for one in await dispatches(NOTICE)}
    assert set(told) == {faulty, (await row("delivery", lead_id=fresh.id))["id"]}


async def test_each_disclosure_has_one_notice_of_the_registers_id(
    place: Marketplace, database: Database
) -> None:
    """However often messages are expanded."""
    await _silent(place, database)
    entries = await fetch(connection(), "SELECT delivery_id, notice_message_id FROM disclosure")
    assert await rows_of("outbox_message", template=NOTICE) == []  # it follows the message to the vendor
    while await expand_messages():
        pass
    await fetch(connection(), "UPDATE outbox_message SET expanded_at = NULL")
    while await expand_messages():
        pass
    (message,) = await rows_of("outbox_message", template=NOTICE)
    assert [(message["subject"], message["id"])] == [tuple(entry) for entry in entries]
    assert (message["recipient"], message["necessity"]) == (place.prospect.id, "REQUIRED_BY_LAW")


@pytest.mark.parametrize("locale", ["en", "de-AT", "pl-PL", "ro-RO"])
async def test_a_notice_is_in_the_persons_language(place: Marketplace, locale: str) -> None:
    prospect = await make_prospect(locale=locale)
    await deliver(place, place.vendor, await make_lead(place.market, prospect))
    said = NOTICE_WORDS[locale[:2]]
    notice = await _notice()
    assert notice.subject == said.title.format(vendor="Fake Vendor Ltd")
    assert [label for label, _ in notice.details] == [
        said.recipient,
        said.data,
        said.purpose,
        said.source,
        said.storage,
        said.rights,
    ]
    assert "{" not in f"{notice.text}{notice.details}"


def test_the_languages_differ_and_are_complete() -> None:
    """Each source of a lead has its words, and no sentence was left untranslated."""
    for said in NOTICE_WORDS.values():
        assert set(said.sources) == set(LeadSource)
        assert len(set(said.sources.values())) == len(LeadSource)
    for name in ("title", "law", "purpose", "storage", "rights", "contract", "interest", "stored", "granted"):
        assert len({getattr(said, name) for said in NOTICE_WORDS.values()}) == len(NOTICE_WORDS), name


async def test_a_source_of_elsewhere_is_told_in_its_own_words(place: Marketplace) -> None:
    await Lead.filter(id=place.lead.id).update(source=LeadSource.OTHER, source_text="Trade fair 2025")
    await deliver(place, place.vendor, place.lead)
    assert dict((await _notice()).details)["Source"] == "Your request; it came from: Trade fair 2025."


async def test_a_notice_names_the_operator_first(place: Marketplace) -> None:
    await deliver(place, place.vendor, place.lead)
    operator = "Leads GmbH, 1 Main Street, Berlin, privacy@leads.example"
    channel = FakeChannel()
    monkeyed = replace(CONTEXT, privacy_contact=operator)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.support.messages.CONTEXT", monkeyed)
        await Sender(monkeyed, channel).send_due()
    ((_, notice),) = [one for one in channel.sent if one[1].details]
    assert notice.details[0] == ("Controller", operator)


async def test_a_vendor_without_an_active_owner_is_named_without_an_address(place: Marketplace) -> None:
    """Never a member's: only owners answer for the account."""
    await User.filter(id=place.vendor.owner.user_id).update(disabled_at=START)
    await deliver(place, place.vendor, place.lead)
    assert dict((await _notice()).details)["Recipient"] == "Fake Vendor Ltd"


async def test_a_preview_hides_the_vendors_address(place: Marketplace) -> None:
    await deliver(place, place.vendor, place.lead)
    await send_all()
    sent = await one_dispatch(NOTICE)
    channels: Any = {DispatchChannel.EMAIL: FakeChannel()}
    previews = await previews_of(connection(), place.operator, CONTEXT, channels, [sent["id"]])
    assert "Fake Vendor Ltd, …" in previews[sent["id"]].text
    assert "@users.example" not in previews[sent["id"]].text


async def _imported(place: Marketplace, email: str | None) -> MadeLead:
    prospect = await Prospect.create()
    lead = await make_lead(place.market, MadeProspect(prospect.id, ANONYMOUS))
    await Contact.filter(lead_id=lead.id).update(email=email)
    return lead


async def test_a_person_without_a_user_is_told_at_the_contacts_address(place: Marketplace) -> None:
    lead = await _imported(place, "petra@fake.example")
    await deliver(place, place.vendor, lead)
    notice = await _notice()
    assert (await one_dispatch(NOTICE))["lead_id"] == lead.id
    assert notice.greeting == "Guten Tag,"  # by the lead's country


async def test_a_person_without_an_address_is_put_to_the_operators(place: Marketplace) -> None:
    """The delivery stands, and the operators send the notice by post."""
    delivery = await deliver(place, place.vendor, await _imported(place, None))
    await send_all()
    found = await one_dispatch(NOTICE)
    assert (found["state"], found["rule_id"]) == ("SUPPRESSED", "no_address")
    await _told_operators(place, delivery)


async def test_a_person_whose_users_are_disabled_is_put_to_the_operators(place: Marketplace) -> None:
    await User.filter(id=place.prospect.viewer.user_id).update(disabled_at=START)
    delivery = await deliver(place, place.vendor, place.lead)
    await send_all()
    await send_all()
    assert await dispatches(NOTICE) == []
    await _told_operators(place, delivery)


async def _told_operators(place: Marketplace, delivery: Any) -> None:
    assert place.operator.user_id is not None
    assert await event_kinds(place.operator.user_id) == [NotificationKind.NOTICE_UNDELIVERED]
    (event,) = await rows_of("feed_event", recipient=place.operator.user_id)
    assert event["delivery_id"] == delivery


async def test_nobody_is_told_after_an_erasure(place: Marketplace) -> None:
    """Neither the person nor the operators: there is nobody left to tell."""
    assert place.operator.user_id is not None
    disabled = await make_prospect()
    await User.filter(id=disabled.viewer.user_id).update(disabled_at=START)
    for lead in place.lead, await make_lead(place.market, disabled):
        await deliver(place, place.vendor, lead)
        await erase(lead.prospect.id, START)
    assert NOTICE not in [one["template"] for one in await dispatches() if one["state"] == "SENT"]
    await send_all()
    assert [(one["state"], one["rule_id"]) for one in await dispatches(NOTICE)] == [("EXPIRED", "moot")]
    assert await event_kinds(place.operator.user_id) == []


async def test_a_stop_does_not_keep_the_notice_back(place: Marketplace) -> None:
    """Who must not be contacted has the right to know who has the data."""
    await deliver(place, place.vendor, place.lead)
    await insert_stop(place.prospect.id)
    await send_all()
    assert (await one_dispatch(NOTICE))["state"] == "SENT"
