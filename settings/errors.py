"""Errors that the person who runs the command can fix: one line each, with the cause and the remedy.

Their text is printed as is, so it must not contain secrets.
"""


class FixableError(RuntimeError):
    """A problem outside the code; the message is for the person who runs the command."""

    exit_code = 1


class SettingsError(FixableError):
    """Invalid settings; each line of the message contains a variable and the reason."""

    exit_code = 2


class ProgramError(FixableError):
    """A program cannot be started, or has failed."""


class EmbeddedError(FixableError):
    """An embedded service cannot be used."""


class AddressError(FixableError):
    """The server cannot listen on the requested address."""

    exit_code = 2  # as for every other invalid setting


class FolderError(FixableError):
    """The configured folder cannot be used."""

    exit_code = 2
