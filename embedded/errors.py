"""Errors of the embedded services that the person who runs them can fix: one line, cause and remedy.

Their text is printed as is, so it must not contain secrets.
"""


class EmbeddedError(RuntimeError):
    """An embedded service cannot be used."""

    exit_code = 1


class AddressError(EmbeddedError):
    """Nothing can listen on the address that was asked for."""

    exit_code = 2  # as for every other wrong setting


class FolderError(EmbeddedError):
    """Nothing can be kept in the folder that was asked for."""

    exit_code = 2
