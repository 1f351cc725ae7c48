"""Dispatches that an operator acts on: checked and locked together, in the order of their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState
from rules.messages.dispatch import DispatchChannel, Necessity

MOST_IDS = 500
LONGEST_COMMENT = 500  # characters


@dataclass(frozen=True, slots=True)
class LockedDispatch:
    """A dispatch under lock; `rule_id` is the rule of its last decision."""

    id: UUID
    state: DispatchState
    version: int
    channel: DispatchChannel
    necessity: Necessity
    rule_id: str | None


def require_operator(viewer: Viewer, action: str, field: str) -> None:
    """Raise `Refusal` FORBIDDEN for anybody but an operator, whatever the ids are."""
    if not viewer.operator:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(field, action=action)


async def lock_dispatches(conn: Connection, ids: Sequence[UUID], field: str) -> Mapping[UUID, LockedDispatch]:
    """Lock all of these dispatches, at most 500.

    Raises `Refusal`: REQUIRED without ids, LIMIT_EXCEEDED for too many, NOT_FOUND if one does not exist.
    """
    wanted = set(ids)
    if not wanted:
        raise MessageRefusal.DISPATCHES_MISSING.at(field)
    if len(wanted) > MOST_IDS:
        raise MessageRefusal.TOO_MANY_DISPATCHES.at(field, most=MOST_IDS)
    await fetch(
        conn,
        "SELECT FROM dispatch WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        list(wanted),
    )
    rows = await fetch(
        conn,
        """SELECT dispatch.id, dispatch.state, dispatch.version, dispatch.channel, message.necessity,
                  decision.rule_id
           FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
           LEFT JOIN decision ON decision.id = dispatch.decision_id WHERE dispatch.id = ANY($1::uuid[])""",
        list(wanted),
    )
    if len(rows) < len(wanted):
        raise MessageRefusal.DISPATCH_NOT_FOUND.at(field)
    return {
        row["id"]: LockedDispatch(
            row["id"],
            DispatchState(row["state"]),
            row["version"],
            DispatchChannel(row["channel"]),
            Necessity(row["necessity"]),
            row["rule_id"],
        )
        for row in rows
    }
