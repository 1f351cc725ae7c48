"""Parcels for tests of channels, without a database."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from models.base.ids import new_id
from models.feed.kinds import MessageTemplate
from models.feed.wording.notices import NoticeText
from models.messages.letters import MessageHead
from models.messages.parcels import Parcel, Recipient
from rules import Policy, production_parameters
from rules.messages.dispatch import Blocked, DispatchChannel, DispatchFacts, Reachable, Wanted

STARTED = datetime(2026, 11, 24, 11, 0, 0, 250_000, tzinfo=UTC)
POLICY = Policy.from_parameters(
    version="parcels-1", market="main", effective_from=STARTED, parameters=production_parameters()
)


def make_parcel(
    address: str | None = "vera@vendor.example",
    *,
    template: MessageTemplate = MessageTemplate.CONTACT_AVAILABLE,
    title: str = "Accepted: “Website relaunch”",
    body: str = "The prospect accepted. Get in touch now.",
    locale: str = "en",
    name: str | None = "Vera Lindqvist",
    dispatch_id: UUID | None = None,
) -> Parcel:
    """Return a parcel of a vendor's user whose first attempt is under way."""
    facts = DispatchFacts(
        necessity=template.necessity,
        channel=DispatchChannel.EMAIL,
        wanted=Wanted.ON,
        blocked=Blocked.NO,
        address=Reachable.PRESENT,
        moot=False,
        expired=False,
        quiet=False,
    )
    return Parcel(
        id=dispatch_id or new_id(),
        message=MessageHead(new_id(), template, new_id(), new_id(), None),
        channel=DispatchChannel.EMAIL,
        necessity=template.necessity,
        group=template.group,
        policy=POLICY,
        recipient=Recipient(new_id(), None, None, name, "Demo Agency", address, locale, "Europe/Berlin"),
        facts=facts,
        quiet_until=None,
        attempts=1,
        first_attempt_at=STARTED,
        decided_by=None,
        words=lambda _, __: NoticeText(title, body),
    )


def again(parcel: Parcel) -> Parcel:
    """Return the same parcel at its second attempt."""
    return replace(parcel, attempts=2)
