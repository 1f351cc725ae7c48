"""Deadlines of complaints by the policy's calendar, with the public holidays of its place."""

from datetime import datetime

from models.policies.public_holidays import public_holidays
from rules import Policy, calendar


def decide_by(submitted_at: datetime, policy: Policy) -> datetime:
    """Return the first instant at which the decision on a complaint submitted then is overdue (S5.9)."""
    return calendar.decide_by(submitted_at, policy, public_holidays(policy))


def replacement_due_at(accepted_at: datetime, policy: Policy) -> datetime:
    """Return when points are credited for a replacement that has not arrived (readings of S5)."""
    days = policy.complaint.replacement_wait_days
    return calendar.days_after(accepted_at, days, policy, public_holidays(policy))


def reminders(submitted_at: datetime, policy: Policy) -> list[datetime]:
    """Return when operators are reminded of a complaint: the marks of the policy before its deadline."""
    marks = policy.complaint
    days = {marks.first_mark_days, marks.second_mark_days, marks.last_mark_days} - {0}
    found = {calendar.days_after(submitted_at, mark, policy, public_holidays(policy)) for mark in days}
    return sorted(mark for mark in found if mark < decide_by(submitted_at, policy))
