"""Parcels: dispatches with all that is needed to decide about them, to compose them and to send them.

They are read anew each time, under the claim: what is sent is what is true then.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.contact_data.redaction import Redacted
from models.contact_data.stopped import stopped_by
from models.feed.kinds import MessageTemplate, NotificationGroup, necessity_on
from models.messages.calendar.application_event import EventCopy, Invitation, letter_of
from models.messages.devices.target import PushTarget, SealedOtherwise, read_targets
from models.messages.events import never_sent, read_events
from models.messages.letters import LETTERS, MessageHead, Words
from models.messages.quiet_hours import quiet_until
from models.messages.sending_context import SendingContext
from models.messages.tables import SuppressionReason
from models.messages.webhooks.target import WebhookTarget, read_webhooks
from models.policies.versions import policies_by_id
from rules import Policy
from rules.messages.dispatch import Blocked, DispatchChannel, DispatchFacts, Necessity, Reachable, Wanted

# For a prospect without a user, by the country of the lead.
_LANGUAGES = {
    "DE": "de-DE",
    "AT": "de-AT",
    "CH": "de-CH",
    "LI": "de-LI",
    "PL": "pl-PL",
    "RO": "ro-RO",
    "MD": "ro-MD",
}


@dataclass(frozen=True, slots=True, repr=False)
class Recipient(Redacted):
    """Who a dispatch is for, as of now. `name` greets a user or an employee; a lead's contact and further
    recipients are greeted without one.
    """

    user_id: UUID | None
    lead_id: UUID | None
    prospect_id: UUID | None
    name: str | None
    company: str | None
    address: str | None
    locale: str
    time_zone: str
    account_id: UUID | None = None  # which is charged


@dataclass(frozen=True, slots=True, repr=False)
class Parcel(Redacted):
    """One dispatch, with its message, its recipient, its facts, and its words in any language.

    `event` is what a calendar event would show now; `invitation` is the version of it that is sent, which a
    claim sets. A push message has a `target`, and `ends_at` if what it is about can be done until then.
    """

    id: UUID
    message: MessageHead
    channel: DispatchChannel
    necessity: Necessity
    group: NotificationGroup
    policy: Policy
    recipient: Recipient
    facts: DispatchFacts
    quiet_until: datetime | None
    attempts: int
    first_attempt_at: datetime | None
    decided_by: str | None  # the rule of the last recorded decision
    words: Words | None
    event: EventCopy | None = None
    invitation: Invitation | None = None
    target: PushTarget | SealedOtherwise | None = None
    ends_at: datetime | None = None
    webhook: WebhookTarget | None = None


# A stop names a medium as `Medium` does: of the channels, emails and text messages have one of their own.
_SELECT = f"""SELECT dispatch.id, dispatch.channel, users.id AS user_id, dispatch.lead_id, dispatch.device_id,
        dispatch.attempts,
        dispatch.first_attempt_at, message.id AS message_id, message.template, message.necessity,
        message.grouping, message.recipient, message.subject, message.policy_id, message.event_id,
        message.expires_at, decision.rule_id AS decided_by,
        CASE WHEN dispatch.device_id IS NOT NULL THEN NULL
            WHEN dispatch.channel = 'SMS' THEN coalesce(users.mobile, employee.mobile)
            WHEN dispatch.copy > 0 THEN employee.cc[dispatch.copy]
            ELSE coalesce(users.email, employee.email, contact.email, endpoint.url) END AS address,
        account.id AS account_id, account.name AS company,
        CASE WHEN dispatch.copy = 0 THEN btrim(employee.first_name || ' ' || employee.last_name)
            ELSE users.name END AS name,
        coalesce(users.locale, secretariat.language) AS locale,
        coalesce(users.time_zone, secretariat.time_zone, contact.time_zone, 'UTC') AS time_zone, lead.country,
        prospect.id AS prospect_id,
        users.disabled_at IS NOT NULL OR prospect.erased_at IS NOT NULL OR employee.removed_at IS NOT NULL
            OR coalesce(endpoint.state = 'DISABLED' OR endpoint.deleted_at IS NOT NULL, false) AS gone,
        {stopped_by("prospect.id", "dispatch.channel")} AS stopped,
        coalesce(preference.is_on, dispatch.channel <> 'SMS' OR employee.id IS NOT NULL) AS wanted,
        EXISTS (SELECT FROM outbox_message AS newer
                WHERE newer.replaces = message.replaces AND newer.position > message.position) AS superseded
    FROM dispatch
    JOIN outbox_message AS message ON message.id = dispatch.message_id
    LEFT JOIN device ON device.id = dispatch.device_id
    LEFT JOIN users ON users.id = coalesce(dispatch.user_id, device.user_id)
    LEFT JOIN employee ON employee.id = dispatch.employee_id
    LEFT JOIN secretariat ON secretariat.id = employee.secretariat_id
    LEFT JOIN account ON account.id = coalesce(users.account_id, secretariat.account_id)
    LEFT JOIN lead ON lead.id = dispatch.lead_id
    LEFT JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN webhook_endpoint AS endpoint ON endpoint.id = dispatch.endpoint_id
    LEFT JOIN prospect ON prospect.id = coalesce(users.prospect_id, lead.prospect_id)
    LEFT JOIN notification_preference AS preference
        ON preference.user_id = users.id AND preference.grouping = message.grouping
       AND preference.channel = dispatch.channel
    LEFT JOIN decision ON decision.id = dispatch.decision_id
    WHERE dispatch.id = ANY($1::uuid[]) ORDER BY dispatch.due_at, dispatch.id"""
_SUPPRESSED = """SELECT address_key, channel, array_agg(DISTINCT reason) AS reasons FROM suppression
    WHERE address_key = ANY($1::text[]) AND lifted_at IS NULL AND (until IS NULL OR until > $2)
    GROUP BY address_key, channel"""


async def read_parcels(
    conn: Connection, context: SendingContext, ids: Collection[UUID], now: datetime
) -> list[Parcel]:
    """Read these dispatches as of now, in the order of their due times: a fixed number of statements for
    each template.
    """
    rows = await fetch(conn, _SELECT, list(ids))
    if not rows:
        return []
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    keys = {row["id"]: context.address_key(row["channel"], row["address"]) for row in rows if row["address"]}
    suppressed = {
        (row["channel"], row["address_key"]): row["reasons"]
        for row in await fetch(conn, _SUPPRESSED, list(set(keys.values())), now)
    }
    heads = {row["id"]: _head(row) for row in rows}
    words, moot, events = await _read_letters(conn, heads.values())
    pushed = {row["id"]: row["device_id"] for row in rows if row["device_id"] is not None}
    targets = await read_targets(conn, context.sealer, pushed.values())
    ends = await _read_ends(conn, [heads[dispatch_id] for dispatch_id in pushed])
    sent = [row["id"] for row in rows if row["channel"] == DispatchChannel.WEBHOOK]
    webhooks = await read_webhooks(conn, context.sealer, sent) if sent else {}
    return [
        _parcel(
            row,
            heads[row["id"]],
            policies[row["policy_id"]],
            now,
            reasons=suppressed.get((row["channel"], keys.get(row["id"], "")), ()),
            moot=row["message_id"] in moot or row["superseded"],
            words=words.get(row["message_id"]),
            event=events.get(row["message_id"]),
            target=targets.get(row["device_id"]),
            ends_at=ends.get(row["message_id"]),
            webhook=webhooks.get(row["id"]),
        )
        for row in rows
    ]


def _head(row: Record) -> MessageHead:
    return MessageHead(
        row["message_id"],
        MessageTemplate(row["template"]),
        row["recipient"],
        row["subject"],
        row["event_id"],
    )


async def _read_letters(
    conn: Connection, heads: Collection[MessageHead]
) -> tuple[Mapping[UUID, Words], set[UUID], Mapping[UUID, EventCopy]]:
    """Return the words of each message, the messages that have become moot, and the events of the others.

    A message without words is moot, and so is the cancellation of an event that nobody has received.
    """
    by_template: dict[MessageTemplate, dict[UUID, MessageHead]] = {}
    for head in heads:
        by_template.setdefault(head.template, {})[head.id] = head
    events = await read_events(conn, heads)
    words: dict[UUID, Words] = {message_id: partial(letter_of, event) for message_id, event in events.items()}
    moot = await never_sent(conn, events)
    for template, messages in by_template.items():
        letter = LETTERS.get(template)
        if letter is None:
            moot |= messages.keys()
            continue
        if letter.events is None:
            words.update(await letter.read(conn, list(messages.values())))
        over = set(await letter.moot(conn, {head.subject for head in messages.values()}))
        moot |= {head.id for head in messages.values() if head.subject in over or head.id not in words}
    return words, moot, events


async def _read_ends(conn: Connection, heads: Collection[MessageHead]) -> Mapping[UUID, datetime]:
    """Return until when the reader can do what each message is about, if there is an end."""
    ends: dict[UUID, datetime] = {}
    for template in {head.template for head in heads if head.template in LETTERS}:
        messages = [head for head in heads if head.template == template]
        found = await LETTERS[template].ends(conn, {head.subject for head in messages})
        ends |= {head.id: found[head.subject] for head in messages if head.subject in found}
    return ends


def _parcel(
    row: Record,
    head: MessageHead,
    policy: Policy,
    now: datetime,
    *,
    reasons: Sequence[str],
    moot: bool,
    words: Words | None,
    event: EventCopy | None,
    target: PushTarget | SealedOtherwise | None,
    ends_at: datetime | None,
    webhook: WebhookTarget | None,
) -> Parcel:
    channel = DispatchChannel(row["channel"])
    necessity = necessity_on(channel, head.template, Necessity(row["necessity"]))
    quiet = quiet_until(policy, row["time_zone"], now)
    recipient = Recipient(
        user_id=row["user_id"],
        lead_id=row["lead_id"],
        prospect_id=row["prospect_id"],
        name=row["name"],
        company=row["company"],
        address=row["address"],
        locale=row["locale"] or _LANGUAGES.get(row["country"] or "", "en"),
        time_zone=row["time_zone"],
        account_id=row["account_id"],
    )
    facts = DispatchFacts(
        necessity=necessity,
        channel=channel,
        wanted=Wanted.ON if row["wanted"] else Wanted.OFF,
        blocked=_blocked(row, reasons),
        address=Reachable.PRESENT if row["address"] or target else Reachable.MISSING,
        moot=moot,
        expired=row["expires_at"] is not None and row["expires_at"] <= now,
        quiet=quiet is not None,
    )
    return Parcel(
        id=row["id"],
        message=head,
        channel=channel,
        necessity=necessity,
        group=NotificationGroup(row["grouping"]),
        policy=policy,
        recipient=recipient,
        facts=facts,
        quiet_until=quiet,
        attempts=row["attempts"],
        first_attempt_at=row["first_attempt_at"],
        decided_by=row["decided_by"],
        words=words,
        event=event,
        target=target,
        ends_at=ends_at,
        webhook=webhook,
    )


def _blocked(row: Record, reasons: Sequence[str]) -> Blocked:
    bounced = {SuppressionReason.HARD_BOUNCE, SuppressionReason.SOFT_BOUNCE} & set(reasons)
    for applies, blocked in (
        (row["gone"], Blocked.GONE),
        (bounced, Blocked.HARD_BOUNCE),
        (row["stopped"], Blocked.DO_NOT_CONTACT),
        (SuppressionReason.ABUSE_REPORT in reasons, Blocked.ABUSE_REPORT),
    ):
        if applies:
            return blocked
    return Blocked.NO
