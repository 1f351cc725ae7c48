"""The body of a mail with a calendar event (RFC 6047): readers differ in which part they look for."""

from collections.abc import Sequence

from models.messages.calendar.document import Method
from models.messages.mime import base64_part, encoded, multipart

_FILE = "invite.ics"


def with_calendar(texts: Sequence[bytes], document: bytes, method: Method, boundary: str) -> bytes:
    """Return `multipart/mixed` of the alternatives, which are the texts and the event, and a file of the
    same bytes as the event. `boundary` is the one of the alternatives.

    The parameter `method` of both parts is the METHOD of the document, without which programs show a file
    instead of an invitation.
    """
    content = encoded(document)
    calendar = base64_part(f'text/calendar; charset="UTF-8"; method="{method}"', content)
    file = base64_part(
        f'application/ics; name="{_FILE}"; method="{method}"', content, f'attachment; filename="{_FILE}"'
    )
    alternatives = multipart("alternative", boundary, [*texts, calendar])
    return multipart("mixed", f"{boundary}_mixed", [alternatives, file])
