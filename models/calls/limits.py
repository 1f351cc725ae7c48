"""Maximum sizes of a secretariat's data."""

from datetime import timedelta

LONGEST_GREETING = 1_000  # characters, as are the others
LONGEST_INSTRUCTION = 5_000
LONGEST_NAME = 100
LONGEST_POSITION = 200
LONGEST_TEXT = 500  # of an absence or an appointment
LONGEST_NOTE = 2_000
LONGEST_QUESTION = 500
LONGEST_ANSWER = 5_000
LONGEST_LABEL = 200
LONGEST_CHOICE = 100
LONGEST_CONCERN = 5_000
LONGEST_NOTE_ANSWER = 500
LONGEST_NOTE_LINE = 200
LONGEST_NOTE_PHONE = 64
LONGEST_QUERY = 100

MOST_NUMBERS = 100  # of a company
MOST_AGENTS = 1_000
MOST_ASKED_FIELDS = 30
MOST_CHOICES = 50
MOST_EMPLOYEES = 10_000
MOST_CC = 10
MOST_SPANS = 50  # of an employee's week
MOST_APPOINTMENTS = 5_000  # of an employee, without those of calendars and those that ended a year ago
MOST_FAQ = 200
MOST_VIPS = 100_000

LONGEST_CALL_SECONDS = 86_400  # that an agent can type

LONGEST_APPOINTMENT = timedelta(days=2 * 366)
OLDEST_APPOINTMENT = timedelta(days=365)  # since its end
FURTHEST_INSTANT = timedelta(days=2 * 366)  # from now, of what is asked about
FURTHEST_CALLBACK = timedelta(days=366)  # after the call
LONGEST_COVERAGE = timedelta(days=31)
MOST_COVERED_EMPLOYEES = 2_000
