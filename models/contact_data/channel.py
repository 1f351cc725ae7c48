"""The ways in which a prospect can be reached."""

from enum import StrEnum


class Channel(StrEnum):
    """How a prospect wants to be reached first (S1.4, S3.1)."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    CHAT = "CHAT"
    VIDEO_MEETING = "VIDEO_MEETING"
