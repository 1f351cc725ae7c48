"""Whether a person may be contacted by one medium now, and when that changes (S3.2, law)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.contacting.contact_right import GIVEN, MISSING, ContactRight
from rules.contacting.terms import Medium
from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = [
    "ALLOWED",
    "FORBIDDEN",
    "WAIT",
    "ContactPermission",
    "ContactPermissionFacts",
    "contact_permission",
]


class ContactPermission(StrEnum):
    """The verdicts."""

    ALLOWED = "ALLOWED"
    WAIT = "WAIT"
    FORBIDDEN = "FORBIDDEN"


ALLOWED, WAIT, FORBIDDEN = ContactPermission


@dataclass(frozen=True, slots=True)
class ContactPermissionFacts:
    """The facts that decide whether a person may be contacted by `medium` at an instant.

    The hours are those of the recipient's place: the window that is open or opens next, counted from when the
    numbers of calls allow one. Each number of calls holds until the instant beside it.
    """

    right: ContactRight
    medium: Medium
    asked: bool  # the person asked for it or consented, so that opt-out lists do not matter
    list_stale: datetime  # from when a list that the place demands is too old
    calls_today: int
    day_ends: datetime  # the recipient's day
    calls_this_month: int
    month_eases: datetime  # when fewer calls are within 30 days than the policy allows
    law_eases: datetime  # from when the law's own number of calls allows one
    hours_known: bool  # False: the person may be in zones that share no hours
    hours_open: datetime
    hours_close: datetime


@ruleset(
    "contact_permission",
    ContactPermissionFacts,
    since=("list_stale", "day_ends", "month_eases", "law_eases", "hours_open", "hours_close"),
    fail_closed=FORBIDDEN,
)
def contact_permission(p: Policy) -> None:
    """The right, then lists, numbers of calls and hours for calls and text messages."""
    spoken = (m.right == GIVEN) & m.medium.among(Medium.CALL, Medium.SMS)
    written = (m.right == GIVEN) & m.medium.among(Medium.EMAIL, Medium.CHAT, Medium.MEETING)
    listed = spoken & (m.asked | (m.list_stale < 0))
    full_today = (m.calls_today >= p.contact.calls_a_day) & (m.day_ends < 0)
    room_today = (m.calls_today < p.contact.calls_a_day) | (m.day_ends >= 0)
    full_month = (m.calls_this_month >= p.contact.calls_a_month) & (m.month_eases < 0)
    room_month = (m.calls_this_month < p.contact.calls_a_month) | (m.month_eases >= 0)
    inside = m.hours_known & (m.hours_open >= 0) & (m.hours_close < 0)

    @rule(FORBIDDEN, "Law.contact", m.right == MISSING)
    def no_right() -> None:
        """There is no right to contact the person in this way."""

    @rule(WAIT, "Law.list", spoken & ~m.asked & (m.list_stale >= 0))
    def list_is_stale() -> None:
        """A list of people who want no calls is missing or too old for the law; it must be imported first."""

    @rule(WAIT, "Law.hours", listed & (m.law_eases < 0))
    def enough_by_law() -> None:
        """The law of the person's place does not allow another call yet."""

    @rule(WAIT, "S3.2", listed & full_today)
    def enough_today() -> None:
        """The limit of calls to the person in a day ({calls_a_day}) has been reached."""

    @rule(WAIT, "S3.2", listed & full_month)
    def enough_this_month() -> None:
        """The limit of calls to the person within 30 days ({calls_a_month}) has been reached."""

    @rule(WAIT, "Law.hours", listed & ~m.hours_known)
    def no_common_hours() -> None:
        """The person may be in time zones that share no hours for calls; ask for their place."""

    @rule(WAIT, "Law.hours", listed & ((m.hours_open < 0) | (m.hours_close >= 0)))
    def outside_hours() -> None:
        """It is outside the hours in which calls are allowed at the person's place."""

    @rule(ALLOWED, "Law.hours", listed & inside & (m.law_eases >= 0) & room_today & room_month)
    def may_be_called_now() -> None:
        """There is a right to call, and calls are allowed now at the person's place."""

    @rule(ALLOWED, "Law.contact", written)
    def may_be_written_to() -> None:
        """There is a right to contact the person in this way, at any hour."""
