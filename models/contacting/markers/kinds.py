"""What a sign says, and how clearly."""

from enum import StrEnum


class StatementKind(StrEnum):
    """What a person said about being contacted."""

    WRITE = "WRITE"
    CALL = "CALL"
    CHAT = "CHAT"
    MEET = "MEET"
    CANNOT_TALK = "CANNOT_TALK"
    HOUSE_READS_MAIL = "HOUSE_READS_MAIL"
    CALLBACK_PROMISED = "CALLBACK_PROMISED"
    OUT_OF_OFFICE = "OUT_OF_OFFICE"
    STOP_CALLS = "STOP_CALLS"
    STOP_MAIL = "STOP_MAIL"
    STOP_ALL = "STOP_ALL"


class Strength(StrEnum):
    """STRONG: a request that names the medium; it decides alone. WEAK: two must agree."""

    STRONG = "STRONG"
    WEAK = "WEAK"


MEDIA = frozenset({StatementKind.WRITE, StatementKind.CALL, StatementKind.CHAT, StatementKind.MEET})
STOPS = frozenset({StatementKind.STOP_CALLS, StatementKind.STOP_MAIL, StatementKind.STOP_ALL})
