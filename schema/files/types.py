"""GraphQL types of files: their metadata, and a download link that expires.

Only a viewer who may see the file gets a link.
"""

from datetime import datetime

import strawberry

from models.files.list import FileView
from models.files.tables import FileKind
from schema.files.links import file_url
from schema.files.loaders import FileLoaders
from schema.graphql.context import Info
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import PageOf
from schema.graphql.reached_at import public_url
from schema.graphql.scalars import Url


async def _signed(file: FileView, info: Info) -> Url:
    """Sign a link; an operator's access to a vendor's upload is logged before the response is sent."""
    context = info.context
    if context.viewer.operator and file.kind is FileKind.COMPLAINT_UPLOAD:
        context.contacts_seen.update(await context.load(FileLoaders).leads_of.load(file.id))
    issuer, operator = context.services.authentication.issuer, context.viewer.operator
    return file_url(issuer, file.id, context.now(), operator=operator)


@strawberry.type(description="A file of an account.")
class File(Node):
    """Source: `FileView`."""

    id: strawberry.ID = node_id("File")
    kind: FileKind = strawberry.field(description="The kind of file.")
    name: str = strawberry.field(description="The file name.")
    media_type: str = strawberry.field(description="The media type, such as text/csv.")
    size: int = strawberry.field(description="The size, in bytes.")
    created_at: datetime = strawberry.field(description="When it was stored.")

    @strawberry.field(
        description="The download path on this server, `/files/…`; valid for ten minutes without a token."
        " Read this field again for a new link. The file is no longer available (410) to its "
        "vendor once a contact in it is closed, and to anyone once a person in it has been "
        "erased."
    )
    async def url(root: strawberry.Parent[FileView], info: Info) -> Url:
        """Sign a link."""
        return await _signed(root, info)

    @strawberry.field(
        description="The download link as an absolute URL: the setting `PUBLIC_URL` or, if that is empty, "
        "the server's URL as the client requested it, followed by `url`. The same rules apply."
    )
    async def download_url(root: strawberry.Parent[FileView], info: Info) -> Url:
        """Sign a link, as `url` does."""
        context = info.context
        return Url(public_url(context.services.settings, context.request) + await _signed(root, info))

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is a file."""
        return isinstance(obj, FileView)


FileConnection = PageOf[File]
