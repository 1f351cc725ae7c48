"""The plans of accounts, which rules ask for as a fact."""

from enum import StrEnum

__all__ = ["Plan"]


class Plan(StrEnum):
    """What an account has booked."""

    FREE = "FREE"
    ADVANCED = "ADVANCED"
    PROFESSIONAL = "PROFESSIONAL"
    ENTERPRISE = "ENTERPRISE"
