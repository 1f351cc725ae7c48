"""The error for a table that is refused as a whole."""


class TableError(ValueError):
    """The whole file cannot be read as a table; the message says why and how to fix it, without values."""
