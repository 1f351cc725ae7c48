"""The roles of users."""

from enum import StrEnum


class Role(StrEnum):
    """What a user may be; OWNER, MEMBER and EMPLOYEE are roles in a vendor's account."""

    OWNER = "OWNER"
    MEMBER = "MEMBER"
    EMPLOYEE = "EMPLOYEE"
    PROSPECT = "PROSPECT"
    AGENT = "AGENT"
    OPERATOR = "OPERATOR"
