"""The GraphQL enum of media; whatever has a medium takes it from here, so that it is described first."""

from rules.contacting.terms import Medium
from schema.graphql.enums import describe

__all__ = ["Medium"]

describe(
    Medium,
    "How a person is contacted.",
    {
        "CALL": "By a phone call; leaving a voicemail is one.",
        "SMS": "By a text message.",
        "EMAIL": "By email.",
        "CHAT": "In the chat of an application.",
        "MEETING": "By meeting in person or by video.",
    },
)
