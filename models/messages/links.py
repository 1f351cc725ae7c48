"""Links in letters: their tokens, and what a token stands for.

A token is derived from the dispatch under the key of hashes, so that a repeated letter has the same links; it
has 256 bits that nobody without the key can guess. A link that does something is stored, under a hash of its
token. The token of an unsubscribe link carries its content and a proof instead, and is never stored.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from models.base.database import Connection, fetch, fetch_one
from models.feed.kinds import NotificationGroup
from models.messages.letters import LETTERS
from models.messages.parcels import Parcel
from models.messages.sending_context import SendingContext
from models.messages.tables import LinkPurpose
from rules.contacting.terms import Medium
from rules.messages.dispatch import DispatchChannel

_TOKEN = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UNSUBSCRIBE = re.compile(r"([0-9a-f]{32})-([A-Z_]{1,20})-([0-9a-f]{64})", re.ASCII)
_STOP = re.compile(r"([0-9a-f]{32})-(ALL|[0-9a-f]{32})-([A-Z]{1,10})-([0-9a-f]{64})", re.ASCII)
_BOUNCE = re.compile(r"([0-9a-f]{32})([0-9a-f]{24})", re.ASCII)


@dataclass(frozen=True, slots=True)
class LinkView:
    """A stored link: whose it is, and whether it can still be used. `locale` is None without a user."""

    token_hash: str
    purpose: LinkPurpose
    subject: UUID
    prospect_id: UUID | None
    user_id: UUID | None
    locale: str | None
    time_zone: str
    over: bool


@dataclass(frozen=True, slots=True)
class StopLink:
    """What the unsubscribe link of a letter to a person stops: letters by a medium, of the market or, with
    an `account_id`, of one vendor.
    """

    prospect_id: UUID
    account_id: UUID | None
    medium: Medium


_PATHS = {LinkPurpose.ANSWER: "answer", LinkPurpose.INVITATION: "invitation"}


def link_token(context: SendingContext, purpose: LinkPurpose, dispatch_id: UUID) -> str:
    """Return the token of a letter's links with a purpose."""
    return context.hashes.of("mail-link", f"{purpose}:{dispatch_id.hex}")


def link_url(context: SendingContext, purpose: LinkPurpose, token: str) -> str:
    """Return the address of the page that a token leads to."""
    return f"{context.origin}/{_PATHS[purpose]}/{token}"


async def store_links(
    conn: Connection, context: SendingContext, parcels: Sequence[Parcel], now: datetime
) -> None:
    """Store the links of letters that are about to be sent; those of a repeated letter exist already."""
    links = [
        (
            _hash(link_token(context, purpose, parcel.id)),
            purpose,
            parcel.message.subject,
            parcel.recipient.prospect_id,
            parcel.recipient.user_id,
            now + (letter.life or timedelta(seconds=parcel.policy.messages.link_life)),
        )
        for parcel in parcels
        if parcel.channel is DispatchChannel.EMAIL
        and (letter := LETTERS[parcel.message.template])
        and (purpose := letter.answers) is not None
    ]
    if links:
        await fetch(
            conn,
            """INSERT INTO mail_link (token_hash, purpose, subject, prospect_id, user_id, expires_at)
               SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[],
                                    $6::timestamptz[])
               ON CONFLICT (token_hash) DO NOTHING""",
            *map(list, zip(*links, strict=True)),
        )


async def find_link(conn: Connection, purpose: LinkPurpose, token: str) -> LinkView | None:
    """Return the link of a token; None if there is none, or its person was erased or disabled."""
    if not _TOKEN.fullmatch(token):
        return None
    row = await fetch_one(
        conn,
        """SELECT link.token_hash, link.purpose, link.subject, link.prospect_id, link.user_id,
                  users.locale, coalesce(users.time_zone, 'UTC') AS time_zone,
                  link.used_at IS NOT NULL OR link.expires_at <= leadgate_clock() AS over
           FROM mail_link AS link LEFT JOIN users ON users.id = link.user_id
           LEFT JOIN prospect ON prospect.id = link.prospect_id
           WHERE link.token_hash = $1 AND link.purpose = $2
             AND prospect.erased_at IS NULL AND users.disabled_at IS NULL""",
        _hash(token),
        purpose,
    )
    return None if row is None else LinkView(**{**dict(row), "purpose": LinkPurpose(row["purpose"])})


async def use_link(conn: Connection, link: LinkView, used_for: str) -> None:
    """Record what a link was used for; only the first time counts."""
    await fetch(
        conn,
        """UPDATE mail_link SET used_at = leadgate_clock(), used_for = $2
           WHERE token_hash = $1 AND used_at IS NULL""",
        link.token_hash,
        used_for,
    )


async def forget_links(conn: Connection, now: datetime) -> None:
    """Delete links that expired more than a year ago."""
    await fetch(conn, "DELETE FROM mail_link WHERE expires_at < $1", now - timedelta(days=365))


def unsubscribe_url(context: SendingContext, user_id: UUID, group: NotificationGroup) -> str:
    """Return the address of the page that switches off a user's optional messages of a group."""
    content = f"{user_id.hex}-{group}"
    return f"{context.origin}/unsubscribe/{content}-{_proof(context, content)}"


def read_unsubscribe(context: SendingContext, token: str) -> tuple[UUID, NotificationGroup] | None:
    """Return the user and the group of a genuine token; None for any other text."""
    match = _UNSUBSCRIBE.fullmatch(token)
    if match is None:
        return None
    user, group, proof = match.groups()
    if not hmac.compare_digest(_proof(context, f"{user}-{group}"), proof):
        return None
    if group not in NotificationGroup.__members__:  # of another version
        return None
    return UUID(hex=user), NotificationGroup[group]


def stop_url(context: SendingContext, link: StopLink) -> str:
    """Return the address of the page that stops optional letters to a person."""
    sender = "ALL" if link.account_id is None else link.account_id.hex
    content = f"{link.prospect_id.hex}-{sender}-{link.medium}"
    return f"{context.origin}/unsubscribe/{content}-{_stop_proof(context, content)}"


def read_stop(context: SendingContext, token: str) -> StopLink | None:
    """Return what a genuine token stops; None for any other text."""
    match = _STOP.fullmatch(token)
    if match is None:
        return None
    prospect, sender, medium, proof = match.groups()
    if not hmac.compare_digest(_stop_proof(context, f"{prospect}-{sender}-{medium}"), proof):
        return None
    if medium not in Medium.__members__:  # of another version
        return None
    return StopLink(UUID(hex=prospect), None if sender == "ALL" else UUID(hex=sender), Medium[medium])


def bounce_token(context: SendingContext, dispatch_id: UUID) -> str:
    """Return the token in the return path of a dispatch, for reports about it; at most 57 characters."""
    return dispatch_id.hex + context.hashes.of("bounce", dispatch_id.hex)[:24]


def read_bounce(context: SendingContext, token: str) -> UUID | None:
    """Return the dispatch of a genuine token; None for any other text."""
    match = _BOUNCE.fullmatch(token)
    if match is None:
        return None
    dispatch_id = UUID(hex=match[1])
    return dispatch_id if hmac.compare_digest(bounce_token(context, dispatch_id), token) else None


def _stop_proof(context: SendingContext, text: str) -> str:
    return context.hashes.of("stop", text)


def _proof(context: SendingContext, text: str) -> str:
    return context.hashes.of("unsubscribe", text)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
