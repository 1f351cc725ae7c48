"""The secretariat that a request is about, for those who manage it; read, not locked."""

from uuid import UUID

from models.base.database import Connection
from models.base.viewer import Viewer
from models.calls.edit import check_may_change
from models.calls.list import find_secretariat, secretariats_by_id
from models.calls.refusals import CallRefusal
from models.calls.views import SecretariatView


async def managed_secretariat(
    conn: Connection, viewer: Viewer, secretariat_id: UUID | None, action: str
) -> SecretariatView:
    """Return the viewer's secretariat, or for operators the one with this id.

    Raises `Refusal`: FORBIDDEN for viewers who may not manage one; REQUIRED without an id for operators;
    NOT_FOUND for another company's.
    """
    check_may_change(viewer, action)
    if secretariat_id is not None:
        found = (await secretariats_by_id(conn, viewer, [secretariat_id])).get(secretariat_id)
    elif viewer.operator:
        raise CallRefusal.SECRETARIAT_UNSPECIFIED.at("secretariatId")
    else:
        found = await find_secretariat(conn, viewer)
    if found is None:
        raise CallRefusal.SECRETARIAT_NOT_FOUND.at("secretariatId")
    return found
