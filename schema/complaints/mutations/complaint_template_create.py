"""The mutation `complaintTemplateCreate`. `models.complaints.create_template` selects the deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.complaints.create_template import create_template
from models.complaints.file import TemplateFormat
from models.files.list import FileView, files_by_id
from schema.files.types import File
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `complaintTemplateCreate`.")
class ComplaintTemplateCreateInput:
    """Input of `complaintTemplateCreate`."""

    format: TemplateFormat = strawberry.field(
        default=TemplateFormat.XLSX, description="The file format; XLSX if omitted."
    )
    language: str | None = strawberry.field(
        default=None, description="en, de, pl or ro; the viewer's language if omitted."
    )


@dataclass(frozen=True, slots=True)
class TemplateAnswer:
    """The template, or the refusals."""

    file: FileView | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `complaintTemplateCreate`.")
class ComplaintTemplateCreatePayload:
    """Source: `TemplateAnswer`."""

    file: File | None = strawberry.field(
        description="The template, stored until its link expires; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class ComplaintTemplateCreate:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Create a template file that lists the deliveries eligible for a complaint, to "
        "complete and upload.",
        graphql_type=ComplaintTemplateCreatePayload | None,
    )
    async def complaint_template_create(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            ComplaintTemplateCreateInput, strawberry.argument(description="The input.")
        ],
    ) -> TemplateAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            file_id = await create_template(
                viewer,
                input.format,
                input.language,
                most_stored=context.services.settings.stored_bytes_per_account,
            )
        except REFUSED as error:
            return TemplateAnswer(user_errors=refused(error))
        found = await files_by_id(context.conn, viewer, [file_id])
        return TemplateAnswer(found.get(file_id))
