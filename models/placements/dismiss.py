"""Dismissing of banners: one user no longer sees the banner of one rule about one object."""

from uuid import UUID

from models.applications.list import applications_by_id
from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.complaints.list import ComplaintView, complaints_by_id
from models.feed.refusals import NotificationRefusal
from models.leads.views import ApplicationView
from models.placements.placed import banner_of


async def subject_of(
    conn: Connection, viewer: Viewer, kind: str, subject_id: UUID
) -> ApplicationView | ComplaintView | None:
    """Return the application or complaint that the viewer may see; `kind` is the type of its id."""
    if kind == "Application":
        return (await applications_by_id(conn, viewer, [subject_id])).get(subject_id)
    if kind == "Complaint":
        return (await complaints_by_id(conn, viewer, [subject_id])).get(subject_id)
    return None


async def dismiss_banner(viewer: Viewer, kind: str, subject_id: UUID, rule_id: str) -> None:
    """Dismiss the banner of a rule that the user is shown about an object. Idempotent.

    It needs no lock: if the object changes meanwhile, another rule decides, and its banner is shown.

    Raises `Refusal`: NOT_FOUND if the user is not shown such a banner, REFUSED_BY_RULE if it waits for the
    user's answer.
    """
    async with transaction() as conn:
        subject = await subject_of(conn, viewer, kind, subject_id)
        banner = banner_of(subject, viewer, even_dismissed=True) if subject is not None else None
        if banner is None or banner.rule_id != rule_id:
            raise NotificationRefusal.BANNER_NOT_FOUND.at("ruleId" if subject else "subjectId")
        if not banner.dismissible:
            raise NotificationRefusal.BANNER_NOT_DISMISSIBLE.at("ruleId", decision=banner.decision)
        await fetch(
            conn,
            """INSERT INTO banner_dismissal (id, user_id, subject, rule_id, dismissed_at)
               VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT ON CONSTRAINT banner_dismissed_once DO NOTHING""",
            new_id(),
            viewer.user_id,
            subject_id,
            rule_id,
            await database_now(conn),
        )
