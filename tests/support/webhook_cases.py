"""Requests that a receiver of webhooks must accept or refuse, and the receivers of the documentation."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.messages.channels.webhook_signature import WebhookSecret, webhook_body, webhook_headers

_PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"
_PORT = "8787"
Case = tuple[dict[str, str], bytes, int]  # the headers, the body, and the expected status


def receiver_of_the_page(language: str, port: int) -> str:
    """Return the receiver in the documentation, for another port."""
    found = re.search(rf"```{language}\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert _PORT in found[1]
    return found[1].replace(_PORT, str(port))


def cases(secret: WebhookSecret) -> list[Case]:
    """Return requests signed now: genuine, in a rotation, forged, changed, old, and without signature."""
    now = datetime.now(UTC)
    body = webhook_body("application.accepted", now, "QXBw", 3)
    other = WebhookSecret.new()
    genuine = webhook_headers([secret], "msg_1", now, body)
    return [
        (genuine, body, 204),
        (webhook_headers([other, secret], "msg_1", now, body), body, 204),
        (webhook_headers([other], "msg_1", now, body), body, 401),
        (genuine, body + b" ", 401),
        (genuine | {"webhook-id": "msg_2"}, body, 401),
        (webhook_headers([secret], "msg_1", now - timedelta(minutes=6), body), body, 401),
        ({}, body, 401),
    ]


def cases_as_json(secret: WebhookSecret) -> str:
    """Return the secret and the requests for a checker in JavaScript."""
    listed = [
        {"headers": headers, "body": body.decode(), "status": status}
        for headers, body, status in cases(secret)
    ]
    return json.dumps({"secret": secret.reveal(), "cases": listed})
