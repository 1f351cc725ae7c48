"""Shared parts of application payloads: the application, or user errors if the mutation failed."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.applications.list import applications_by_id
from models.leads.views import ApplicationView
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

USER_ERRORS = "Why the mutation failed; empty if it succeeded."
KEY = (
    "A key that you choose for this operation, such as a UUID (1 to 200 characters). "
    "A request repeated with the same key is carried out only once."
)
EXPECTED_VERSION = (
    "The version that you read; if the object has changed since, the mutation fails with STALE_VERSION."
)
APPLICATION = "The application; null if the mutation failed."


@dataclass(frozen=True, slots=True)
class ApplicationAnswer:
    """The application after a mutation, or the refusals."""

    application: ApplicationView | None = None
    user_errors: Sequence[RefusalView] = ()

    @property
    def account_id(self) -> UUID | None:
        """The vendor's account, whose points the mutation may have moved."""
        return self.application.vendor.id if self.application else None


async def answer(context: Context, action: Awaitable[UUID]) -> ApplicationAnswer:
    """Await an action that returns an application id, and read the application as the viewer sees it now."""
    try:
        application_id = await action
    except REFUSED as error:
        return ApplicationAnswer(user_errors=refused(error))
    found = await applications_by_id(context.conn, context.viewer, [application_id])
    return ApplicationAnswer(found.get(application_id))
