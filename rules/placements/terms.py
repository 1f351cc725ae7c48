"""Terms of placements: where something is shown, to whom, and what it asks of the reader."""

from enum import StrEnum

__all__ = ["Audience", "Placement", "Shown"]


class Placement(StrEnum):
    """Where something is shown."""

    BANNER = "BANNER"
    NOTIFICATION = "NOTIFICATION"
    TOOLTIP = "TOOLTIP"
    SYSTEM_MESSAGE = "SYSTEM_MESSAGE"


class Audience(StrEnum):
    """Who looks."""

    VENDOR = "VENDOR"
    PROSPECT = "PROSPECT"
    OPERATOR = "OPERATOR"


class Shown(StrEnum):
    """The verdicts: what the message asks of the reader; NOTHING means that nothing is shown."""

    NOTHING = "NOTHING"
    INFORM = "INFORM"
    WAIT = "WAIT"
    REVIEW = "REVIEW"
    ANSWER = "ANSWER"
    CONTACT = "CONTACT"
    CONFIRM_MEETING = "CONFIRM_MEETING"
    PROPOSE_MEETING = "PROPOSE_MEETING"
    COMPLAIN = "COMPLAIN"
    APPLY_ELSEWHERE = "APPLY_ELSEWHERE"
    WITHDRAW = "WITHDRAW"
    DECIDE = "DECIDE"
