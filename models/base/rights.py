"""The check whether a viewer may act for a vendor, with the message for everybody else."""

from uuid import UUID

from models.base.refusal import Refusal, RefusalCode
from models.base.viewer import Viewer


def only_for_vendors(action: str) -> str:
    """Return the message that refuses an action, such as "complain", to those who do not act for a vendor."""
    return f"Only owners and members of a vendor's account can {action}."


def acting_vendor(viewer: Viewer, action: str, *field: str) -> UUID:
    """Return the account that the viewer acts for. Raises `Refusal` FORBIDDEN if there is none."""
    if viewer.vendor_id is None:
        raise Refusal(RefusalCode.FORBIDDEN, field, only_for_vendors(action))
    return viewer.vendor_id
