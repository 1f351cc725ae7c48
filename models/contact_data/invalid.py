"""The error that says why a piece of contact data is not accepted.

It never quotes the value: messages are logged.
"""


class InvalidValue(ValueError):  # noqa: N818 - named after the problem, like the API's INVALID
    """A text is invalid for its field; the message says why and gives the remedy, as a verb phrase."""
