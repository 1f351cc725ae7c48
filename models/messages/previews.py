"""Previews: what dispatches say now, without addresses, without the tokens of their links, and without a
prospect's name to operators; and what would be decided about those that are waiting for their first decision.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection
from models.base.viewer import Viewer
from models.messages.channels.channel import Channel, Preview
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
        parcel.id: channels[parcel.channel].preview(_without_name(parcel, viewer))
        for parcel in parcels
        if (viewer.operator or (viewer.user_id is not None and parcel.recipient.user_id == viewer.user_id))
        and parcel.words is not None
        and parcel.channel in channels
    }


def _without_name(parcel: Parcel, viewer: Viewer) -> Parcel:
    """Return a parcel whose text greets a prospect by name only in the prospect's own preview."""
    recipient = parcel.recipient
    if recipient.prospect_id is None or recipient.user_id == viewer.user_id:
        return parcel
    return replace(parcel, recipient=replace(recipient, name=None))


async def decisions_now(
    conn: Connection, context: SendingContext, ids: Collection[UUID]
) -> dict[UUID, Decision]:
    """Return what the rules decide about these dispatches now; nothing is recorded."""
    now = await database_now(conn)
    parcels = await read_parcels(conn, context, ids, now)
    return {parcel.id: decide(dispatch, parcel.policy, parcel.facts, now) for parcel in parcels}
