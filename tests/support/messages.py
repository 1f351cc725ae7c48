"""Sending in tests: a context, a channel that does as it is told, and shortcuts to read dispatches."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest
from asyncpg import Record

from jobs.sending import Sender
from models.base.database import connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.feed.kinds import NotificationGroup
from models.messages.channels.channel import Code, Lane, Preview, Result
from models.messages.channels.mail import MailForm
from models.messages.compose import Content, compose
from models.messages.letters import LETTERS
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext
from models.process.wake import Silence
from models.tables import NotificationPreference, User
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome
from tests.support.api import HASH_KEY, KEY_FILE

ORIGIN = "https://leads.test"
SEALER = Sealer(KEY_FILE.read_bytes())
CONTEXT = SendingContext(KeyedHash(HASH_KEY.encode()), ORIGIN, Silence(), SEALER)
FORM = MailForm(CONTEXT, "hello@leads.test", "mail.leads.test")
ACCEPTED = Result(DispatchOutcome.ACCEPTED, Code.ACCEPTED)
Answer = Callable[[Parcel], Result]


def failed(
    outcome: DispatchOutcome = DispatchOutcome.TEMPORARY, code: Code = Code.NOT_CONNECTED, **given: object
) -> Answer:
    """Return the answer of a provider that fails each time."""
    result = Result(outcome, code, **given)  # type: ignore[arg-type]
    return lambda _: result


@dataclass
class FakeChannel:
    """A channel in memory: it remembers what it sent, and answers as it is told."""

    answer: Answer = lambda _: ACCEPTED
    kind: DispatchChannel = DispatchChannel.EMAIL
    lanes: int = 2
    seconds: float = 60.0
    repeatable: bool = True
    charged: bool = False
    sent: list[tuple[UUID, Content]] = field(default_factory=list)
    events: list[Parcel] = field(default_factory=list)  # with a calendar event, apart from the others
    hold: asyncio.Event | None = None
    started: asyncio.Event = field(default_factory=asyncio.Event)

    def lane(self) -> Lane:
        """Return the channel itself."""
        return self

    def preview(self, parcel: Parcel) -> Preview:
        """Return what the email would be."""
        return FORM.preview(parcel)

    async def send(self, parcel: Parcel) -> Result:
        """Remember the parcel; wait while the test holds the provider."""
        if parcel.invitation is None:
            self.sent.append((parcel.id, compose(parcel, CONTEXT)))
        else:
            self.events.append(parcel)
        self.started.set()
        if self.hold is not None:
            await self.hold.wait()
        return self.answer(parcel)

    async def close(self) -> None:
        """Do nothing."""

    @property
    def subjects(self) -> list[str]:
        """The subjects of what was sent, in order."""
        return [content.subject for _, content in self.sent]


def leave_out_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send no calendar events."""
    for template, letter in list(LETTERS.items()):
        if letter.events is not None:
            monkeypatch.delitem(LETTERS, template)


async def send_all(channel: FakeChannel | None = None) -> FakeChannel:
    """Send what is due now, and return the channel."""
    channel = channel or FakeChannel()
    await Sender(CONTEXT, channel).send_due()
    return channel


async def dispatches(template: str | None = None) -> Sequence[Record]:
    """Return all dispatches with the template of their message and the rules that decided, oldest first."""
    return await fetch(
        connection(),
        """SELECT dispatch.*, message.template, message.subject, decision.rule_id,
                  retried.rule_id AS retry_rule_id
           FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
           LEFT JOIN decision ON decision.id = dispatch.decision_id
           LEFT JOIN decision AS retried ON retried.id = dispatch.retry_decision_id
           WHERE $1::text IS NULL OR template = $1 ORDER BY dispatch.id""",
        template,
    )


async def one_dispatch(template: str) -> Record:
    """Return the only dispatch of a template."""
    found = await dispatches(template)
    assert len(found) == 1, [row["state"] for row in found]
    return found[0]


async def attempts(dispatch_id: UUID) -> list[tuple[str | None, str | None]]:
    """Return the outcome and code of each attempt, first to last."""
    rows = await fetch(
        connection(),
        "SELECT outcome, code FROM dispatch_attempt WHERE dispatch_id = $1 ORDER BY number",
        dispatch_id,
    )
    return [(row["outcome"], row["code"]) for row in rows]


async def want_texts(
    user_id: UUID | None,
    group: NotificationGroup = NotificationGroup.APPLICATIONS,
    mobile: str = "+4915112345678",
) -> None:
    """Give a user a mobile number, and switch on text messages about a group."""
    await User.filter(id=user_id).update(mobile=mobile)
    await NotificationPreference.create(
        user_id=user_id,
        grouping=group,
        channel=DispatchChannel.SMS,
        is_on=True,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
