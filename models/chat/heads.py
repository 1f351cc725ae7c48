"""What is known of a chat before its messages are read: who may read, what is unread, who its authors are."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from models.applications.case import CASE_TABLES
from models.applications.list import ApplicationFilter, applications_by_id, list_applications
from models.base.database import Connection, fetch
from models.base.keyset import Slice
from models.base.viewer import Viewer
from models.chat.facts import ACCESS_COLUMNS, access_of, side_of
from models.chat.unread import unread_messages
from models.chat.views import ChatView
from models.chat.words import Author
from models.feed.wording.language import language_for
from models.leads.masks import Reader
from models.leads.views import ApplicationView
from rules import Decision
from rules.chat.chat_access import CLOSED
from rules.chat.chat_view import ChatSide
from rules.visibility import VISIBLE, ViewerKind

MOST_UNREAD = 1_000
NEWEST_CHATS = 100  # among which unread ones are looked for
_HEADS = f"""SELECT application.id, application.account_id, lead.prospect_id, {ACCESS_COLUMNS},
        contact.full_name, unread.messages, unread.first_id,
        EXISTS (SELECT FROM chat_read
                WHERE chat_read.application_id = application.id AND chat_read.recipient = $2) AS opened
    FROM {CASE_TABLES}
    LEFT JOIN contact ON contact.lead_id = lead.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS messages, (array_agg(id ORDER BY seq))[1] AS first_id FROM (
            SELECT id, seq FROM {unread_messages("application.id", "$3", "$2")}
            ORDER BY seq LIMIT {MOST_UNREAD}) AS counted) AS unread
    WHERE application.id = ANY($1::uuid[])"""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A chat as its viewer finds it. `reader` is the viewer, `other` who reads what the viewer writes.

    `followed` is the recipient whose feed has the chat's events for the viewer, and `marked` the one whose
    read marks the viewer sees. System messages are worded in `locale` and `time_zone`.
    """

    chat: ChatView
    side: ChatSide
    reader: Reader
    other: Reader
    followed: UUID
    marked: UUID | None
    vendor: str
    prospect: str
    operator: str
    system: str
    locale: str
    time_zone: str

    @property
    def closed(self) -> bool:
        """Whether the viewer may not read the messages."""
        return self.chat.access.verdict is CLOSED

    def author(self, side: ChatSide) -> str:
        """Return what the author of a message is called."""
        names = {
            ChatSide.VENDOR: self.vendor,
            ChatSide.PROSPECT: self.prospect,
            ChatSide.OPERATOR: self.operator,
            ChatSide.SYSTEM: self.system,
        }
        return names[side]


async def heads_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Head]:
    """Return the chats of those of the applications that the viewer may see."""
    applications = await applications_by_id(conn, viewer, ids)
    heads = await heads_of(conn, viewer, applications.values())
    return {head.chat.application.id: head for head in heads}


async def unread_chats(conn: Connection, viewer: Viewer) -> frozenset[UUID]:
    """Return those of the viewer's 100 newest applications whose chats have unread messages."""
    page = await list_applications(conn, viewer, Slice(NEWEST_CHATS), ApplicationFilter())
    heads = await heads_of(conn, viewer, page.items)
    return frozenset(head.chat.application.id for head in heads if head.chat.unread)


async def heads_of(conn: Connection, viewer: Viewer, applications: Collection[ApplicationView]) -> list[Head]:
    """Return the chat of each of the applications, which were read for the viewer, in one statement.

    Messages are masked by the visibility that the application was read with, in the same answer.
    """
    if not applications:
        return []
    side = side_of(viewer)
    rows = await fetch(conn, _HEADS, [one.id for one in applications], viewer.recipient, side)
    found = {row["id"]: row for row in rows}
    return [_head(viewer, side, one, found[one.id]) for one in applications]


def _head(viewer: Viewer, side: ChatSide, application: ApplicationView, row: Record) -> Head:
    kind = viewer.kind_for(application.lead.prospect_id)
    policy, language = application.policy.policy, language_for(viewer.locale).catalog.language
    access = access_of(kind, policy, row)
    other = ViewerKind.PROSPECT_OWNER if side is ChatSide.VENDOR else ViewerKind.VENDOR
    marked = {ChatSide.VENDOR: row["prospect_id"], ChatSide.PROSPECT: row["account_id"]}.get(side)
    return Head(
        chat=_chat(application, access, side, row),
        side=side,
        reader=Reader(kind, application.visibility, policy, language),
        other=Reader(other, application.visibility, policy, language),
        followed=row["prospect_id"] if side is ChatSide.PROSPECT else row["account_id"],
        marked=marked if policy.chat.chat_show_read_marks else None,
        vendor=application.vendor.name,
        prospect=_prospect(application, kind, row["full_name"], language),
        operator=getattr(Author.OPERATOR.words, language),
        system=getattr(Author.SYSTEM.words, language),
        locale=viewer.locale,
        time_zone=viewer.time_zone,
    )


def _chat(application: ApplicationView, access: Decision, side: ChatSide, row: Record) -> ChatView:
    if access.verdict is CLOSED:
        return ChatView(application, access, 0, None)
    unread, first_id = row["messages"], row["first_id"]
    if side is not ChatSide.VENDOR and not row["opened"]:
        unread, first_id = min(unread + 1, MOST_UNREAD), application.id
    return ChatView(application, access, unread, first_id)


def _prospect(application: ApplicationView, kind: ViewerKind, full_name: str | None, language: str) -> str:
    """Return the prospect's name, for the vendor only after the reveal (S1.8)."""
    visible = kind is not ViewerKind.VENDOR or application.visibility.verdict is VISIBLE
    hidden: str = getattr(Author.PROSPECT.words, language)
    return full_name if visible and full_name is not None else hidden
