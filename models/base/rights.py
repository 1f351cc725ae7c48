"""The check whether a viewer may act for a vendor, with the message for everybody else."""

from uuid import UUID

from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer


def only_for_vendors(action: str) -> str:
    """Return the message that refuses an action, such as "complain", to those who do not act for a vendor."""
    return RequestRefusal.ONLY_FOR_VENDORS.english({"action": action})


def acting_vendor(viewer: Viewer, action: str, *field: str) -> UUID:
    """Return the account that the viewer acts for. Raises `Refusal` FORBIDDEN if there is none."""
    if viewer.vendor_id is None:
        raise RequestRefusal.ONLY_FOR_VENDORS.at(*field, action=action)
    return viewer.vendor_id
