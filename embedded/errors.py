"""Errors that the person running Leadgate can fix: one line each, with the cause and the remedy.

Their text is printed as is, so it must not contain secrets.
"""


class MendableError(RuntimeError):
    """Something outside the code is wrong; the message is for the person who runs it."""

    exit_code = 1


class EmbeddedError(MendableError):
    """An embedded service cannot be used."""


class AddressError(MendableError):
    """Nothing can listen on the address that was asked for."""

    exit_code = 2  # as for every other wrong setting


class FolderError(MendableError):
    """Nothing can be kept in the folder that was asked for."""

    exit_code = 2
