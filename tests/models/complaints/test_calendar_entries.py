"""Where the rows that calendars show are written: each place adds an event or marks the calendars."""

import re
from pathlib import Path

from models.complaints import calendar_entries

_MODELS = Path(calendar_entries.__file__).parents[1]
_SHOWN = (
    *("account", "application", "complaint", "complaint_item", "deadline", "delivery", "do_not_contact"),
    *("lead", "meeting_record", "prospect"),
)
# As SQL, or as a `models.base.one_statement.Table` of new rows.
_WRITES = re.compile(
    rf"""\b(INSERT\ INTO|UPDATE|DELETE\ FROM)\ ({"|".join(_SHOWN)})\b
        | \b(Table)\(\s*"({"|".join(_SHOWN)})\"""",
    re.VERBOSE,
)
# "event": each recipient whose calendar changes gets an event. "calendars": they are in `Journal.calendars`.
# Complaints are only in the calendars of operators, whose entries are always compared.
KNOWN = {
    ("applications/case.py", "UPDATE application"),  # reveal: event; answer, meeting, end: calendars
    ("applications/record_meeting.py", "INSERT INTO meeting_record"),  # calendars
    ("applications/submit.py", "INSERT INTO application"),  # event
    ("chat/locked.py", "UPDATE application"),  # that it was reviewed, which no entry shows
    ("chat/send.py", "UPDATE application"),  # what was found in the introduction
    ("chat/store_searches.py", "UPDATE application"),  # the same
    ("complaints/answer_files.py", "UPDATE complaint"),
    ("complaints/deadlines.py", "UPDATE complaint"),
    ("complaints/decide.py", "UPDATE complaint_item"),  # calendars
    ("complaints/outcome.py", "INSERT INTO complaint_item"),  # event
    ("complaints/outcome.py", "UPDATE complaint"),
    ("complaints/remedies.py", "UPDATE application"),  # with the item that was written or decided
    ("complaints/stop_contact.py", "UPDATE delivery"),  # calendars
    ("complaints/submit.py", "INSERT INTO complaint"),
    ("contacting/deadlines.py", "UPDATE do_not_contact"),  # the end that was set comes; nothing comes back
    ("contacting/lift_stop.py", "UPDATE do_not_contact"),  # what has ended does not begin again
    ("contacting/stop_contact.py", "INSERT INTO do_not_contact"),  # calendars, of the applications it ends
    ("contacting/stop_contact.py", "UPDATE do_not_contact"),  # one that has ended already
    ("feed/journal_tables.py", "Table deadline"),  # with the application
    ("feed/journal_tables.py", "Table delivery"),  # event
    ("feed/journal_tables.py", "UPDATE deadline"),  # with the application, or when its time has come
    ("leads/same_person.py", "INSERT INTO do_not_contact"),  # for rows that are imported: nobody has applied
    ("leads/store.py", "INSERT INTO lead"),  # nobody has applied yet
    ("leads/store.py", "INSERT INTO prospect"),
}


def test_no_other_statement_writes_what_calendars_show() -> None:
    """A new one must raise the versions of its recipients, or calendar programs miss the change.

    Then add it to `KNOWN`, and its action to `tests/schema/messages/test_calendar_tags.py`.
    """
    found = {
        (path.relative_to(_MODELS).as_posix(), " ".join(filter(None, match.groups())))
        for path in _MODELS.rglob("*.py")
        if path.parent.name != "seed"
        for match in _WRITES.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == KNOWN
