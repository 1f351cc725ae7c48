"""Readers of placed messages for the tests."""

from uuid import UUID

from models.applications.list import applications_by_id
from models.base.database import connection
from models.base.viewer import Viewer
from models.complaints.list import complaints_by_id
from models.leads.views import ApplicationView
from models.placements.placed import PlacedView, placed_messages
from rules.placements.terms import Placement


async def application(viewer: Viewer, application_id: UUID) -> ApplicationView:
    """Return an application that the viewer may see."""
    return (await applications_by_id(connection(), viewer, [application_id]))[application_id]


async def placed(viewer: Viewer, application_id: UUID) -> dict[Placement, PlacedView]:
    """Return what the viewer is shown about an application, by place."""
    view = await application(viewer, application_id)
    return {message.place: message for message in placed_messages(view, viewer)}


async def rules_of(viewer: Viewer, application_id: UUID) -> dict[str, str]:
    """Return the rules that decided, by place."""
    return {place.value: one.rule_id for place, one in (await placed(viewer, application_id)).items()}


async def placed_on_complaint(viewer: Viewer, complaint_id: UUID) -> dict[Placement, PlacedView]:
    """Return what the viewer is shown about a complaint, by place."""
    view = (await complaints_by_id(connection(), viewer, [complaint_id]))[complaint_id]
    return {message.place: message for message in placed_messages(view, viewer)}
