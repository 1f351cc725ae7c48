"""Limits of employees' calendars."""

from datetime import timedelta

MOST_CALENDARS = 10  # of an employee
LONGEST_URL = 2_000  # characters
ASK_SECONDS = 60  # between two requests to read a calendar at once
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)  # after failures
READ_AT_LEAST = timedelta(
    days=1
)  # unchanged content is read again, because the time that counts has moved on
