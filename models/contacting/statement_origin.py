"""Where a statement comes from."""

from enum import StrEnum


class StatementOrigin(StrEnum):
    """Where a statement comes from."""

    ANSWER = "ANSWER"  # to the direct question
    MARKER = "MARKER"  # found in a message or note by the product
    USER = "USER"  # found in a text that a user passed in
