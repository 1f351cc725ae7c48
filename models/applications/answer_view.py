"""What the page behind a link shows to the prospect before an answer: the application and its text."""

from dataclasses import dataclass

from models.applications.list import applications_by_id
from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.feed.kinds import NotificationKind
from models.feed.list import NotificationView, notifications_of_messages
from models.leads.views import ApplicationView
from models.messages.links import LinkView


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An application as its prospect sees it, and the notification with which it arrived."""

    application: ApplicationView
    notification: NotificationView | None


async def answer_view(conn: Connection, viewer: Viewer, link: LinkView) -> AnswerView | None:
    """Return what a link of the viewer is about; None if the viewer may not see it."""
    found = (await applications_by_id(conn, viewer, [link.subject])).get(link.subject)
    if found is None:
        return None
    rows = await fetch(
        conn,
        "SELECT id FROM feed_event WHERE recipient = $1 AND application_id = $2 AND kind = $3",
        viewer.prospect_id,
        link.subject,
        NotificationKind.APPLICATION_RECEIVED,
    )
    told = await notifications_of_messages(conn, [row["id"] for row in rows])
    return AnswerView(found, next(iter(told.values()), None))
