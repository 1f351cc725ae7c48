"""The error that says why a piece of contact data is not accepted.

It never quotes the value: messages are logged.
"""


class InvalidValue(ValueError):  # noqa: N818 - named for what is wrong, as the API's INVALID is
    """A text is not what its field needs; the message says why and what helps, as a verb's phrase."""
