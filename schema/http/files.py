"""The download route: anybody with a valid link receives the file."""

from collections.abc import Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.base.database import connection
from models.files.list import open_file
from schema.files.links import OPERATOR, is_genuine
from schema.graphql.services import Services
from schema.http.downloads import NO_STORE, Downloads

PATH = "/files/{file_id}"


class Files:
    """The route of downloads."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Take a function that returns the services, which exist only after startup."""
        self._services = services
        self._downloads = Downloads()

    async def download(self, request: Request) -> Response:
        """Send the file for a valid link; 404 without one, 410 if the file is no longer available."""
        services = self._services()
        file_id = request.path_params["file_id"]
        expires = request.query_params.get("expires", "")
        given = request.query_params.get("signature", "")
        reader = request.query_params.get("reader", "")
        if not is_genuine(services.authentication.issuer, file_id, expires, reader, given):
            return _missing()
        if int(expires) <= services.now().timestamp():
            return _gone("The link has expired. Request a new one.")
        file = await open_file(connection(), UUID(hex=file_id), operator=reader == OPERATOR)
        if file is None:
            return _missing()
        if file.withheld:
            return _gone(file.withheld)
        return self._downloads.answer(file, operator=reader == OPERATOR, head_only=request.method == "HEAD")


def _missing() -> Response:
    return PlainTextResponse("File not found.", 404, headers=NO_STORE)


def _gone(why: str) -> Response:
    return PlainTextResponse(why, 410, headers=NO_STORE)
