"""Owns the one error that the embedded services raise for a person to read.

Must not carry secrets: its text is printed as it is.
"""


class EmbeddedError(RuntimeError):
    """An embedded service cannot be used; the message names the cause and, where known, the remedy."""
