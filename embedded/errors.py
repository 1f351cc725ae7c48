"""Errors of the embedded services that the person who runs them can fix: one line with cause and remedy.

Their text is printed as is, so it must not contain secrets.
"""


class EmbeddedError(RuntimeError):
    """An embedded service cannot be used."""

    exit_code = 1


class AddressError(EmbeddedError):
    """The server cannot listen on the requested address."""

    exit_code = 2  # as for every other invalid setting


class FolderError(EmbeddedError):
    """The configured folder cannot be used."""

    exit_code = 2
