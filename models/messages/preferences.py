"""Which optional messages a user wants, by group and channel.

Without a preference, a user gets all emails and no text messages: these cost the account money. They are for
users who act for an account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.clock import CLOCK
from models.base.database import Connection, connection, fetch, fetch_one
from models.base.ids import new_id
from models.base.role import Role
from models.feed.kinds import MessageSubject, MessageTemplate, NotificationGroup, necessity_on
from models.messages.letters import LETTERS
from models.messages.refusals import MessageRefusal
from rules.messages.dispatch import DispatchChannel, Necessity

_TEXTED = frozenset({Role.OWNER, Role.MEMBER})


@dataclass(frozen=True, slots=True)
class PreferenceView:
    """Whether a group's messages are sent on a channel. `switchable`: whether any of them is optional."""

    group: NotificationGroup
    channel: DispatchChannel
    on: bool
    switchable: bool


def _sent() -> dict[tuple[NotificationGroup, DispatchChannel], bool]:
    """Return the groups and channels of the messages that are sent, and whether any of them is optional."""
    found: dict[tuple[NotificationGroup, DispatchChannel], bool] = {}
    for template in MessageTemplate:
        if template in LETTERS and template.about is not MessageSubject.CALL:  # to employees, not to users
            for channel in template.channels:
                place = (template.group, channel)
                optional = necessity_on(channel, template, template.necessity) is Necessity.OPTIONAL
                found[place] = found.get(place, False) or optional
    return found


async def preferences_of(conn: Connection, user_id: UUID) -> Sequence[PreferenceView]:
    """Return a user's preferences, in the order of the groups, in one statement."""
    rows = await fetch(
        conn,
        """SELECT users.account_role, preference.grouping, preference.channel, preference.is_on
           FROM users LEFT JOIN notification_preference AS preference ON preference.user_id = users.id
           WHERE users.id = $1""",
        user_id,
    )
    chosen = {(row["grouping"], row["channel"]): row["is_on"] for row in rows}
    texted = any(row["account_role"] in _TEXTED for row in rows)
    sent = {place: on for place, on in _sent().items() if texted or place[1] is not DispatchChannel.SMS}
    order = sorted(sent, key=lambda place: (list(NotificationGroup).index(place[0]), place[1]))
    return [
        PreferenceView(
            group,
            channel,
            chosen.get((group, channel), channel is not DispatchChannel.SMS),
            sent[group, channel],
        )
        for group, channel in order
    ]


async def set_preference(
    user_id: UUID, group: NotificationGroup, channel: DispatchChannel, *, on: bool
) -> PreferenceView:
    """Switch a user's optional messages of a group on a channel on or off. Idempotent.

    Raises `Refusal` CONFLICT if none of them is optional, REQUIRED to switch on text messages without a
    mobile number.
    """
    if not _sent().get((group, channel), False):
        raise MessageRefusal.NOT_SWITCHABLE.at("group")
    if channel is DispatchChannel.SMS:
        user = await fetch_one(connection(), "SELECT account_role, mobile FROM users WHERE id = $1", user_id)
        if user is None or user["account_role"] not in _TEXTED:
            raise MessageRefusal.NOT_SWITCHABLE.at("group")
        if on and user["mobile"] is None:
            raise MessageRefusal.MOBILE_MISSING.at("channel")
    await fetch(
        connection(),
        f"""WITH {CLOCK} INSERT INTO notification_preference AS p
                (id, user_id, grouping, channel, is_on, changed_at)
            VALUES ($1, $2, $3, $4, $5, (SELECT now FROM clock))
            ON CONFLICT (user_id, grouping, channel) DO UPDATE
                SET is_on = excluded.is_on, changed_at = excluded.changed_at
                WHERE p.is_on <> excluded.is_on""",
        new_id(),
        user_id,
        group,
        channel,
        on,
    )
    return PreferenceView(group, channel, on, switchable=True)
