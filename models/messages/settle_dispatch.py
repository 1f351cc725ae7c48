"""Records whether an uncertain dispatch arrived, as an operator has found out."""

from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.viewer import Viewer
from models.contact_data.checked_text import checked_text
from models.feed.journal import Journal
from models.ledger.movements import Movement
from models.messages.charges import cents_of, charge_of
from models.messages.locked import LONGEST_COMMENT, LockedDispatch, lock_dispatches, require_operator
from models.messages.refusals import MessageRefusal
from models.messages.tables import DispatchState
from models.policies.versions import policies_by_id


async def settle_dispatch(
    viewer: Viewer, dispatch_id: UUID, *, arrived: bool, comment: str, expected_version: int | None = None
) -> None:
    """Settle an uncertain dispatch: as sent, which is charged like an accepted one, or to be sent again.

    Raises `Refusal`: FORBIDDEN, NOT_FOUND, REQUIRED without a comment, STALE_VERSION, CONFLICT unless it is
    uncertain.
    """
    require_operator(viewer, "settle dispatches", "dispatchId")
    text = checked_text("comment", comment, LONGEST_COMMENT, missing="required. Say how you know.")
    async with transaction() as conn:
        found = (await lock_dispatches(conn, [dispatch_id], "dispatchId"))[dispatch_id]
        if expected_version is not None and expected_version != found.version:
            raise MessageRefusal.DISPATCH_CHANGED.at(
                "expectedVersion", version=found.version, expected=expected_version
            )
        if found.state is not DispatchState.UNCERTAIN:
            raise MessageRefusal.NOT_UNCERTAIN.at("dispatchId", state=found.state)
        journal = Journal(await database_now(conn))
        charge = await _charge(conn, found) if arrived else None
        if charge is not None:
            journal.movements.append(charge)
        await fetch(
            conn,
            """UPDATE dispatch SET state = CASE WHEN $2 THEN 'SENT' ELSE 'WAITING' END,
                   sent_at = CASE WHEN $2 THEN $5::timestamptz END,
                   due_at = CASE WHEN $2 THEN due_at ELSE $5::timestamptz END,
                   comment = $3, cost_cents = $4, version = version + 1
               WHERE id = $1""",
            dispatch_id,
            arrived,
            text,
            cents_of(charge),
            journal.now,
        )
        await journal.write(conn)


async def _charge(conn: Connection, found: LockedDispatch) -> Movement | None:
    """Return the charge of a dispatch that was sent by a provider: only a charged one becomes uncertain."""
    rows = await fetch(
        conn,
        """SELECT message.policy_id, coalesce(users.account_id, secretariat.account_id) AS account_id
           FROM dispatch JOIN outbox_message AS message ON message.id = dispatch.message_id
           LEFT JOIN users ON users.id = dispatch.user_id
           LEFT JOIN employee ON employee.id = dispatch.employee_id
           LEFT JOIN secretariat ON secretariat.id = employee.secretariat_id WHERE dispatch.id = $1""",
        found.id,
    )
    policy_id, account_id = rows[0]["policy_id"], rows[0]["account_id"]
    policies = await policies_by_id(conn, {policy_id})
    return charge_of(found.channel, policies[policy_id], account_id, found.id)
