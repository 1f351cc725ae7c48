"""Calendar events that ical.js reads, and what it should find in them."""

import json

from models.messages.calendar.document import calendar_document
from tests.support.calendar_events import event, every


def calendar_cases() -> str:
    """Return each event of an application with what it says, as JSON for `calendar.mjs`."""
    cases = []
    for sequence, (facts, to) in enumerate(every()):
        made = event(facts, to, sequence)
        cases.append(
            {
                "text": calendar_document(facts.method, [made]).decode(),
                "method": facts.method,
                "uid": made.uid,
                "sequence": sequence,
                "status": made.state,
                "summary": made.summary,
                "description": made.description,
                "starts": made.starts.isoformat().replace("+00:00", "Z"),
                "ends": made.ends.isoformat().replace("+00:00", "Z"),
                "attendee": f"mailto:{to.party.address}",
                "name": to.party.name,
            }
        )
    return json.dumps(cases)
