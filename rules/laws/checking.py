"""When the rows of laws have to be checked again: each row is good for a year."""

from datetime import date, timedelta

from rules.laws.calling_hours import HOURS_TABLES, hours_rows
from rules.laws.opt_in import OPT_IN

__all__ = ["GOOD_FOR", "NOTICE", "checks_due"]

GOOD_FOR = timedelta(days=366)
NOTICE = timedelta(days=60)  # how long before a check is due somebody is told


def checks_due(by: date) -> list[str]:
    """The rows of the newest tables that are to be checked by a day, each as a sentence with the remedy."""
    newest = HOURS_TABLES[-1]
    due = [
        f"Calling hours of {row.place} ({row.law}) were last checked on {row.checked_on}. Check the law by "
        f"{row.checked_on + GOOD_FOR}, and copy table {newest} to a new one with the new dates."
        for row in hours_rows(newest).values()
        if row.checked_on + GOOD_FOR < by
    ]
    due += [
        f"The consent that {row.place} wants ({row.law}) was last checked on {row.checked_on}. Check the law "
        f"by {row.checked_on + GOOD_FOR}, and set the new date in rules/laws/opt_in.py."
        for row in OPT_IN
        if row.checked_on + GOOD_FOR < by
    ]
    return due
