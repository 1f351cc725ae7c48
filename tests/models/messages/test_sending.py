"""From an outbox message to what was sent: to whom, in which words, once."""

import pytest

from jobs.sweeping import Sweeper
from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.viewer import ANONYMOUS
from models.messages.expand import expand_messages
from models.process.wake import Silence
from models.tables import Prospect, User
from tests.support.database import Database
from tests.support.marketplace import HOUR, MadeProspect, Marketplace, apply, make_lead
from tests.support.messages import attempts, dispatches, one_dispatch, send_all

_TO_TWO = "contact_available"  # the owner and the member

pytestmark = pytest.mark.usefixtures("without_events")


async def test_a_prospect_gets_the_words_of_the_notification_with_two_links(place: Marketplace) -> None:
    """S1.5: the letter says what the notification says, and both links lead to the page of answers."""
    await apply(place.vendor, place.lead)
    channel = await send_all()
    ((dispatch_id, content),) = channel.sent
    assert content.subject == "Fake Vendor Ltd applied for “Website relaunch”"
    assert "If you accept, Fake Vendor Ltd sees your contact data immediately." in content.text
    assert [button.label for button in content.buttons] == ["Accept", "Decline"]
    urls = [button.url for button in content.buttons]
    assert urls[0].removesuffix("#accept") == urls[1].removesuffix("#decline")
    assert urls[0].startswith("https://leads.test/answer/")
    sent = await one_dispatch("application_received")
    assert (sent["id"], sent["state"], sent["rule_id"], sent["attempts"]) == (dispatch_id, "SENT", "sent", 1)
    assert await attempts(dispatch_id) == [("ACCEPTED", "accepted")]


async def test_acceptance_and_decline_are_mailed_to_owners_and_members(place: Marketplace) -> None:
    """S1.7, S1.8: not to employees."""
    other = await make_lead(place.market, place.prospect)
    accepted, declined = await apply(place.vendor, place.lead), await apply(place.vendor, other)
    await accept(place.prospect.viewer, Silence(), accepted)
    await decline(place.prospect.viewer, Silence(), declined)
    await send_all()
    for template in ("contact_available", "application_declined"):
        found = await dispatches(template)
        assert {row["user_id"] for row in found} == {place.vendor.owner.user_id, place.vendor.member.user_id}
        assert {row["state"] for row in found} == {"SENT"}


async def test_each_letter_is_in_the_recipients_language(place: Marketplace) -> None:
    await User.filter(id=place.prospect.viewer.user_id).update(locale="de")
    await apply(place.vendor, place.lead)
    channel = await send_all()
    ((_, content),) = channel.sent
    assert content.language == "de"
    assert content.subject == "Fake Vendor Ltd hat sich auf „Website relaunch“ beworben"
    assert [button.label for button in content.buttons] == ["Annehmen", "Ablehnen"]


async def test_the_reminder_is_mailed_after_24_hours_and_the_reveal_is_not_repeated(
    place: Marketplace, database: Database
) -> None:
    await apply(place.vendor, place.lead)
    await send_all()
    await database.clock.advance(24 * HOUR)
    await Sweeper(Silence(), 10).settle_due()
    reminders = await send_all()
    assert reminders.subjects == ["Please review an application for “Website relaunch”"]
    await database.clock.advance(24 * HOUR)
    await Sweeper(Silence(), 10).settle_due()
    assert len((await send_all()).sent) == 3  # to the owner and the member, and the notice to the prospect
    assert (await send_all()).sent == []


async def _without_user(place: Marketplace) -> MadeProspect:
    prospect = await Prospect.create()
    return MadeProspect(prospect.id, ANONYMOUS)


async def test_a_prospect_without_a_user_is_written_to_at_the_leads_address(place: Marketplace) -> None:
    """As after an import; greeted without a name, in the language of the lead's country."""
    prospect = await _without_user(place)
    lead = await make_lead(place.market, prospect)
    await apply(place.vendor, lead)
    channel = await send_all()
    ((_, content),) = channel.sent
    sent = await one_dispatch("application_received")
    assert (sent["lead_id"], sent["user_id"], sent["state"]) == (lead.id, None, "SENT")
    assert content.greeting == "Guten Tag,"


async def test_a_prospect_without_a_user_or_an_address_gets_nothing(place: Marketplace) -> None:
    lead = await make_lead(place.market, await _without_user(place))
    await fetch(connection(), "UPDATE contact SET email = NULL WHERE lead_id = $1", lead.id)
    await apply(place.vendor, lead)
    assert (await send_all()).sent == []
    found = await one_dispatch("application_received")
    assert (found["state"], found["rule_id"]) == ("SUPPRESSED", "no_address")


async def test_messages_are_expanded_once_by_any_number_of_workers(place: Marketplace) -> None:
    await apply(place.vendor, place.lead)
    assert await expand_messages() == 3  # the letter, and the event of each side
    assert await expand_messages() == 0
    await fetch(connection(), "UPDATE outbox_message SET expanded_at = NULL")
    assert await expand_messages() == 3
    assert len(await dispatches()) == 1


async def test_messages_to_many_users_are_expanded_in_several_transactions(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.messages.expand.MOST_USERS", 1)
    for lead in place.lead, await make_lead(place.market, place.prospect):
        await accept(place.prospect.viewer, Silence(), await apply(place.vendor, lead))
    await fetch(
        connection(), "UPDATE outbox_message SET expanded_at = created_at WHERE template <> $1", _TO_TWO
    )
    assert [await expand_messages() for _ in range(5)] == [1, 1, 1, 1, 0]  # then the notices that follow
    assert len(await dispatches(_TO_TWO)) == 4
