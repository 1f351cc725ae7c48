"""Previews: what dispatches say now, without addresses, without the tokens of their links, without a
prospect's name to operators, and without what a caller left; and what would be decided about those that are
waiting for their first decision.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection
from models.base.viewer import Viewer
from models.feed.wording.notices import NoticeText
from models.messages.channels.channel import Channel, Preview
from models.messages.letters import Words
from models.messages.parcels import Parcel, read_parcels
from models.messages.sending_context import SendingContext
from rules import Decision, decide
from rules.messages.dispatch import DispatchChannel, dispatch


async def previews_of(
    conn: Connection,
    viewer: Viewer,
    context: SendingContext,
    channels: Mapping[DispatchChannel, Channel],
    ids: Collection[UUID],
) -> dict[UUID, Preview]:
    """Return what dispatches say, for operators and for their recipients; those without words are left out.

    The number of statements does not depend on the number of dispatches.
    """
    parcels = await read_parcels(conn, context, ids, await database_now(conn))
    return {
        parcel.id: channels[parcel.channel].preview(_shown(parcel, viewer, parcel.words))
        for parcel in parcels
        if (viewer.operator or (viewer.user_id is not None and parcel.recipient.user_id == viewer.user_id))
        and parcel.words is not None
        and parcel.channel in channels
    }


def _shown(parcel: Parcel, viewer: Viewer, words: Words) -> Parcel:
    """Return a parcel whose text greets a prospect by name only in the prospect's own preview, and hides what
    only the recipients of the message may read.
    """

    def said(locale: str, time_zone: str) -> NoticeText:
        text = words(locale, time_zone)
        return text.hidden or text

    recipient = parcel.recipient
    if recipient.prospect_id is not None and recipient.user_id != viewer.user_id:
        recipient = replace(recipient, name=None)
    return replace(parcel, recipient=recipient, words=said)


async def decisions_now(
    conn: Connection, context: SendingContext, ids: Collection[UUID]
) -> dict[UUID, Decision]:
    """Return what the rules decide about these dispatches now; nothing is recorded."""
    now = await database_now(conn)
    parcels = await read_parcels(conn, context, ids, now)
    return {parcel.id: decide(dispatch, parcel.policy, parcel.facts, now) for parcel in parcels}
