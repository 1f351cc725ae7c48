"""The error for a table that is refused as a whole."""


class TableError(ValueError):
    """The file as a whole cannot be read as a table; the message says why and what helps, without values."""
