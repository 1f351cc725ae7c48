"""Reports of mail servers, as they arrive."""

from uuid import UUID

from models.messages.links import bounce_token
from models.messages.sending_context import SendingContext

_STATUS = """From: MAILER-DAEMON@relay.example
To: bounce+{token}@mail.leads.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="REPORT"

--REPORT
Content-Type: text/plain

The message for <somebody@quoted.example> could not be delivered.

--REPORT
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; somebody@quoted.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <somebody@quoted.example> unknown

--REPORT
Content-Type: text/rfc822-headers

Subject: hello

--REPORT--
"""
# RFC 5965; the token is in the original's return path.
ARF = b"""From: <feedback@provider.example>
To: <abuse@leads.test>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="REPORT"

--REPORT
Content-Type: text/plain

This is an abuse report.

--REPORT
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1

--REPORT
Content-Type: message/rfc822

Return-Path: <bounce+%s@mail.leads.test>
Subject: hello

text

--REPORT--
"""


def delivery_status(context: SendingContext, dispatch_id: UUID, action: str, status: str) -> bytes:
    """Return a delivery status (RFC 3464) about a dispatch."""
    token = bounce_token(context, dispatch_id)
    return _STATUS.format(token=token, action=action, status=status).replace("\n", "\r\n").encode()
