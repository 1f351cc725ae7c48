"""Owns what the payloads of applications share: the application, or the user errors when it was not done.

It must not carry faults.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.applications.list import applications_by_id
from models.leads.views import ApplicationView
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

USER_ERRORS = "Why it was not done; empty when it was."
KEY = "Your own key for this operation, such as a UUID: sent twice, it is done once (1 to 200 characters)."
EXPECTED_VERSION = "The version that you have read; another one by now is STALE_VERSION."
APPLICATION = "The application afterwards; null when it was not done."


@dataclass(frozen=True, slots=True)
class ApplicationAnswer:
    """The application after a mutation, or why it did not happen."""

    application: ApplicationView | None = None
    user_errors: Sequence[RefusalView] = ()


async def answer(context: Context, deed: Awaitable[UUID]) -> ApplicationAnswer:
    """Await an action that gives an application's id, and read the application as the viewer sees it now."""
    try:
        application_id = await deed
    except REFUSED as error:
        return ApplicationAnswer(user_errors=refused(error))
    found = await applications_by_id(context.conn, context.viewer, [application_id])
    return ApplicationAnswer(found.get(application_id))
