"""The body of a mail with a calendar event (RFC 6047): readers differ in which part they look for."""

from email import encoders
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

from models.messages.calendar.document import Method

_FILE = "invite.ics"


def with_calendar(alternatives: MIMEMultipart, document: bytes, method: Method) -> MIMEMultipart:
    """Return `multipart/mixed` of the alternatives, which gain the event as their last, and a file of the
    same bytes.

    The parameter `method` of both parts is the METHOD of the document, without which programs show a file
    instead of an invitation.
    """
    calendar = MIMENonMultipart("text", "calendar", charset="UTF-8", method=method)
    calendar.set_payload(document)
    encoders.encode_base64(calendar)
    alternatives.attach(calendar)

    file = MIMEBase("application", "ics", name=_FILE, method=method)
    file.set_payload(document)
    encoders.encode_base64(file)
    file.add_header("Content-Disposition", "attachment", filename=_FILE)

    body = MIMEMultipart("mixed")
    body.attach(alternatives)
    body.attach(file)
    return body
