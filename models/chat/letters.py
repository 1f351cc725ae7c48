"""The letter about unread messages: as long as there are any, and the reader can answer them."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from models.applications.case import CASE_TABLES
from models.base.database import Connection, fetch
from models.chat.facts import ACCESS_COLUMNS, access_of
from models.chat.nudge_words import NudgeWords
from models.chat.unread import unread_messages
from models.feed.kinds import MessageTemplate
from models.feed.wording.notices import NoticeText
from models.feed.wording.refusals import sentence_message
from models.messages.letters import Letter, MessageHead, Words, register
from models.policies.versions import policies_by_id
from rules.chat.chat_access import OPEN
from rules.visibility import ViewerKind

_READER = "CASE WHEN asked.recipient = application.account_id THEN 'VENDOR' ELSE 'PROSPECT' END"
_UNREAD = f"""SELECT asked.id, application.policy_id, {ACCESS_COLUMNS}, lead.title,
        account.name AS vendor, asked.recipient = application.account_id AS for_vendor
    FROM {CASE_TABLES}
    JOIN account ON account.id = application.account_id
    JOIN unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (id, application_id, recipient)
        ON asked.application_id = application.id
    WHERE EXISTS (SELECT FROM {unread_messages("application.id", _READER, "asked.recipient")})"""


async def _words(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    """Return the words of the messages about which there is still something to say."""
    rows = await fetch(
        conn,
        _UNREAD,
        [message.id for message in messages],
        [message.subject for message in messages],
        [message.recipient for message in messages],
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    found: dict[UUID, Words] = {}
    for row in rows:
        viewer = ViewerKind.VENDOR if row["for_vendor"] else ViewerKind.PROSPECT_OWNER
        if access_of(viewer, policies[row["policy_id"]], row).verdict is OPEN:
            vendor = None if row["for_vendor"] else row["vendor"]
            found[row["id"]] = partial(_said, row["title"], vendor)
    return found


def _said(lead: str, vendor: str | None, locale: str, time_zone: str) -> NoticeText:
    body = NudgeWords.TO_VENDOR.sentence(lead=lead)
    if vendor is not None:
        body = NudgeWords.TO_PROSPECT.sentence(lead=lead, vendor=vendor)
    return NoticeText(
        sentence_message(NudgeWords.SUBJECT.sentence(lead=lead), locale, time_zone),
        sentence_message(body, locale, time_zone),
    )


register(Letter(MessageTemplate.CHAT_NUDGE, read=_words))
