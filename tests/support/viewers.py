"""Every kind of viewer of a marketplace, and a client for each."""

from enum import StrEnum

from models.base.viewer import Viewer
from tests.support.api import Api, Client
from tests.support.marketplace import Marketplace


class Kind(StrEnum):
    """A kind of viewer, in relation to the marketplace's vendor and the prospect of its lead."""

    ANONYMOUS = "anonymous"
    OWNER = "owner"
    MEMBER = "member"
    EMPLOYEE = "employee"
    OTHER_VENDOR = "other vendor"
    PROSPECT = "prospect"
    OTHER_PROSPECT = "other prospect"
    AGENT = "agent"
    OPERATOR = "operator"


EVERYBODY = tuple(Kind)
SIGNED_IN = tuple(kind for kind in Kind if kind is not Kind.ANONYMOUS)


def viewers_of(place: Marketplace) -> dict[Kind, Viewer]:
    """Return everyone who has a user."""
    return {
        Kind.OWNER: place.vendor.owner,
        Kind.MEMBER: place.vendor.member,
        Kind.EMPLOYEE: place.vendor.employee,
        Kind.OTHER_VENDOR: place.other_vendor.owner,
        Kind.PROSPECT: place.prospect.viewer,
        Kind.OTHER_PROSPECT: place.other_prospect.viewer,
        Kind.AGENT: place.agent,
        Kind.OPERATOR: place.operator,
    }


async def clients_of(api: Api, place: Marketplace) -> dict[Kind, Client]:
    """Return a client of each kind, signed in unless anonymous."""
    signed_in = {kind: await api.client(viewer.user_id) for kind, viewer in viewers_of(place).items()}
    return {Kind.ANONYMOUS: api.nobody, **signed_in}
