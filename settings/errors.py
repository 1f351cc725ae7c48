"""Errors that the person who runs the command can fix: one line each, with the cause and the remedy.

Their text is printed as it is, so it must not contain secrets.
"""


class MendableError(RuntimeError):
    """Something outside the code is wrong; the message is for the person who runs it."""

    exit_code = 1


class SettingsError(MendableError):
    """The environment is wrong; each line of the message names a variable and the reason."""

    exit_code = 2
