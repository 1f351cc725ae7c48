"""Owns the one kind of error that says why a piece of contact data cannot be taken.

It must not quote the piece: messages end in logs.
"""


class InvalidValue(ValueError):  # noqa: N818 - named for what is wrong, as the API's INVALID is
    """A text is not what its field needs; the message says why and what helps, as a verb's phrase."""
