"""Why an address outside is not requested, and why an answer is not used.

These are errors of httpx, so a library that is given the client handles them like any failed request.
"""

from enum import StrEnum

import httpx


class AddressRefusal(StrEnum):
    """Why no connection is opened; for the log and the metric, not for users, who could map our network."""

    SCHEME = "SCHEME"  # not https
    USER_INFO = "USER_INFO"  # a user name or password in the URL
    HOST = "HOST"  # a number in any notation, a single label, or a reserved name
    PORT = "PORT"
    ADDRESS = "ADDRESS"  # at least one address of the name is not public


class AddressRefused(httpx.TransportError):
    """The address may not be requested; nothing was connected to."""

    def __init__(self, why: AddressRefusal) -> None:
        """Take the reason; the message does not quote the address."""
        super().__init__(f"the address is not allowed ({why})")
        self.why = why


class AnswerTooLarge(httpx.ReadError):
    """The answer has more bytes than the caller reads."""


class AnswerEncoded(httpx.DecodingError):
    """The answer is compressed, although identity encoding was requested."""


class AnswerTooLate(httpx.ReadTimeout):
    """The request took longer than all its steps together may take."""
