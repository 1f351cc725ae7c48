"""Lifting a do-not-contact stop: the person their own, an operator any, an owner those of the own company."""

from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.refusals import RequestRefusal
from models.base.role import Role
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.contacting.list import held_persons
from models.contacting.refusals import ContactingRefusal
from models.contacting.tables import StopOrigin, StopScope

LONGEST_REASON = 500  # characters
_OF_PERSON = frozenset({StopOrigin.PERSON, StopOrigin.LINK})  # vendors must not undo what the person did


@dataclass(frozen=True, slots=True)
class _Found:
    prospect_id: UUID
    act_id: UUID
    scope: StopScope
    account_id: UUID | None
    origin: StopOrigin


async def lift_stop(viewer: Viewer, stop_id: UUID, *, reason: str) -> None:
    """Lift a stop, and those that were set with it for the same person; a lifted one stays as it is.

    What has ended because of it does not begin again. Raises `Refusal`: REQUIRED without a reason,
    NOT_FOUND for a stop that the viewer may not see, FORBIDDEN for one that others must lift.
    """
    if viewer.user_id is None or not (viewer.operator or viewer.vendor_id or viewer.prospect_id):
        raise ContactingRefusal.STOP_NOT_FOR_ROLE.at()
    if viewer.vendor_id is not None and Role.OWNER not in viewer.roles:  # whatever the id is
        raise RequestRefusal.ONLY_FOR_OWNERS.at(action="lift a do-not-contact stop")
    text = checked_text("reason", reason, LONGEST_REASON, missing="required. Say why, for the record.")
    async with transaction() as conn:
        found = await _find(conn, viewer, stop_id)
        rows = await fetch(
            conn,
            # Of the person's own act: the own prospect, and rows of files, whose persons have no user.
            """SELECT id FROM do_not_contact AS stop
               WHERE act_id = $1 AND lifted_at IS NULL
                 AND ($2::uuid IS NULL OR prospect_id = $2
                      OR NOT EXISTS (SELECT FROM users WHERE users.prospect_id = stop.prospect_id))
               ORDER BY id FOR NO KEY UPDATE""",
            found.act_id,
            viewer.prospect_id,
        )
        await fetch(
            conn,
            """UPDATE do_not_contact SET lifted_at = least($2, until),
                      lifted_by = CASE WHEN until <= $2 THEN NULL ELSE $3::uuid END,
                      lift_reason = CASE WHEN until <= $2 THEN NULL ELSE $4 END
               WHERE id = ANY($1::uuid[])""",
            [row["id"] for row in rows],
            await database_now(conn),
            viewer.user_id,
            text,
        )


async def _find(conn: Connection, viewer: Viewer, stop_id: UUID) -> _Found:
    row = await fetch_one(
        conn,
        "SELECT prospect_id, act_id, scope, account_id, origin FROM do_not_contact WHERE id = $1",
        stop_id,
    )
    if row is None:
        raise ContactingRefusal.DO_NOT_CONTACT_NOT_FOUND.at("doNotContactId")
    found = _read(row)
    if viewer.operator:
        return found
    if viewer.vendor_id is None:
        if found.prospect_id != viewer.prospect_id:
            raise ContactingRefusal.DO_NOT_CONTACT_NOT_FOUND.at("doNotContactId")
        return found
    own = found.account_id == viewer.vendor_id
    if not own and (
        found.scope is StopScope.ACCOUNT or not await held_persons(conn, viewer, [found.prospect_id])
    ):
        raise ContactingRefusal.DO_NOT_CONTACT_NOT_FOUND.at("doNotContactId")
    if not own or found.origin in _OF_PERSON:
        raise ContactingRefusal.STOP_NOT_YOURS.at("doNotContactId")
    return found


def _read(row: Record) -> _Found:
    return _Found(
        row["prospect_id"],
        row["act_id"],
        StopScope(row["scope"]),
        row["account_id"],
        StopOrigin(row["origin"]),
    )
