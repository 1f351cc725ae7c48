"""Invitations to sub-accounts: the link in a letter with which an employee sets the own password (S4.14).

Of the links to one employee only that of the newest invitation works, until a password is set; what ends an
older one is the newer message, so there is nothing to revoke.
"""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from models.accounts.change_user import refuse_guessable
from models.accounts.create_user import hash_password
from models.accounts.passwords import Passwords
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.ids import new_id
from models.calls.refusals import CallRefusal
from models.feed.journal import Journal, MessageRow
from models.feed.kinds import MessageTemplate
from models.messages.links import LinkView, find_link, link_token, use_link
from models.messages.sending_context import SendingContext
from models.messages.tables import LinkPurpose
from models.policies.versions import policy_in_force

LIFE = timedelta(days=7)  # of a link; the words of the letter say so
MOST_A_DAY = 5  # of one employee: each is an email to an address that somebody else typed
_DAY = timedelta(days=1)

_OPEN = """SELECT users.email, users.name,
        (SELECT dispatch.id FROM outbox_message AS message
         LEFT JOIN dispatch ON dispatch.message_id = message.id
         WHERE message.replaces = $3 ORDER BY message.position DESC LIMIT 1) AS newest
    FROM employee JOIN users ON users.id = employee.user_id
    WHERE employee.id = $1 AND users.id = $2 AND employee.removed_at IS NULL
      AND users.disabled_at IS NULL AND users.password_hash IS NULL"""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The link of an invitation, and the user as far as a password is checked against them."""

    link: LinkView
    email: str
    name: str


async def write_invitation(
    conn: Connection,
    *,
    employee_id: UUID,
    user_id: UUID,
    market_id: UUID,
    actor_id: UUID | None,
    now: datetime,
) -> None:
    """Write the message with the link; the secretariat is locked. Raises `Refusal` LIMIT_EXCEEDED."""
    key = _key(employee_id)
    lately = await fetch(
        conn, "SELECT FROM outbox_message WHERE replaces = $1 AND created_at > $2", key, now - _DAY
    )
    if len(lately) >= MOST_A_DAY:
        raise CallRefusal.TOO_MANY_INVITATIONS.at("employeeId", most=MOST_A_DAY)
    policy_id, _ = await policy_in_force(conn, market_id, now)
    journal = Journal(now, actor_id)
    journal.messages.append(
        MessageRow(
            MessageTemplate.EMPLOYEE_INVITATION,
            user_id,
            employee_id,
            policy_id,
            f"{MessageTemplate.EMPLOYEE_INVITATION}:{new_id()}",
            now,
            expires_at=now + LIFE,
            replaces=key,
        )
    )
    await journal.write(conn)


async def read_invitation(conn: Connection, context: SendingContext, token: str) -> Invitation | None:
    """Return the invitation of a token; None if there is none, or its user was closed.

    Its link is `over` if it was used, has expired, or is not that of the newest invitation.
    """
    link = await find_link(conn, LinkPurpose.INVITATION, token)
    if link is None:
        return None
    row = await fetch_one(conn, _OPEN, link.subject, link.user_id, _key(link.subject))
    newest = None if row is None else row["newest"]
    if row is None or newest is None:
        return Invitation(replace(link, over=True), "", "")
    current = hmac.compare_digest(link_token(context, LinkPurpose.INVITATION, newest), token)
    return Invitation(replace(link, over=link.over or not current), row["email"], row["name"])


async def accept_invitation(
    context: SendingContext, passwords: Passwords, invitation: Invitation, token: str, password: str
) -> bool:
    """Set the user's password; return whether the link could still be used.

    Raises `Refusal` INVALID for a password that is too short, too long or easy to guess, and `PasswordsBusy`.
    """
    refuse_guessable(password, email=invitation.email, name=invitation.name)
    hashed = await hash_password(passwords, password)  # no connection is held meanwhile
    async with transaction() as conn:
        # As all edits of the company: the invitation cannot be replaced or closed meanwhile.
        await fetch(
            conn,
            """SELECT FROM secretariat WHERE id = (SELECT secretariat_id FROM employee WHERE id = $1)
               FOR NO KEY UPDATE""",
            invitation.link.subject,
        )
        now_open = await read_invitation(conn, context, token)
        if now_open is None or now_open.link.over:
            return False
        await fetch(conn, "UPDATE users SET password_hash = $2 WHERE id = $1", now_open.link.user_id, hashed)
        await use_link(conn, now_open.link, "password")
    return True


def _key(employee_id: UUID) -> str:
    return f"{MessageTemplate.EMPLOYEE_INVITATION}:{employee_id}"
