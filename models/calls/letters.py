"""Letters about secretariats: a company is asked to check its set-up, an employee to set a password."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID

from models.base.database import Connection, fetch
from models.base.refusal import in_language
from models.calls.invitation_words import InvitationWords
from models.calls.invitations import LIFE
from models.feed.kinds import MessageTemplate
from models.feed.wording.language import language_for
from models.feed.wording.notices import NoticeText
from models.messages.letters import Letter, MessageHead, Words, register
from models.messages.tables import LinkPurpose


async def _confirmed_again(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the secretariats that were confirmed again."""
    rows = await fetch(
        conn,
        """SELECT subject FROM deadline
           WHERE kind = 'SECRETARIAT_CHECK' AND subject = ANY($1::uuid[]) AND done_at IS NULL""",
        list(ids),
    )
    return [row["subject"] for row in rows]


async def _settled(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the employees who have set a password, or whose access was closed."""
    rows = await fetch(
        conn,
        """SELECT employee.id FROM employee LEFT JOIN users ON users.id = employee.user_id
           WHERE employee.id = ANY($1::uuid[]) AND (users.id IS NULL OR users.password_hash IS NOT NULL)""",
        list(ids),
    )
    return [row["id"] for row in rows]


async def _words(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    rows = await fetch(
        conn,
        """SELECT employee.id, account.name FROM employee
           JOIN secretariat ON secretariat.id = employee.secretariat_id
           JOIN account ON account.id = secretariat.account_id WHERE employee.id = ANY($1::uuid[])""",
        [message.subject for message in messages],
    )
    companies = {row["id"]: row["name"] for row in rows}
    return {
        message.id: partial(_said, companies[message.subject])
        for message in messages
        if message.subject in companies
    }


def _said(company: str, locale: str, _: str) -> NoticeText:
    language = language_for(locale).catalog.language
    return NoticeText(
        in_language(InvitationWords.SUBJECT, language, company=company),
        in_language(InvitationWords.LETTER, language, company=company),
    )


register(Letter(MessageTemplate.SECRETARIAT_CHECK, moot=_confirmed_again))
register(
    Letter(
        MessageTemplate.EMPLOYEE_INVITATION,
        moot=_settled,
        read=_words,
        answers=LinkPurpose.INVITATION,
        life=LIFE,
    )
)
