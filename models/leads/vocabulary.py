"""Owns the words that several tables and files share: enumerations that are stored by name.

It must not decide anything, nor hold a word that only one table uses.
"""

from enum import StrEnum


class Channel(StrEnum):
    """How a prospect wants to be reached first (S1.4, S3.1)."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    CHAT = "CHAT"
    VIDEO_MEETING = "VIDEO_MEETING"


class LeadSource(StrEnum):
    """Where a lead came from (S3.11); what is none of these is OTHER, with its text beside it."""

    CHAT = "CHAT"
    ORDER = "ORDER"
    REGISTRATION = "REGISTRATION"
    FREE_MATERIAL = "FREE_MATERIAL"
    REVIEW = "REVIEW"
    CALCULATOR = "CALCULATOR"
    CONTEST = "CONTEST"
    COUPON = "COUPON"
    WEBINAR = "WEBINAR"
    AGGREGATOR = "AGGREGATOR"
    NEWSLETTER = "NEWSLETTER"
    OPPORTUNITY = "OPPORTUNITY"
    OTHER = "OTHER"
