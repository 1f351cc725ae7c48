"""Decides when a response is a stream of events (text/event-stream), and writes its events."""

import re

from strawberry.http.streaming import SSETransport

from schema.http.media_type import GRAPHQL_RESPONSE, JSON, weight_of

EVENT_STREAM = "text/event-stream"
# Strings and comments, whose words and braces are ignored, then the tokens that matter. An unterminated
# string extends as far as it can, so that no text is scanned twice.
_TOKEN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*+(?:""")?|"(?:\\.|[^"\\\r\n])*+"?|#[^\r\n]*|[{}]'
    r"|\b(subscription)\b\s*([_A-Za-z]\w*)?",
    re.ASCII,
)
_SCANNED = 50_000  # characters: by default, longer documents are refused anyway


class EventStream(SSETransport):
    """Strawberry's transport, with lines that end in `\\n`, which every parser of events reads."""

    def encode_event(self, event: str, data: str | None = None) -> str:
        """Return one event; JSON has no line break."""
        return f"event: {event}\ndata: {data or ''}\n\n"

    def encode_comment(self, comment: str) -> str:
        """Return a line that clients ignore, which keeps the connection open."""
        return f": {comment}\n\n"


def wants_events(accept: str | None, document: str | None, operation_name: str | None) -> bool:
    """Return whether to answer with events (RFC 9110, 12.5.1).

    A client that accepts JSON as well gets JSON for everything but a subscription: urql, for one, lists both
    in each request.
    """
    if weight_of(accept, EVENT_STREAM, wildcards=False) == 0:
        return False
    if max(weight_of(accept, JSON), weight_of(accept, GRAPHQL_RESPONSE)) == 0:
        return True
    return document is not None and is_subscription(document, operation_name)


def is_subscription(document: str, operation_name: str | None) -> bool:
    """Return whether the operation to run is a subscription, without parsing; the document may be invalid.

    Only the first 50,000 characters are scanned.
    """
    depth = 0
    for token in _TOKEN.finditer(document, 0, _SCANNED):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
        elif token[1] and depth == 0 and operation_name in {None, token[2]}:
            return True
    return False
