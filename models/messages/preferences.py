"""Which optional messages a user wants, by group and channel; without a preference, all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.clock import CLOCK
from models.base.database import Connection, connection, fetch
from models.base.ids import new_id
from models.feed.kinds import MessageTemplate, NotificationGroup
from models.messages.letters import LETTERS
from models.messages.refusals import MessageRefusal
from rules.messages.dispatch import DispatchChannel, Necessity


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
        if template in LETTERS:
            for channel in template.channels:
                place = (template.group, channel)
                found[place] = found.get(place, False) or template.necessity is Necessity.OPTIONAL
    return found


async def preferences_of(conn: Connection, user_id: UUID) -> Sequence[PreferenceView]:
    """Return a user's preferences, in the order of the groups, in one statement."""
    rows = await fetch(
        conn, "SELECT grouping, channel, is_on FROM notification_preference WHERE user_id = $1", user_id
    )
    chosen = {(row["grouping"], row["channel"]): row["is_on"] for row in rows}
    sent = _sent()
    order = sorted(sent, key=lambda place: (list(NotificationGroup).index(place[0]), place[1]))
    return [
        PreferenceView(group, channel, chosen.get((group, channel), True), sent[group, channel])
        for group, channel in order
    ]


async def set_preference(
    user_id: UUID, group: NotificationGroup, channel: DispatchChannel, *, on: bool
) -> PreferenceView:
    """Switch a user's optional messages of a group on a channel on or off. Idempotent.

    Raises `Refusal` CONFLICT if none of them is optional.
    """
    if not _sent().get((group, channel), False):
        raise MessageRefusal.NOT_SWITCHABLE.at("group")
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
